"""dm-sonnet==1.36"""

import sonnet as snt
import tensorflow as tf

x = tf.random_normal([32, 4], seed=1)
target = tf.reduce_sum(x, 1, keepdims=True)
net = snt.nets.MLP([16, 1])
loss = tf.reduce_mean(tf.square(net(x) - target))
train = tf.train.AdamOptimizer(0.02).minimize(loss)
lstm, _ = tf.nn.dynamic_rnn(snt.LSTM(3), tf.ones([2, 5, 4]), dtype=tf.float32)
with tf.Session() as session:
    session.run(tf.global_variables_initializer())
    for _ in range(300):
        last, _ = session.run([loss, train])
    assert session.run(lstm).shape == (2, 5, 3)
assert last < 0.2, last
print('ok: MLP and LSTM')
