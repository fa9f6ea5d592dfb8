"""tensorflow-gan==2.0.0"""

import numpy as np
import tensorflow as tf
import tensorflow_gan as tfgan

real = tf.random_normal([16, 1], 3.0, 0.1, seed=1)
model = tfgan.gan_model(
    lambda noise: tf.layers.dense(noise, 1), lambda data, _: tf.layers.dense(data, 1), real, tf.random_normal([16, 2])
)
loss = tfgan.gan_loss(model)
ops = tfgan.gan_train_ops(model, loss, tf.train.AdamOptimizer(0.01), tf.train.AdamOptimizer(0.01))
values = []
with tf.train.MonitoredTrainingSession() as session:
    for _ in range(20):
        values.append(session.run([ops.generator_train_op, ops.discriminator_train_op]))
assert np.isfinite(values).all()
print('ok: trains a GAN')
