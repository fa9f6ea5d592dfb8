"""Cases of `tf.contrib.slim`: its own modules, and layers and losses by their names there."""

import os
import shutil
import tempfile


def _records(tf, folder, count=4):
    """Writes examples with an image, a label, boxes and ragged values; returns the file's path."""
    path = os.path.join(folder, 'some.tfrecord')
    with tf.Session(graph=tf.Graph()) as session:
        png = session.run(tf.image.encode_png(tf.cast(tf.reshape(tf.range(12), [2, 2, 3]) * 10, tf.uint8)))
    with tf.python_io.TFRecordWriter(path) as writer:
        for number in range(count):
            writer.write(_example(tf, png, number).SerializeToString())
    return path


def _example(tf, png, number):
    def ints(*values):
        return tf.train.Feature(int64_list=tf.train.Int64List(value=values))

    def floats(*values):
        return tf.train.Feature(float_list=tf.train.FloatList(value=values))

    def strings(*values):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=values))

    return tf.train.Example(
        features=tf.train.Features(
            feature={
                'image/encoded': strings(png),
                'image/format': strings(b'png'),
                'raw': strings(bytes(bytearray([1, 2, 3, 4, 5, 6]))),
                'raw/format': strings(b'RAW'),
                'label': ints(number),
                'height': ints(2),
                'width': ints(3),
                'matrix': floats(*[number + 0.5 * i for i in range(6)]),
                'words': strings(b'b', b'a'),
                'ymin': floats(0.1, 0.2),
                'xmin': floats(0.3, 0.4),
                'ymax': floats(0.5, 0.6),
                'xmax': floats(0.7, 0.8),
                'indices': ints(0, 4),
                'values': floats(1.5, 2.5),
            }
        )
    )


def _decoder(tf):
    decoder = tf.contrib.slim.tfexample_decoder
    numbers = tf.VarLenFeature(tf.float32)
    keys = {
        'image/encoded': tf.FixedLenFeature([], tf.string),
        'image/format': tf.FixedLenFeature([], tf.string, 'png'),
        'raw': tf.FixedLenFeature([], tf.string),
        'raw/format': tf.FixedLenFeature([], tf.string),
        'label': tf.FixedLenFeature([], tf.int64),
        'height': tf.FixedLenFeature([], tf.int64),
        'width': tf.FixedLenFeature([], tf.int64),
        'matrix': numbers,
        'words': tf.VarLenFeature(tf.string),
        'ymin': numbers,
        'xmin': numbers,
        'ymax': numbers,
        'xmax': numbers,
        'indices': tf.VarLenFeature(tf.int64),
        'values': numbers,
    }
    handlers = {
        'image': decoder.Image(),
        'shaped_image': decoder.Image('image/encoded', 'image/format', shape=[2, 2, 3]),
        'grey': decoder.Image(channels=1),
        'raw': decoder.Image('raw', 'raw/format', shape=[2, 3, 1], channels=1),
        'label': decoder.Tensor('label'),
        'label_in_vector': decoder.Tensor('label', shape=[1]),
        'matrix': decoder.Tensor('matrix', shape_keys=['height', 'width']),
        'vector': decoder.Tensor('matrix'),
        'shaped': decoder.Tensor('matrix', shape=[3, 2]),
        'boxes': decoder.BoundingBox(['ymin', 'xmin', 'ymax', 'xmax']),
        'sparse': decoder.SparseTensor(shape=[6], densify=True),
        'sparse_default': decoder.SparseTensor('indices', 'values', shape=[6], densify=True, default_value=-1),
        'callback': decoder.ItemHandlerCallback(['height', 'width'], lambda keys: keys['height'] * keys['width']),
        'backup': decoder.BackupHandler(decoder.Tensor('label', shape=[1]), decoder.Tensor('height', shape=[1])),
    }
    return decoder.TFExampleDecoder(keys, handlers)


def _with_records(tf, body):
    folder = tempfile.mkdtemp()
    try:
        return body(_records(tf, folder))
    finally:
        shutil.rmtree(folder)


def case_decoder(tf):
    def body(path):
        decoder = _decoder(tf)
        serialized = next(iter(tf.python_io.tf_record_iterator(path)))
        items = sorted(decoder.list_items())
        tensors = decoder.decode(tf.constant(serialized), items)
        by_name = {item: tensors[i] for i, item in enumerate(items)}
        with tf.Session() as session:
            values = session.run(by_name)
        return {
            'items': items,
            'values': values,
            'shapes': {item: str(tensor.shape) for item, tensor in by_name.items() if item != 'sparse'},
            'types': {item: tensor.dtype.name for item, tensor in by_name.items()},
        }

    return _with_records(tf, body)


