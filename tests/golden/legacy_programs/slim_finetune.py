"""Fine-tunes a ResNet of TF-Slim: restores all but the head from a checkpoint, trains the head alone."""

from __future__ import print_function

import os
import sys

import numpy as np
import tensorflow as tf
from tensorflow.contrib.framework.python.ops import arg_scope
from tensorflow.contrib.slim.python.slim.nets import resnet_v1

slim = tf.contrib.slim

EXCLUDE = ['resnet/logits']


def network(images, num_classes, is_training):
    blocks = [
        resnet_v1.resnet_v1_block('block1', base_depth=2, num_units=2, stride=2),
        resnet_v1.resnet_v1_block('block2', base_depth=4, num_units=1, stride=1),
    ]
    with arg_scope(resnet_v1.resnet_arg_scope(weight_decay=0.001)):
        with slim.arg_scope([slim.conv2d], weights_initializer=slim.variance_scaling_initializer()):
            return resnet_v1.resnet_v1(
                images,
                blocks,
                num_classes,
                is_training=is_training,
                global_pool=True,
                include_root_block=True,
                scope='resnet',
            )


def pretrain(path):
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        logits, end_points = network(tf.zeros([1, 32, 32, 3]), 10, False)
        for name, end_point in end_points.items():
            print('%-60s %s' % (name, end_point.shape))
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            print(tf.train.Saver().save(sess, path))


def finetune(path, images, labels):
    logits, end_points = network(tf.constant(images), 3, False)
    logits = tf.squeeze(logits, [1, 2]) if logits.shape.ndims == 4 else logits
    tf.losses.softmax_cross_entropy(tf.one_hot(labels, 3), logits)
    loss = tf.losses.get_total_loss()

    restored = slim.get_variables_to_restore(exclude=EXCLUDE)
    trained = [v for scope in EXCLUDE for v in tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope)]
    print(len(restored), 'restored,', [v.op.name for v in trained], 'trained')
    init_fn = slim.assign_from_checkpoint_fn(path, restored)
    head = np.random.RandomState(3).randn(*trained[0].shape.as_list()) * 0.1
    reset_head, feed = slim.assign_from_values({trained[0].op.name: head})

    train_op = tf.train.RMSPropOptimizer(0.01, momentum=0.9).minimize(loss, var_list=trained)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        init_fn(sess)
        sess.run(reset_head, feed)
        for step in range(10):
            value, _ = sess.run([loss, train_op])
            if step % 3 == 0:
                print('step %d, loss %.4f' % (step, value))
        print('accuracy', np.mean(sess.run(logits).argmax(1) == labels))
    total, _ = slim.model_analyzer.analyze_vars(slim.get_model_variables(), print_info=False)
    print('parameters:', total)


def main():
    path = os.path.join(os.getcwd(), 'model.ckpt')
    sys.stdout.flush()
    pretrain('model.ckpt')
    reader = tf.train.NewCheckpointReader(path)
    shapes = reader.get_variable_to_shape_map()
    print(len(shapes), shapes['resnet/logits/weights'])
    rng = np.random.RandomState(0)
    labels = rng.randint(0, 3, 12)
    images = (rng.rand(12, 32, 32, 3) + labels[:, None, None, None] * [0, 1, -1]).astype(np.float32)
    finetune(path, images, labels)


if __name__ == '__main__':
    main()
