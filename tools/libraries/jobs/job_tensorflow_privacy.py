"""tensorflow-privacy==0.2.2"""

import numpy as np
import tensorflow as tf
from tensorflow_privacy.privacy.analysis.rdp_accountant import compute_rdp, get_privacy_spent
from tensorflow_privacy.privacy.optimizers import dp_optimizer

x = tf.constant(np.eye(4, dtype='f'))
y = tf.constant([[1.0], [0.0], [1.0], [0.0]])
losses = tf.squeeze(tf.square(tf.layers.dense(x, 1, use_bias=False) - y), 1)
optimizer = dp_optimizer.DPGradientDescentGaussianOptimizer(
    l2_norm_clip=1.0, noise_multiplier=0.01, num_microbatches=4, learning_rate=0.5
)
train = optimizer.minimize(losses, global_step=tf.train.get_or_create_global_step())
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    first = session.run(losses).mean()
    for _ in range(40):
        session.run(train)
    assert session.run(losses).mean() < first / 10
orders = [1 + x / 10.0 for x in range(1, 100)]
epsilon = get_privacy_spent(orders, compute_rdp(0.01, 1.1, 1000, orders), target_delta=1e-5)[0]
assert 1 < epsilon < 3
print('ok: trains with differential privacy')
