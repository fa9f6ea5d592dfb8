"""A CNN for text classification: embedding, convolutions of several widths, max-over-time pooling."""

import datetime
import os

import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn

tf.flags.DEFINE_integer('embedding_dim', 8, 'Dimensionality of character embedding')
tf.flags.DEFINE_string('filter_sizes', '2,3', 'Comma-separated filter sizes')
tf.flags.DEFINE_integer('num_filters', 4, 'Number of filters per filter size')
tf.flags.DEFINE_float('l2_reg_lambda', 0.01, 'L2 regularization lambda')
tf.flags.DEFINE_integer('num_steps', 20, 'Number of training steps')
tf.flags.DEFINE_integer('evaluate_every', 5, 'Evaluate model on dev set after this many steps')
FLAGS = tf.flags.FLAGS

POSITIVE = ['a fine and moving film', 'great fun for all', 'moving and great', 'fine acting , great film', 'all fun']
NEGATIVE = ['a dull and empty film', 'no fun at all', 'dull , dull , dull', 'empty acting and no film', 'not great']


class TextCNN(object):
    def __init__(self, sequence_length, num_classes, vocab_size, embedding_size, filter_sizes, num_filters, l2):
        self.input_x = tf.placeholder(tf.int32, [None, sequence_length], name='input_x')
        self.input_y = tf.placeholder(tf.float32, [None, num_classes], name='input_y')
        self.dropout_keep_prob = tf.placeholder(tf.float32, name='dropout_keep_prob')
        l2_loss = tf.constant(0.0)
        with tf.device('/cpu:0'), tf.name_scope('embedding'):
            self.W = tf.Variable(tf.random_uniform([vocab_size, embedding_size], -1.0, 1.0), name='W')
            self.embedded_chars = tf.nn.embedding_lookup(self.W, self.input_x)
            expanded = tf.expand_dims(self.embedded_chars, -1)
        pooled_outputs = []
        for i, filter_size in enumerate(filter_sizes):
            with tf.name_scope('conv-maxpool-%s' % filter_size):
                shape = [filter_size, embedding_size, 1, num_filters]
                W = tf.Variable(tf.truncated_normal(shape, stddev=0.1), name='W')
                b = tf.Variable(tf.constant(0.1, shape=[num_filters]), name='b')
                conv = tf.nn.conv2d(expanded, W, strides=[1, 1, 1, 1], padding='VALID', name='conv')
                h = tf.nn.relu(tf.nn.bias_add(conv, b), name='relu')
                pooled_outputs.append(
                    tf.nn.max_pool(
                        h,
                        ksize=[1, sequence_length - filter_size + 1, 1, 1],
                        strides=[1, 1, 1, 1],
                        padding='VALID',
                        name='pool',
                    )
                )
        num_filters_total = num_filters * len(filter_sizes)
        h_pool_flat = tf.reshape(tf.concat(pooled_outputs, 3), [-1, num_filters_total])
        with tf.name_scope('dropout'):
            h_drop = tf.nn.dropout(h_pool_flat, self.dropout_keep_prob)
        with tf.name_scope('output'):
            W = tf.get_variable(
                'W', shape=[num_filters_total, num_classes], initializer=tf.contrib.layers.xavier_initializer()
            )
            b = tf.Variable(tf.constant(0.1, shape=[num_classes]), name='b')
            l2_loss += tf.nn.l2_loss(W) + tf.nn.l2_loss(b)
            self.scores = tf.nn.xw_plus_b(h_drop, W, b, name='scores')
            self.predictions = tf.argmax(self.scores, 1, name='predictions')
        losses = tf.nn.softmax_cross_entropy_with_logits(logits=self.scores, labels=self.input_y)
        self.loss = tf.reduce_mean(losses) + l2 * l2_loss
        correct = tf.equal(self.predictions, tf.argmax(self.input_y, 1))
        self.accuracy = tf.reduce_mean(tf.cast(correct, 'float'), name='accuracy')


def main(argv=None):
    x_text = POSITIVE + NEGATIVE
    y = np.concatenate([[[0, 1]] * len(POSITIVE), [[1, 0]] * len(NEGATIVE)], 0)
    max_document_length = max([len(x.split(' ')) for x in x_text])
    vocab_processor = learn.preprocessing.VocabularyProcessor(max_document_length)
    x = np.array(list(vocab_processor.fit_transform(x_text)))
    print('Vocabulary Size: {:d}'.format(len(vocab_processor.vocabulary_)), x[0])
    with tf.Graph().as_default():
        tf.set_random_seed(1)
        session_conf = tf.ConfigProto(allow_soft_placement=True, log_device_placement=False)
        sess = tf.Session(config=session_conf)
        with sess.as_default():
            cnn = TextCNN(
                x.shape[1],
                y.shape[1],
                len(vocab_processor.vocabulary_),
                FLAGS.embedding_dim,
                list(map(int, FLAGS.filter_sizes.split(','))),
                FLAGS.num_filters,
                FLAGS.l2_reg_lambda,
            )
            global_step = tf.Variable(0, name='global_step', trainable=False)
            optimizer = tf.train.AdamOptimizer(1e-2)
            grads_and_vars = optimizer.compute_gradients(cnn.loss)
            train_op = optimizer.apply_gradients(grads_and_vars, global_step=global_step)
            summaries = []
            for g, v in grads_and_vars:
                if g is not None:
                    summaries.append(tf.summary.histogram('{}/grad/hist'.format(v.name.replace(':', '_')), g))
                    summaries.append(
                        tf.summary.scalar('{}/grad/sparsity'.format(v.name.replace(':', '_')), tf.nn.zero_fraction(g))
                    )
            merged = tf.summary.merge(summaries)
            writer = tf.summary.FileWriter(os.path.join('runs', 'summaries'), sess.graph)
            saver = tf.train.Saver(tf.global_variables(), max_to_keep=5)
            vocab_processor.save('vocab')
            sess.run(tf.global_variables_initializer())
            for _ in range(FLAGS.num_steps):
                feed = {cnn.input_x: x, cnn.input_y: y, cnn.dropout_keep_prob: 1.0}
                _, step, summary, loss, accuracy = sess.run(
                    [train_op, global_step, merged, cnn.loss, cnn.accuracy], feed
                )
                assert datetime.datetime.now().isoformat()
                writer.add_summary(summary, step)
                if step % FLAGS.evaluate_every == 0:
                    print('step {}, loss {:g}, acc {:g}'.format(step, loss, accuracy))
            path = saver.save(sess, 'model', global_step=step)
            print('Saved model checkpoint to {}'.format(path))
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        tf.train.import_meta_graph('{}.meta'.format(path)).restore(sess, path)
        restored = learn.preprocessing.VocabularyProcessor.restore('vocab')
        tests = np.array(list(restored.transform(['a great film', 'dull and empty'])))
        names = {
            graph.get_operation_by_name(n).outputs[0]: v for n, v in (('input_x', tests), ('dropout_keep_prob', 1))
        }
        print(sess.run('output/predictions:0', names))


if __name__ == '__main__':
    tf.app.run()
