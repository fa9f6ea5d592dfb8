"""Reads CSV files through queues, as before tf.data: string_input_producer, TextLineReader, decode_csv, batches."""

import csv
import os

import numpy as np
import tensorflow as tf

DATA = 'data'
BATCH_SIZE = 8
NUM_EPOCHS = 3


def make_files():
    rng = np.random.RandomState(3)
    if not os.path.isdir(DATA):
        os.makedirs(DATA)
    for i in range(3):
        with open(os.path.join(DATA, 'part-%d.csv' % i), 'w') as f:
            writer = csv.writer(f)
            writer.writerow(['a', 'b', 'kind'])
            for _ in range(10):
                a, b = rng.rand(2)
                writer.writerow(['%.5f' % a, '%.5f' % b, 'big' if a + b > 1 else 'small'])
    return sorted(tf.gfile.Glob(os.path.join(DATA, '*.csv')))


def read_csv(filename_queue):
    reader = tf.TextLineReader(skip_header_lines=1)
    key, value = reader.read(filename_queue)
    a, b, kind = tf.decode_csv(value, record_defaults=[[0.0], [0.0], ['']])
    label = tf.cast(tf.equal(kind, 'big'), tf.int32)
    return key, tf.stack([a, b]), label


def input_pipeline(filenames, shuffle):
    filename_queue = tf.train.string_input_producer(filenames, num_epochs=NUM_EPOCHS, shuffle=False)
    key, example, label = read_csv(filename_queue)
    if shuffle:
        return tf.train.shuffle_batch(
            [key, example, label],
            batch_size=BATCH_SIZE,
            capacity=100,
            min_after_dequeue=50,
            allow_smaller_final_batch=True,
        )
    return tf.train.batch([key, example, label], batch_size=BATCH_SIZE, allow_smaller_final_batch=True)


def run(shuffle):
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(1)
        key, x, y = input_pipeline(make_files(), shuffle)
        print(x.shape, y.shape, len(tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)))
        w = tf.Variable(tf.zeros([2]))
        b = tf.Variable(0.0)
        logits = tf.reduce_sum(x * w, 1) + b
        loss = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.to_float(y), logits=logits))
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
        with tf.Session(graph=graph) as sess:
            sess.run(tf.group(tf.global_variables_initializer(), tf.local_variables_initializer()))
            coord = tf.train.Coordinator()
            threads = tf.train.start_queue_runners(sess=sess, coord=coord)
            step, rows, total, keys = 0, 0, 0.0, []
            try:
                while not coord.should_stop():
                    k, features, l, _ = sess.run([key, x, loss, train_op])
                    keys.extend(k)
                    step, rows, total = step + 1, rows + len(features), total + features.sum()
                    if not shuffle and step % 4 == 0:
                        print('Step %d: loss = %.5f' % (step, l))
            except tf.errors.OutOfRangeError:
                print('Done training for %d epochs, %d steps.' % (NUM_EPOCHS, step))
            finally:
                coord.request_stop()
            coord.join(threads)
            print(rows, '%.3f' % total, len(set(keys)), sorted(set(keys))[0].decode())
            if not shuffle:
                print(sess.run([w, b]))


if __name__ == '__main__':
    run(shuffle=False)
    run(shuffle=True)
