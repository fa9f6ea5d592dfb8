"""Cases of `tf.contrib.util`."""


def case_operations_of_a_graph(tf):
    tf.constant(1.0) + tf.placeholder(tf.float32)
    dataset = tf.data.Dataset.range(3).map(lambda number: tf.square(number))
    tf.data.make_one_shot_iterator(dataset)
    used = tf.contrib.util.ops_used_by_graph_def(tf.get_default_graph().as_graph_def())
    return {'used': sorted(set(used) & {'Const', 'Placeholder', 'AddV2', 'Square', 'OneShotIterator', 'MapDataset'})}


def case_constants(tf):
    util = tf.contrib.util
    return {
        'value': util.constant_value(tf.constant([1, 2])),
        'unknown': util.constant_value(tf.placeholder(tf.float32)),
        'array': util.make_ndarray(util.make_tensor_proto([1.5, 2.5])),
    }
