"""A convolutional network with summaries of everything, and what TensorBoard would show of them."""

import os

import numpy as np
import tensorflow as tf

tf.app.flags.DEFINE_integer('max_steps', 6, 'Number of steps to run trainer.')
tf.app.flags.DEFINE_float('learning_rate', 0.001, 'Initial learning rate.')
tf.app.flags.DEFINE_float('dropout', 1.0, 'Keep probability for training dropout.')
tf.app.flags.DEFINE_string('summaries_dir', 'logs', 'Summaries log directory')
FLAGS = tf.app.flags.FLAGS


def weight_variable(shape):
    """Create a weight variable with appropriate initialization."""
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1), name='weights')


def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape), name='biases')


def variable_summaries(var):
    """Attach a lot of summaries to a Tensor (for TensorBoard visualization)."""
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        with tf.name_scope('stddev'):
            stddev = tf.sqrt(tf.reduce_mean(tf.square(var - mean)))
        tf.summary.scalar('stddev', stddev)
        tf.summary.scalar('max', tf.reduce_max(var))
        tf.summary.histogram('histogram', var)


def conv_layer(x, shape, name):
    with tf.name_scope(name):
        w, b = weight_variable(shape), bias_variable(shape[-1:])
        variable_summaries(w)
        h = tf.nn.relu(tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding='SAME') + b)
        return tf.nn.max_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')


def train():
    rng = np.random.RandomState(0)
    images = rng.rand(60, 14, 14, 1).astype(np.float32)
    labels = rng.randint(0, 10, 60)
    tf.set_random_seed(1)
    x = tf.placeholder(tf.float32, [None, 14, 14, 1], name='x-input')
    y_ = tf.placeholder(tf.int64, [None], name='y-input')
    keep_prob = tf.placeholder(tf.float32)
    tf.summary.image('input', x, 2)
    h = conv_layer(x, [5, 5, 1, 8], 'conv1')
    h = conv_layer(h, [5, 5, 8, 16], 'conv2')
    h = tf.reshape(h, [-1, 4 * 4 * 16])
    with tf.name_scope('fc'):
        w = weight_variable([256, 10])
        y = tf.matmul(tf.nn.dropout(h, keep_prob), w) + bias_variable([10])
    loss = tf.losses.sparse_softmax_cross_entropy(labels=y_, logits=y)
    tf.summary.scalar('cross_entropy', loss)
    train_step = tf.train.AdamOptimizer(FLAGS.learning_rate).minimize(loss)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), y_), tf.float32))
    tf.summary.scalar('accuracy', accuracy)
    merged = tf.summary.merge_all()
    with tf.Session() as sess:
        writer = tf.summary.FileWriter(FLAGS.summaries_dir + '/train', sess.graph)
        sess.run(tf.global_variables_initializer())
        for i in range(FLAGS.max_steps):
            feed = {x: images, y_: labels, keep_prob: FLAGS.dropout}
            options = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE)
            metadata = tf.RunMetadata()
            summary, _ = sess.run([merged, train_step], feed_dict=feed, options=options, run_metadata=metadata)
            writer.add_run_metadata(metadata, 'step%03d' % i)
            writer.add_summary(summary, i)
        writer.close()
        print('traced devices:', len(metadata.step_stats.dev_stats) > 0)


def show(folder):
    path = os.path.join(folder, os.listdir(folder)[0])
    for event in tf.train.summary_iterator(path):
        for value in event.summary.value:
            if event.step == 0 and not value.HasField('simple_value'):
                print(event.step, value.tag, value.histo.num or (value.image.height, value.image.width))
            elif value.HasField('simple_value') and event.step % 5 == 0:
                print('%d %s %.4f' % (event.step, value.tag, value.simple_value))
        if event.graph_def:
            graph = tf.GraphDef.FromString(event.graph_def)
            print('graph with', len([n for n in graph.node if n.op == 'VariableV2']), 'variables')
        elif event.HasField('tagged_run_metadata'):
            print('metadata', event.tagged_run_metadata.tag)


def main(_):
    if tf.gfile.Exists(FLAGS.summaries_dir):
        tf.gfile.DeleteRecursively(FLAGS.summaries_dir)
    tf.gfile.MakeDirs(FLAGS.summaries_dir)
    train()
    show(FLAGS.summaries_dir + '/train')


if __name__ == '__main__':
    tf.app.run()
