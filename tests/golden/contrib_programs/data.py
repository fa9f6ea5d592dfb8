"""Cases of `tf.contrib.data`: what the transformations make of small datasets."""


def _elements(tf, dataset):
    """Returns all elements of a dataset, or what ended it, and its shapes."""
    item = tf.data.make_one_shot_iterator(dataset).get_next()
    seen = []
    with tf.Session() as session:
        while True:
            try:
                seen.append(session.run(item))
            except tf.errors.OutOfRangeError:
                return {'elements': seen, 'shapes': str(tf.data.get_output_shapes(dataset)).replace('Dimension', '')}
            except tf.errors.InvalidArgumentError as error:
                return {'elements': seen, 'error': type(error).__name__}


def case_batches_without_remainder(tf):
    data = tf.contrib.data
    dataset = tf.data.Dataset.range(7)
    ragged = dataset.map(lambda number: tf.fill([number], number))
    return {
        'batch': _elements(tf, dataset.apply(data.batch_and_drop_remainder(3))),
        'padded': _elements(tf, ragged.apply(data.padded_batch_and_drop_remainder(2, [None]))),
        'filled': _elements(tf, ragged.apply(data.padded_batch_and_drop_remainder(3, [7], tf.constant(-1, tf.int64)))),
    }


def case_sliding_windows(tf):
    slide = tf.contrib.data.sliding_window_batch
    dataset = tf.data.Dataset.range(1, 7)
    pairs = dataset.map(lambda number: (number, number * 10))
    named = dataset.map(lambda number: {'a': number, 'b': number * 10})
    return {
        'plain': _elements(tf, dataset.apply(slide(3))),
        'shift': _elements(tf, dataset.apply(slide(3, window_shift=2))),
        'old_name': _elements(tf, dataset.apply(slide(3, 2))),
        'stride': _elements(tf, dataset.apply(slide(3, window_stride=2))),
        'pairs': _elements(tf, pairs.apply(slide(4))),
        'named': _elements(tf, named.apply(slide(5))),
    }


def case_sliding_by_both_names(tf):
    return {'dataset': tf.contrib.data.sliding_window_batch(3, stride=1, window_shift=2)}


def case_sloppy_interleave(tf):
    data = tf.contrib.data
    dataset = tf.data.Dataset.range(2).apply(
        data.sloppy_interleave(lambda number: tf.data.Dataset.from_tensors(number).repeat(3), 2)
    )
    item = tf.data.make_one_shot_iterator(dataset).get_next()
    with tf.Session() as session:
        return {'sorted': sorted(int(session.run(item)) for _ in range(6))}


def case_reduced(tf):
    data = tf.contrib.data
    reducer = data.Reducer(
        lambda _: (tf.constant(0, tf.int64), tf.constant(1, tf.int64)),
        lambda state, number: (state[0] + number, state[1] * (number + 1)),
        lambda total, product: (total * 2, product + 1),
    )
    return {'reduced': data.reduce_dataset(tf.data.Dataset.range(5), reducer)}


def case_reducing_something_else(tf):
    return {'reduced': tf.contrib.data.reduce_dataset([1, 2], None)}


def case_asserted_shapes(tf):
    check = tf.contrib.data.assert_element_shape
    fixed = tf.data.Dataset.from_tensors(tf.zeros([2, 3]))
    loose = tf.data.Dataset.range(3).map(lambda number: (tf.fill([number + 1, 2], 1.0), number))
    unknown = tf.data.Dataset.range(2).map(lambda n: tf.py_func(lambda _: [[1.0, 2.0]], [n], tf.float64))
    shape = tf.TensorShape
    return {
        'fixed': _elements(tf, fixed.apply(check(shape([2, None])))),
        'loose': _elements(tf, loose.apply(check((shape([None, 2]), shape([]))))),
        'unknown': _elements(tf, unknown.apply(check(shape([None, 2])))),
        'wrong_at_run': _elements(tf, loose.apply(check((shape([1, 2]), shape([]))))),
    }


def case_shapes_that_cannot_fit(tf):
    fixed = tf.data.Dataset.from_tensors(tf.zeros([2, 3]))
    return {'dataset': fixed.apply(tf.contrib.data.assert_element_shape(tf.TensorShape([4, 3])))}


def case_features_of_files(tf):
    import os
    import tempfile

    path = os.path.join(tempfile.mkdtemp(), 'examples')
    with tf.python_io.TFRecordWriter(path) as writer:
        for number in range(3):
            feature = {'n': tf.train.Feature(int64_list=tf.train.Int64List(value=[number]))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    batch = tf.contrib.data.read_batch_features(
        path, 2, {'n': tf.FixedLenFeature([], tf.int64)}, randomize_input=False, num_epochs=1
    )
    with tf.Session() as session:
        return {'batches': [session.run(batch), session.run(batch)]}


def case_forwarded(tf):
    data = tf.contrib.data
    dataset = tf.data.Dataset.range(6)
    return {
        'counter': _elements(tf, data.Counter(3, 2).take(3)),
        'enumerated': _elements(tf, dataset.take(2).apply(data.enumerate_dataset(5))),
        'unbatched': _elements(tf, dataset.batch(4).apply(data.unbatch())),
        'mapped': _elements(tf, dataset.apply(data.map_and_batch(lambda number: number * 2, 4))),
        'scanned': _elements(
            tf, dataset.apply(data.scan(tf.constant(0, tf.int64), lambda total, n: (total + n, total + n)))
        ),
        'unique': _elements(tf, dataset.map(lambda number: number // 2).apply(data.unique())),
        'single': data.get_single_element(dataset.take(1)),
    }
