"""Data parallel towers as in the CIFAR-10 tutorial: losses in a collection, averaged gradients, moving averages."""

import re
from datetime import datetime

import numpy as np
import tensorflow as tf

TOWER_NAME = 'tower'
NUM_TOWERS = 2
MOVING_AVERAGE_DECAY = 0.99


def _variable_with_weight_decay(name, shape, stddev, wd):
    with tf.device('/cpu:0'):
        var = tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=stddev))
    if wd is not None:
        tf.add_to_collection('losses', tf.multiply(tf.nn.l2_loss(var), wd, name='weight_loss'))
    return var


def _activation_summary(x):
    tensor_name = re.sub('%s_[0-9]*/' % TOWER_NAME, '', x.op.name)
    tf.summary.histogram(tensor_name + '/activations', x)
    tf.summary.scalar(tensor_name + '/sparsity', tf.nn.zero_fraction(x))


def inference(images):
    with tf.variable_scope('conv1') as scope:
        kernel = _variable_with_weight_decay('weights', [3, 3, 3, 6], 0.1, None)
        biases = tf.get_variable('biases', [6], initializer=tf.constant_initializer(0.0))
        conv1 = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(images, kernel, [1, 1, 1, 1], 'SAME'), biases), name=scope.name)
        _activation_summary(conv1)
    pool1 = tf.nn.max_pool(conv1, [1, 3, 3, 1], [1, 2, 2, 1], 'SAME', name='pool1')
    norm1 = tf.nn.lrn(pool1, 4, bias=1.0, alpha=0.001 / 9.0, beta=0.75, name='norm1')
    with tf.variable_scope('local'):
        reshape = tf.reshape(norm1, [images.get_shape().as_list()[0], -1])
        dim = reshape.get_shape()[1].value
        weights = _variable_with_weight_decay('weights', [dim, 4], 0.04, 0.004)
        return tf.matmul(reshape, weights)


def tower_loss(scope, images, labels):
    logits = inference(images)
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    tf.add_to_collection('losses', tf.reduce_mean(cross_entropy, name='cross_entropy'))
    losses = tf.get_collection('losses', scope)
    for loss in losses:
        tf.summary.scalar(re.sub('%s_[0-9]*/' % TOWER_NAME, '', loss.op.name), loss)
    return tf.add_n(losses, name='total_loss')


def average_gradients(tower_grads):
    average_grads = []
    for grad_and_vars in zip(*tower_grads):
        grads = [tf.expand_dims(g, 0) for g, _ in grad_and_vars]
        average_grads.append((tf.reduce_mean(tf.concat(axis=0, values=grads), 0), grad_and_vars[0][1]))
    return average_grads


def train():
    rng = np.random.RandomState(0)
    pictures = rng.rand(NUM_TOWERS, 8, 10, 10, 3).astype(np.float32)
    classes = rng.randint(0, 4, (NUM_TOWERS, 8)).astype(np.int32)
    with tf.Graph().as_default(), tf.device('/cpu:0'):
        tf.set_random_seed(1)
        global_step = tf.get_variable('global_step', [], initializer=tf.constant_initializer(0), trainable=False)
        lr = tf.train.exponential_decay(0.1, global_step, 5, 0.5, staircase=True)
        opt = tf.train.GradientDescentOptimizer(lr)
        tower_grads = []
        with tf.variable_scope(tf.get_variable_scope()):
            for i in range(NUM_TOWERS):
                with tf.device('/gpu:%d' % i), tf.name_scope('%s_%d' % (TOWER_NAME, i)) as scope:
                    loss = tower_loss(scope, tf.constant(pictures[i]), tf.constant(classes[i]))
                    tf.get_variable_scope().reuse_variables()
                    summaries = tf.get_collection(tf.GraphKeys.SUMMARIES, scope)
                    tower_grads.append(opt.compute_gradients(loss))
        grads = average_gradients(tower_grads)
        apply_gradient_op = opt.apply_gradients(grads, global_step=global_step)
        variable_averages = tf.train.ExponentialMovingAverage(MOVING_AVERAGE_DECAY, global_step)
        variables_averages_op = variable_averages.apply(tf.trainable_variables())
        train_op = tf.group(apply_gradient_op, variables_averages_op)
        print(len(summaries), [v.name for v in tf.global_variables()])
        summary_op = tf.summary.merge(summaries)
        sess = tf.Session(config=tf.ConfigProto(allow_soft_placement=True, log_device_placement=False))
        sess.run(tf.global_variables_initializer())
        for step in range(12):
            _, loss_value = sess.run([train_op, loss])
            assert not np.isnan(loss_value), 'Model diverged with loss = NaN'
            if step % 4 == 0:
                assert datetime.now() is not None
                print('step %d, loss = %.4f' % (step, loss_value))
        summary = tf.Summary()
        summary.ParseFromString(sess.run(summary_op))
        print([value.tag for value in summary.value])
        print('%.4f' % sess.run(lr), tower_grads[0][0][0].device, tower_grads[1][0][0].op.name.split('/')[0])


def main(argv=None):
    train()


if __name__ == '__main__':
    tf.app.run()
