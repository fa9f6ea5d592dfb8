"""Every kind of iterator of tf.data over TFRecords: one-shot, initializable, reinitializable, feedable."""

import sys

import numpy as np
import tensorflow as tf

PATTERN = {
    'x': tf.FixedLenFeature([4], tf.float32),
    'tags': tf.VarLenFeature(tf.int64),
    'name': tf.FixedLenFeature([], tf.string, default_value='nobody'),
}


def write(path, rows, rng):
    writer = tf.python_io.TFRecordWriter(
        path, options=tf.python_io.TFRecordOptions(tf.python_io.TFRecordCompressionType.GZIP)
    )
    for i in range(rows):
        feature = {
            'x': tf.train.Feature(float_list=tf.train.FloatList(value=rng.rand(4))),
            'tags': tf.train.Feature(int64_list=tf.train.Int64List(value=range(i % 3))),
        }
        if i % 2:
            feature['name'] = tf.train.Feature(bytes_list=tf.train.BytesList(value=[b'row %d' % i]))
        writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    writer.close()


def parse(serialized):
    parsed = tf.parse_single_example(serialized, PATTERN)
    parsed['tags'] = tf.sparse_tensor_to_dense(parsed['tags'])
    return parsed


def make(path, batch_size):
    dataset = tf.data.TFRecordDataset(path, compression_type='GZIP').map(parse, num_parallel_calls=2)
    dataset = dataset.filter(lambda row: tf.greater(row['x'][0], 0.1))
    return dataset.padded_batch(batch_size, {'x': [4], 'tags': [None], 'name': []}).prefetch(1)


def main():
    rng = np.random.RandomState(11)
    write('train.gz', 8, rng)
    write('valid.gz', 5, rng)
    train, valid = make('train.gz', 3), make('valid.gz', 5)
    print(train.output_types, train.output_shapes['tags'])

    one_shot = train.make_one_shot_iterator().get_next()
    size = tf.placeholder(tf.int64, [])
    initializable = tf.data.Dataset.range(size).repeat().batch(4).make_initializable_iterator()
    either = tf.data.Iterator.from_structure(train.output_types, train.output_shapes)
    to_train, to_valid = either.make_initializer(train), either.make_initializer(valid)
    handle = tf.placeholder(tf.string, [])
    fed = tf.data.Iterator.from_string_handle(handle, train.output_types, train.output_shapes).get_next()
    valid_again = valid.make_initializable_iterator()

    total = tf.reduce_sum(either.get_next()['x'])
    numbers = initializable.get_next()
    with tf.Session() as sess:
        try:
            while True:
                row = sess.run(one_shot)
                print(row['tags'].tolist(), row['name'].tolist(), row['x'].sum())
        except tf.errors.OutOfRangeError:
            print('end of one-shot')
        sess.run(initializable.initializer, {size: 5})
        print(sess.run(numbers), sess.run(numbers))
        for epoch in range(2):
            for name, start in (('train', to_train), ('valid', to_valid)):
                sess.run(start)
                totals = []
                while True:
                    try:
                        totals.append(sess.run(total))
                    except tf.errors.OutOfRangeError:
                        break
                print('epoch', epoch, name, ' '.join('%.4f' % t for t in totals))
        sess.run(valid_again.initializer)
        valid_handle = sess.run(valid_again.string_handle())
        print(sess.run(fed['name'], {handle: valid_handle}))
        generated = tf.data.Dataset.from_generator(lambda: iter([1.5, 2.5]), tf.float32, []).make_one_shot_iterator()
        following = generated.get_next()
        print(sess.run(following), sess.run(following))
    sys.stdout.flush()


if __name__ == '__main__':
    main()
