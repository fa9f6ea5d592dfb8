"""tf-slim==1.1.0"""

import numpy as np
import tensorflow as tf
import tf_slim as slim

x, y = tf.constant(np.random.RandomState(0).rand(64, 4).astype('f')), tf.constant([[1.0]] * 64)
with slim.arg_scope([slim.fully_connected], weights_regularizer=slim.l2_regularizer(1e-4)):
    out = slim.fully_connected(slim.stack(x, slim.fully_connected, [8, 4]), 1, activation_fn=None)
tf.losses.mean_squared_error(y, out)
train_op = slim.learning.create_train_op(tf.losses.get_total_loss(), tf.train.AdamOptimizer(0.05))
loss = slim.learning.train(train_op, None, number_of_steps=100)
assert loss < 0.05, loss
print('ok: slim.learning.train')
