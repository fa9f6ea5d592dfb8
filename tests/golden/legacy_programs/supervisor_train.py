"""Trains under a Supervisor, stops, and goes on where it stopped."""

from __future__ import print_function

import glob
import logging
import os

import numpy as np
import tensorflow as tf

LOGDIR = 'supervised'


def inference(x):
    with tf.variable_scope('hidden'):
        w = tf.get_variable('w', [6, 4], initializer=tf.constant_initializer(np.linspace(-1, 1, 24)))
        b = tf.get_variable('b', [4], initializer=tf.zeros_initializer())
        hidden = tf.tanh(tf.nn.xw_plus_b(x, w, b))
    with tf.variable_scope('out'):
        w = tf.get_variable('w', [4, 1], initializer=tf.ones_initializer)
        return tf.matmul(hidden, w)


def train(until):
    with tf.Graph().as_default():
        rng = np.random.RandomState(1)
        x = tf.constant(rng.randn(20, 6).astype(np.float32))
        y = tf.constant(rng.randn(20, 1).astype(np.float32))
        loss = tf.reduce_mean(tf.squared_difference(inference(x), y))
        tf.summary.scalar('loss', loss)
        global_step = tf.Variable(0, trainable=False, name='global_step')
        rate = tf.train.piecewise_constant(global_step, [10, 20], [0.1, 0.05, 0.01])
        train_op = tf.train.GradientDescentOptimizer(rate).minimize(loss, global_step=global_step)
        average = tf.train.ExponentialMovingAverage(0.9, global_step)
        with tf.control_dependencies([train_op]):
            train_op = average.apply(tf.trainable_variables())
        started = []

        sv = tf.train.Supervisor(
            logdir=LOGDIR,
            global_step=global_step,
            summary_op=None,
            save_model_secs=0,
            init_fn=lambda sess: started.append('from scratch'),
        )
        with sv.managed_session() as sess:
            print(started or ['restored'], 'at step', sess.run(global_step))
            while not sv.should_stop():
                value, _, step = sess.run([loss, train_op, global_step])
                if step % 5 == 0:
                    print('step %d: loss %.5f' % (step, value))
                    sv.summary_computed(sess, sess.run(tf.get_collection(tf.GraphKeys.SUMMARIES)[0]))
                if step >= until:
                    sv.saver.save(sess, sv.save_path, global_step=global_step)
                    break
            shadow = average.average(tf.trainable_variables()[0])
            print(shadow.op.name, sess.run(shadow)[0])
        sv.stop()


def main():
    logging.getLogger('tensorflow').setLevel(logging.ERROR)
    train(15)
    train(30)
    print(sorted(os.path.basename(p) for p in glob.glob(LOGDIR + '/*.meta')))
    for name, shape in tf.train.list_variables(tf.train.latest_checkpoint(LOGDIR)):
        print(name, shape)
    steps = [
        e.step
        for path in sorted(glob.glob(LOGDIR + '/events*'))
        for e in tf.train.summary_iterator(path)
        if e.summary.value
    ]
    print(steps[-1])


if __name__ == '__main__':
    main()
