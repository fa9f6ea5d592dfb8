"""Converts arrays to TFRecords and reads them back with TFRecordReader and with a QueueRunner of one's own."""

import numpy as np
import tensorflow as tf

slim = tf.contrib.slim


def _bytes_feature(value):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def _int64_feature(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def convert_to(images, labels, filename):
    print('Writing', filename)
    with tf.python_io.TFRecordWriter(filename) as writer:
        for image, label in zip(images, labels):
            example = tf.train.Example(
                features=tf.train.Features(
                    feature={
                        'height': _int64_feature(image.shape[0]),
                        'width': _int64_feature(image.shape[1]),
                        'label': _int64_feature(int(label)),
                        'image_raw': _bytes_feature(image.tostring()),
                    }
                )
            )
            writer.write(example.SerializeToString())


def read_and_decode(filename_queue):
    reader = tf.TFRecordReader()
    _, serialized_example = reader.read(filename_queue)
    features = tf.parse_single_example(
        serialized_example,
        features={
            'image_raw': tf.FixedLenFeature([], tf.string),
            'label': tf.FixedLenFeature([], tf.int64),
        },
    )
    image = tf.decode_raw(features['image_raw'], tf.uint8)
    image.set_shape([36])
    image = tf.cast(image, tf.float32) * (1.0 / 255) - 0.5
    return image, tf.cast(features['label'], tf.int32)


def main():
    rng = np.random.RandomState(5)
    images = rng.randint(0, 256, (20, 6, 6)).astype(np.uint8)
    labels = rng.randint(0, 3, 20)
    convert_to(images, labels, 'train.tfrecords')
    for record in list(tf.python_io.tf_record_iterator('train.tfrecords'))[:2]:
        example = tf.train.Example.FromString(record)
        print(len(record), example.features.feature['label'].int64_list.value[0])

    filename_queue = tf.train.string_input_producer(['train.tfrecords'], num_epochs=2)
    image, label = read_and_decode(filename_queue)

    # Standardise images in threads of our own before they are batched.
    queue = tf.FIFOQueue(capacity=30, dtypes=[tf.float32, tf.int32], shapes=[[6, 6, 1], []])
    standard = tf.image.per_image_standardization(tf.reshape(image, [6, 6, 1]))
    enqueue_op = queue.enqueue([standard, label])
    tf.train.add_queue_runner(tf.train.QueueRunner(queue, [enqueue_op]))
    image_batch, label_batch = queue.dequeue_many(5)

    net = slim.flatten(slim.avg_pool2d(image_batch, [2, 2]))
    logits = slim.fully_connected(
        net, 3, activation_fn=None, weights_initializer=tf.constant_initializer(np.linspace(-1, 1, 27).reshape(9, 3))
    )
    loss = tf.losses.sparse_softmax_cross_entropy(label_batch, logits)
    train_op = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        coord = tf.train.Coordinator()
        with coord.stop_on_exception():
            threads = tf.train.start_queue_runners(coord=coord)
            while not coord.should_stop():
                l, y, _ = sess.run([loss, label_batch, train_op])
                print('loss %.4f' % l, y)
        coord.join(threads)
        print(sess.run(queue.size()), [v.name for v in tf.trainable_variables()])


if __name__ == '__main__':
    main()
