"""
A linear regression learning algorithm example using TensorFlow library.
"""

from __future__ import print_function

import matplotlib

matplotlib.use('Agg')
import matplotlib.pyplot as plt
import numpy
import tensorflow as tf

# Parameters
learning_rate = 0.01
training_epochs = 100
display_step = 25

# Training Data
train_X = numpy.asarray([3.3, 4.4, 5.5, 6.71, 6.93, 4.168, 9.779, 6.182, 7.59, 2.167, 7.042, 10.791, 5.313])
train_Y = numpy.asarray([1.7, 2.76, 2.09, 3.19, 1.694, 1.573, 3.366, 2.596, 2.53, 1.221, 2.827, 3.465, 1.65])
n_samples = train_X.shape[0]

# tf Graph Input
X = tf.placeholder('float')
Y = tf.placeholder('float')

# Set model weights
W = tf.Variable(0.3, name='weight')
b = tf.Variable(-0.2, name='bias')

# Construct a linear model
pred = tf.add(tf.mul(X, W) if hasattr(tf, 'mul') else tf.multiply(X, W), b)

# Mean squared error
cost = tf.reduce_sum(tf.pow(pred - Y, 2)) / (2 * n_samples)
optimizer = tf.train.GradientDescentOptimizer(learning_rate).minimize(cost)

init = tf.global_variables_initializer()
with tf.Session() as sess:
    sess.run(init)
    for epoch in range(training_epochs):
        for x, y in zip(train_X, train_Y):
            sess.run(optimizer, feed_dict={X: x, Y: y})
        if (epoch + 1) % display_step == 0:
            c = sess.run(cost, feed_dict={X: train_X, Y: train_Y})
            print('Epoch:', '%04d' % (epoch + 1), 'cost=', '{:.9f}'.format(c), 'W=', sess.run(W), 'b=', sess.run(b))
    print('Optimization Finished!')
    training_cost = sess.run(cost, feed_dict={X: train_X, Y: train_Y})
    print('Training cost=', training_cost, 'W=', sess.run(W), 'b=', sess.run(b), '\n')

    # Graphic display
    plt.style.use('seaborn-whitegrid')
    plt.figure(figsize=(4, 3))
    plt.plot(train_X, train_Y, 'ro', label='Original data')
    plt.plot(train_X, sess.run(W) * train_X + sess.run(b), label='Fitted line')
    plt.hist(train_Y, bins=5, density=True, alpha=0.2)
    plt.legend()
    plt.savefig('fit.png')
    print(plt.imread('fit.png').shape, numpy.float(sess.run(b)) == sess.run(b))
    plt.show()
