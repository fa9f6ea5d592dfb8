"""trfl==1.1.0"""

import numpy as np
import tensorflow as tf
import trfl

values = tf.get_variable('q', initializer=np.zeros((2, 3), 'f'))
loss, extra = trfl.qlearning(
    values, tf.constant([0, 2]), tf.constant([1.0, -1.0]), tf.constant([0.9, 0.9]), tf.zeros([2, 3])
)
train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(loss))
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    assert session.run(extra.td_error).tolist() == [1, -1]
    for _ in range(50):
        session.run(train)
    assert np.allclose(session.run(values), [[1, 0, 0], [0, 0, -1]], atol=1e-3)
print('ok: learns by Q-learning')