def case_decoder_of_sparse_and_looked_up_values(tf):
    def body(path):
        decoder = tf.contrib.slim.tfexample_decoder
        table = tf.contrib.lookup.index_table_from_tensor(['a', 'b'])
        made = decoder.TFExampleDecoder(
            {
                'words': tf.VarLenFeature(tf.string),
                'indices': tf.VarLenFeature(tf.int64),
                'values': tf.VarLenFeature(tf.float32),
            },
            {'words': decoder.LookupTensor('words', table), 'sparse': decoder.SparseTensor(shape=[6])},
        )
        serialized = next(iter(tf.python_io.tf_record_iterator(path)))
        words, sparse = made.decode(tf.constant(serialized), ['words', 'sparse'])
        with tf.Session() as session:
            session.run(tf.tables_initializer())
            tf.get_default_graph().clear_collection('table_initializer')
            words, sparse = session.run([words, sparse])
        return {'words': words, 'indices': sparse.indices, 'values': sparse.values, 'shape': sparse.dense_shape}

    return _with_records(tf, body)


def case_shape_and_its_keys_exclude_each_other(tf):
    return {'tensor': tf.contrib.slim.tfexample_decoder.Tensor('a', shape_keys='b', shape=[1])}


def case_boxes_have_four_keys(tf):
    return {'boxes': tf.contrib.slim.tfexample_decoder.BoundingBox(['a'])}


def case_box_keys(tf):
    return {'keys': list(tf.contrib.slim.tfexample_decoder.BoundingBox(prefix='box/').keys)}


def case_data_provider(tf):
    slim = tf.contrib.slim

    def body(path):
        dataset = slim.dataset.Dataset(
            path, tf.TFRecordReader, _decoder(tf), 4, {'label': 'a digit'}, classes=10, labels_to_names=None
        )
        provider = slim.dataset_data_provider.DatasetDataProvider(
            dataset, num_readers=1, shuffle=False, num_epochs=1, common_queue_capacity=8
        )
        label, key = provider.get(['label', 'record_key'])
        labels, keys = [], []
        with tf.Session() as session:
            session.run(tf.local_variables_initializer())
            with slim.queues.QueueRunners(session):
                for _ in range(4):
                    values = session.run([label, key])
                    labels.append(values[0])
                    keys.append(os.path.basename(values[1].decode()))
        return {
            'items': sorted(provider.list_items()),
            'num_samples': provider.num_samples(),
            'fields': [dataset.num_samples, dataset.items_to_descriptions, dataset.classes, dataset.labels_to_names],
            'labels': labels,
            'keys': keys,
        }

    return _with_records(tf, body)


def case_data_provider_without_files(tf):
    slim = tf.contrib.slim
    dataset = slim.dataset.Dataset('nowhere*', tf.TFRecordReader, _decoder(tf), 4, {})
    return {'provider': slim.dataset_data_provider.DatasetDataProvider(dataset)}


def case_single_pass(tf):
    def body(path):
        key, value = tf.contrib.slim.parallel_reader.single_pass_read(path, tf.TFRecordReader)
        sizes = []
        with tf.train.MonitoredSession() as session:
            while not session.should_stop():
                sizes.append(len(session.run([key, value])[1]))
        return {'records': len(sizes), 'same': sizes[0] == sizes[1]}

    return _with_records(tf, body)


def case_shuffled_reading(tf):
    def body(path):
        key, value = tf.contrib.slim.parallel_reader.parallel_read(
            [path, path], tf.TFRecordReader, num_epochs=2, num_readers=2, capacity=8, min_after_dequeue=2
        )
        count = 0
        with tf.train.MonitoredSession() as session:
            while not session.should_stop():
                session.run([key, value])
                count += 1
        return {'records': count, 'names': [key.name, value.name]}

    return _with_records(tf, body)


def case_prefetch_queue(tf):
    numbers = tf.train.input_producer(tf.range(5), num_epochs=1, shuffle=False, capacity=1).dequeue()
    queue = tf.contrib.slim.prefetch_queue.prefetch_queue({'n': numbers, 'm': numbers * 2}, capacity=3)
    batch = queue.dequeue()
    values = []
    with tf.train.MonitoredSession() as session:
        while not session.should_stop():
            values.append(session.run([batch['n'], batch['m']]))
    return {'values': values, 'name': queue.name}


