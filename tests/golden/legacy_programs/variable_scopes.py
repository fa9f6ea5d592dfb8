"""Variable scopes: reuse, partitioners, custom getters, regularisers, templates, moving averages, collections."""

from __future__ import print_function

import functools

import numpy as np
import tensorflow as tf


def define_scope(function):
    """Runs a method once, in a variable scope of its name, and keeps the result as a property."""
    attribute = '_cache_' + function.__name__

    @property
    @functools.wraps(function)
    def decorator(self):
        if not hasattr(self, attribute):
            with tf.variable_scope(function.__name__):
                setattr(self, attribute, function(self))
        return getattr(self, attribute)

    return decorator


class Model(object):
    def __init__(self, data, target):
        self.data, self.target = data, target
        self.prediction
        self.optimize
        self.error

    @define_scope
    def prediction(self):
        w = tf.get_variable(
            'w',
            [4, 3],
            initializer=tf.constant_initializer(0.1),
            regularizer=tf.contrib.layers.l1_l2_regularizer(0.01, 0.1),
        )
        return tf.nn.softmax(tf.matmul(self.data, w))

    @define_scope
    def optimize(self):
        cross_entropy = -tf.reduce_sum(self.target * tf.log(self.prediction))
        return tf.train.RMSPropOptimizer(0.03).minimize(cross_entropy + tf.losses.get_regularization_loss())

    @define_scope
    def error(self):
        mistakes = tf.not_equal(tf.argmax(self.target, 1), tf.argmax(self.prediction, 1))
        return tf.reduce_mean(tf.cast(mistakes, tf.float32))


def tower(x, name='tower', reuse=None):
    with tf.variable_scope(name, reuse=reuse, initializer=tf.constant_initializer(0.5)) as scope:
        first = tf.layers.dense(x, 2, name='first')
        with tf.variable_scope('inner', use_resource=False):
            gain = tf.get_variable('gain', [2], tf.float32, tf.zeros_initializer)
        return first * (1 + gain), scope


def double_getter(getter, name, *args, **kwargs):
    print('getting', name, kwargs['shape'])
    return getter(name, *args, **kwargs)


def main():
    x = tf.placeholder(tf.float32, [None, 4])
    one, scope = tower(x)
    two, _ = tower(x, reuse=True)
    with tf.variable_scope(scope, reuse=tf.AUTO_REUSE):
        print(tf.get_variable('inner/gain').name, tf.get_variable_scope().name, scope.original_name_scope)
    try:
        tower(x)
    except ValueError as error:
        print(str(error).split('.')[0])
    with tf.variable_scope('parts', partitioner=tf.fixed_size_partitioner(3, axis=0), custom_getter=double_getter):
        table = tf.get_variable('table', [7, 2], initializer=tf.ones_initializer())
    with tf.variable_scope('default', default_name='unused'), tf.name_scope('named'):
        op = tf.multiply(tf.get_variable('v', initializer=2.0), 3.0, name='product')
    with tf.variable_scope(None, 'layer'), tf.variable_scope(None, 'layer'):
        tf.get_variable('v', [1], trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    template = tf.make_template('shared', lambda t: t * tf.get_variable('scale', [], initializer=tf.ones_initializer))
    total = template(one) + template(two)
    print(op.name, [len(list(table)), table.name], [p.shape.as_list() for p in table])
    lookup = tf.nn.embedding_lookup(table, [0, 6], partition_strategy='div')

    rng = np.random.RandomState(0)
    model = Model(tf.constant(rng.rand(9, 4), tf.float32), tf.constant(np.eye(3)[rng.randint(0, 3, 9)], tf.float32))
    ema = tf.train.ExponentialMovingAverage(0.5)
    maintain = ema.apply(tf.trainable_variables('prediction'))
    for variable in tf.global_variables():
        print(variable.name, variable.shape, variable.dtype.name)
    print([v.name for v in tf.local_variables()], len(tf.trainable_variables()), len(tf.model_variables()))
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        for _ in range(5):
            sess.run(model.optimize)
            sess.run(maintain)
        print(sess.run(model.error), sess.run(tf.trainable_variables('prediction')[0])[0])
        print(sess.run(total, {x: np.ones((1, 4))}), sess.run(lookup).tolist())
        names = sorted(ema.variables_to_restore())
        print(names[0], len(names), sess.run(ema.average(tf.trainable_variables('prediction')[0]))[0])


if __name__ == '__main__':
    main()
