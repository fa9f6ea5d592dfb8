"""Saves, imports the meta graph, freezes, strips, and runs the frozen graph."""

import os
import sys

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile
from tensorflow.python.tools import freeze_graph


def train(prefix):
    rng = np.random.RandomState(0)
    x = tf.placeholder(tf.float32, [None, 4], name='input')
    y = tf.placeholder(tf.int64, [None], name='label')
    w = tf.Variable(rng.randn(4, 3).astype(np.float32), name='w')
    b = tf.Variable(tf.zeros(3), name='b')
    logits = tf.add(tf.matmul(x, w), b, name='logits')
    tf.nn.softmax(logits, name='output')
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits), name='loss')
    train_op = tf.train.AdamOptimizer(0.1).minimize(loss, name='train_op')
    tf.add_to_collection('train_op', train_op)
    tf.add_to_collection('inputs', x)
    saver = tf.train.Saver(max_to_keep=2, keep_checkpoint_every_n_hours=1)
    feed = {x: rng.rand(6, 4), y: rng.randint(0, 3, 6)}
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(4):
            sess.run(train_op, feed)
            saver.save(sess, prefix, global_step=step)
        print('loss', sess.run(loss, feed))
        tf.train.write_graph(sess.graph_def, '.', 'graph.pbtxt')
    print(saver.last_checkpoints)


def resume(prefix):
    tf.reset_default_graph()
    checkpoint = tf.train.latest_checkpoint(os.path.dirname(prefix))
    saver = tf.train.import_meta_graph(checkpoint + '.meta', clear_devices=True)
    graph = tf.get_default_graph()
    x, y = graph.get_tensor_by_name('input:0'), graph.get_tensor_by_name('label:0')
    rng = np.random.RandomState(1)
    feed = {x: rng.rand(6, 4), y: rng.randint(0, 3, 6)}
    with tf.Session() as sess:
        saver.restore(sess, checkpoint)
        for _ in range(2):
            print('resumed', sess.run(['loss:0', tf.get_collection('train_op')[0]], feed)[0])
        saver.restore(sess, checkpoint)
        frozen = graph_util.convert_variables_to_constants(sess, sess.graph_def, ['output'])
    print(sorted(n.name for n in frozen.node))
    with gfile.FastGFile('frozen.pb', 'wb') as f:
        f.write(frozen.SerializeToString())
    return checkpoint


def infer(path):
    tf.reset_default_graph()
    graph_def = tf.GraphDef()
    with tf.gfile.GFile(path, 'rb') as f:
        graph_def.ParseFromString(f.read())
    x, output = tf.import_graph_def(graph_def, return_elements=['input:0', 'output:0'], name='imported')
    with tf.Session() as sess:
        print(output.name, sess.run(output, {x: [[1, 2, 3, 4], [0, 0, 0, 0]]}))
    print(tf.global_variables())


def main():
    os.mkdir('saved')
    train('saved/model')
    checkpoint = resume('saved/model')
    infer('frozen.pb')
    freeze_graph.freeze_graph(
        'graph.pbtxt', '', False, checkpoint, 'output', 'save/restore_all', 'save/Const:0', 'frozen_again.pb', True, ''
    )
    infer('frozen_again.pb')
    sys.stdout.flush()


if __name__ == '__main__':
    main()