def case_summaries(tf):
    summaries = tf.contrib.slim.summaries
    activation = tf.nn.relu(tf.constant([[1.0, -2.0]]), name='activation')
    image = tf.zeros([1, 2, 2, 3], name='image')
    with tf.name_scope('scope'):
        scalar = tf.constant(1.0, name='scalar')
    made = [
        summaries.add_histogram_summary(activation),
        summaries.add_histogram_summary(activation, 'named', 'prefixed'),
        summaries.add_scalar_summary(scalar, prefix='losses'),
        summaries.add_scalar_summary(scalar, 'printed', print_summary=False),
        summaries.add_image_summary(image, 'picture'),
        summaries.add_zero_fraction_summary(activation),
        summaries.add_zero_fraction_summary(activation, 'z', 'p'),
    ]
    made += summaries.add_histogram_summaries([activation], 'all')
    made += summaries.add_scalar_summaries([scalar], 'all')
    made += summaries.add_zero_fraction_summaries([activation], 'all')
    made += summaries.add_image_summaries([image], 'all')
    tags = []
    with tf.Session() as session:
        for serialized in session.run(made):
            tags.append([value.tag for value in tf.Summary.FromString(serialized).value])
    return {'names': [summary.op.name for summary in made], 'tags': tags}


def case_model_analyzer(tf):
    weights = tf.get_variable('weights', [3, 2])
    tf.get_variable('counts', [4], tf.int64, tf.zeros_initializer(), trainable=False)
    analyzer = tf.contrib.slim.model_analyzer
    return {
        'vars': analyzer.analyze_vars(tf.global_variables()),
        'none': analyzer.analyze_vars([]),
        'description': analyzer.tensor_description(weights),
        'unknown': analyzer.tensor_description(tf.placeholder(tf.string, [None, 3])),
        'ops': analyzer.analyze_ops(tf.get_default_graph()),
    }


def case_train_op(tf):
    slim = tf.contrib.slim
    weights = tf.get_variable('w', [2, 1], initializer=tf.zeros_initializer())
    loss = slim.losses.mean_squared_error(tf.matmul([[1.0, 2.0], [3.0, 4.0]], weights), tf.constant([[1.0], [0.0]]))
    train_op = slim.learning.create_train_op(
        slim.losses.get_total_loss(),
        tf.train.GradientDescentOptimizer(0.01),
        clip_gradient_norm=0.5,
        summarize_gradients=True,
        gradient_multipliers={'w': 3.0},
    )
    return {
        'names': [train_op.name, loss.name],
        'loss': train_op,
        'weights': weights,
        'step': slim.get_or_create_global_step(),
    }


def case_small_network(tf):
    slim = tf.contrib.slim
    images = tf.reshape(tf.sin(tf.range(2 * 8 * 8 * 3, dtype=tf.float32)), [2, 8, 8, 3])
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        weights_regularizer=slim.l2_regularizer(0.01),
        normalizer_fn=slim.batch_norm,
        normalizer_params={'is_training': True},
    ):
        with slim.arg_scope([slim.conv2d], padding='VALID', outputs_collections='ends'):
            net = slim.repeat(images, 2, slim.conv2d, 4, [3, 3], scope='conv1')
            net = slim.max_pool2d(net, [2, 2], scope='pool1')
        net = slim.flatten(net)
        net = slim.stack(net, slim.fully_connected, [6, 5], scope='fc')
        logits = slim.fully_connected(net, 3, activation_fn=None, normalizer_fn=None, scope='logits')
    slim.losses.softmax_cross_entropy(logits, slim.one_hot_encoding([0, 2], 3))
    return {
        'logits': logits,
        'total': slim.losses.get_total_loss(),
        'variables': [variable.op.name for variable in slim.get_model_variables()],
        'restored': [variable.op.name for variable in slim.get_variables_to_restore(exclude=['logits'])],
    }


def case_summaries_of_collections(tf):
    slim = tf.contrib.slim
    for key in ('weights', 'biases'):
        variable = slim.model_variable('net/' + key, [2, 2], collections=[key])
        slim.model_variable('other/' + key, [3], collections=[key])
    made = slim.summarize_weights() + slim.summarize_biases('net') + slim.summarize_variables('other')
    return {'names': [summary.op.name for summary in made], 'last': variable.op.name}
