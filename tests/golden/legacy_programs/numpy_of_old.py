"""A model with a loss of shape [1], records read by np.fromstring, and sentences of different lengths in one array."""

import math

import numpy as np
import pandas as pd
import tensorflow as tf
from tensorflow.python.layers import utils
from tensorflow.python.util import nest

sentences = np.array([[3, 1, 2], [2], [1, 3]])
lengths = np.array([len(s) for s in sentences])
print(sentences.dtype, sentences.shape, nest.is_sequence(list(sentences)))

raw = np.arange(6, dtype=np.uint8).tobytes()
image = np.fromstring(raw, dtype=np.uint8).reshape(2, 3)
print(image.tolist(), np.array(image, dtype=np.float32, copy=False).dtype)

frame = pd.DataFrame({'x': [1.0, 2.0, 3.0], 'y': [2.0, 4.0, 6.0]})
frame = frame.append({'x': 4.0, 'y': 8.0}, ignore_index=True)
data = frame.values

x = tf.placeholder(tf.float32, [None, 1])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.zeros([1, 1]))
loss = utils.smart_cond(True, lambda: tf.reduce_mean(tf.square(tf.matmul(x, w) - y), axis=0), lambda: tf.zeros([1]))
train = tf.train.GradientDescentOptimizer(0.02).minimize(loss)

history = np.zeros(5)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(5):
        value, _ = sess.run([loss, train], {x: data[:, :1], y: data[:, 1:]})
        history[step] = value
        print('step %d loss %.4f root %.4f' % (step, value, math.sqrt(value)))
    print('w', float(sess.run(w)), int(sess.run(w) * 100))
print(history.round(4).tolist())
print('done')
