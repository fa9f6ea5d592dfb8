"""Cases of `tf.contrib.layers`: normalization of single examples, and the small layers."""


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def case_layer_norm(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.layer_norm(_inputs(tf, 2, 3, 4)),
        'last': layers.layer_norm(_inputs(tf, 2, 3, 4), begin_norm_axis=2, begin_params_axis=1, scope='s'),
        'active': layers.layer_norm(
            _inputs(tf, 2, 4), False, activation_fn=tf.nn.relu, outputs_collections='o', variables_collections=['v']
        ),
        'bare': layers.layer_norm(_inputs(tf, 2, 4), scale=False, trainable=False),
    }


def case_layer_norm_in_reuse(tf):
    for reuse in (None, True):
        value = tf.contrib.layers.layer_norm(_inputs(tf, 2, 4), scope='s', reuse=reuse)
    return {'value': value}


def case_layer_norm_as_normalizer(tf):
    layers = tf.contrib.layers
    return {'value': layers.fully_connected(_inputs(tf, 2, 3), 4, normalizer_fn=layers.layer_norm)}


def case_layer_norm_of_an_axis_out_of_range(tf):
    tf.contrib.layers.layer_norm(_inputs(tf, 2, 3, 4), begin_norm_axis=3)


def case_layer_norm_of_parameters_out_of_range(tf):
    tf.contrib.layers.layer_norm(_inputs(tf, 2, 3, 4), begin_params_axis=3)


def case_layer_norm_of_an_unknown_rank(tf):
    tf.contrib.layers.layer_norm(tf.placeholder(tf.float32))


def case_layer_norm_of_unknown_features(tf):
    tf.contrib.layers.layer_norm(tf.placeholder(tf.float32, [2, None]))


def case_instance_norm(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.instance_norm(_inputs(tf, 2, 3, 3, 4), outputs_collections='o', variables_collections=['v']),
        'first': layers.instance_norm(
            _inputs(tf, 2, 4, 3, 3), scale=False, data_format='NCHW', activation_fn=tf.nn.relu, scope='s'
        ),
    }


def case_instance_norm_of_an_unknown_format(tf):
    tf.contrib.layers.instance_norm(_inputs(tf, 2, 3, 3, 4), data_format='x')


def case_instance_norm_of_an_unknown_rank(tf):
    tf.contrib.layers.instance_norm(tf.placeholder(tf.float32))


def case_instance_norm_of_unknown_channels(tf):
    tf.contrib.layers.instance_norm(tf.placeholder(tf.float32, [2, 3, None]))


def case_group_norm(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.group_norm(_inputs(tf, 2, 3, 3, 4), groups=2, outputs_collections='o'),
        'first': layers.group_norm(
            _inputs(tf, 2, 4, 3, 3), groups=2, channels_axis=1, reduction_axes=(2, 3), mean_close_to_zero=True
        ),
        'bare': layers.group_norm(
            _inputs(tf, 2, 2, 2, 4), groups=4, center=False, scale=False, activation_fn=tf.nn.relu
        ),
        'flat': layers.group_norm(
            _inputs(tf, 2, 6), groups=3, reduction_axes=[], variables_collections={'beta': ['b'], 'gamma': ['g']}
        ),
        'unknown': layers.group_norm(
            tf.placeholder_with_default(_inputs(tf, 2, 3, 3, 4), [None, 3, 3, 4]), groups=1, scope='u'
        ),
    }


def case_group_norm_of_too_many_groups(tf):
    tf.contrib.layers.group_norm(_inputs(tf, 2, 3, 3, 4))


def case_group_norm_of_groups_that_do_not_divide(tf):
    tf.contrib.layers.group_norm(_inputs(tf, 2, 3, 3, 4), groups=3)


def case_group_norm_of_an_axis_out_of_range(tf):
    tf.contrib.layers.group_norm(_inputs(tf, 2, 3, 3, 4), groups=2, channels_axis=5)


def case_group_norm_over_its_channels(tf):
    tf.contrib.layers.group_norm(_inputs(tf, 2, 3, 3, 4), groups=2, reduction_axes=(-1,))


def case_group_norm_of_an_unknown_rank(tf):
    tf.contrib.layers.group_norm(tf.placeholder(tf.float32), groups=2)


def case_group_norm_of_unknown_channels(tf):
    tf.contrib.layers.group_norm(tf.placeholder(tf.float32, [2, 3, 3, None]), groups=2)


def case_bias_add(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.bias_add(
            _inputs(tf, 2, 3),
            tf.nn.relu,
            regularizer=layers.l2_regularizer(0.1),
            variables_collections=['v'],
            outputs_collections='o',
        ),
        'first': layers.bias_add(_inputs(tf, 1, 3, 2, 2), data_format='NCHW', scope='s'),
        'losses': tf.losses.get_regularization_losses(),
    }


def case_bias_add_of_an_unknown_format(tf):
    tf.contrib.layers.bias_add(_inputs(tf, 2, 3), data_format='x')


def case_bias_add_channels_first_of_two_dimensions(tf):
    tf.contrib.layers.bias_add(_inputs(tf, 2, 3), data_format='NCHW')


def case_bias_add_of_an_unknown_rank(tf):
    tf.contrib.layers.bias_add(tf.placeholder(tf.float32))


def case_one_hot_encoding(tf):
    layers = tf.contrib.layers
    value = layers.one_hot_encoding([1, 2, 5], 3, outputs_collections='o')
    return {
        'value': value,
        'other': layers.one_hot_encoding(tf.constant([1], tf.int64), 3, 2.0, -1.0, scope='s'),
        'alias': value.aliases,
    }


def case_softmax(tf):
    softmax = tf.contrib.layers.softmax
    unknown = softmax(tf.placeholder_with_default(_inputs(tf, 2, 2, 3), [None, None, 3]), scope='s')
    return {
        'two': softmax(_inputs(tf, 2, 3)),
        'three': softmax(_inputs(tf, 2, 2, 3)),
        'unknown': unknown,
        'shape': unknown.shape.as_list(),
    }


def case_unit_norm(tf):
    return {
        'last': tf.contrib.layers.unit_norm(_inputs(tf, 2, 3), 1),
        'first': tf.contrib.layers.unit_norm(_inputs(tf, 2, 3, 2), 0, epsilon=0.1),
    }


def case_unit_norm_of_a_dimension_out_of_range(tf):
    tf.contrib.layers.unit_norm(_inputs(tf, 2, 3), 2)


def case_unit_norm_of_a_negative_dimension(tf):
    tf.contrib.layers.unit_norm(_inputs(tf, 2, 3), -1)


def case_unit_norm_of_an_unknown_rank(tf):
    tf.contrib.layers.unit_norm(tf.placeholder(tf.float32), 0)


def case_maxout(tf):
    layers = tf.contrib.layers
    fed = tf.placeholder_with_default(_inputs(tf, 2, 6), [None, 6])
    return {
        'last': layers.maxout(_inputs(tf, 2, 6), 3),
        'middle': layers.maxout(_inputs(tf, 2, 6, 2), 2, axis=1),
        'fed': layers.maxout(fed, 2, scope='s'),
    }


def case_maxout_of_units_that_do_not_divide(tf):
    tf.contrib.layers.maxout(_inputs(tf, 2, 6), 4)


def case_spatial_softmax(tf):
    layers = tf.contrib.layers
    fed = tf.placeholder_with_default(_inputs(tf, 2, 3, 4, 2), [None, None, None, 2])
    seen = [
        layers.spatial_softmax(_inputs(tf, 2, 3, 4, 2)),
        layers.spatial_softmax(_inputs(tf, 2, 2, 3, 4), 2.0, 'named', ['v'], data_format='NCHW'),
        layers.spatial_softmax(fed, trainable=False),
    ]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        values, first = session.run([seen, tf.global_variables()])
    return {'values': values, 'first': first, 'shapes': [tensor.shape.as_list() for tensor in seen]}


def case_spatial_softmax_of_an_unknown_format(tf):
    tf.contrib.layers.spatial_softmax(_inputs(tf, 2, 3, 3, 4), data_format='x')


def case_scale_gradient(tf):
    with tf.Graph().as_default(), tf.Session() as session:
        inputs = tf.constant([1.0, 2.0])
        value = tf.contrib.layers.scale_gradient(inputs, 0.5)
        gradient = tf.gradients(tf.reduce_sum(value * value), inputs)[0]
        return {'value': session.run(value), 'gradient': session.run(gradient)}


def case_images_to_sequence_and_back(tf):
    layers = tf.contrib.layers
    sequence = layers.images_to_sequence(_inputs(tf, 2, 3, 4, 2), outputs_collections='o')
    fed = tf.placeholder_with_default(_inputs(tf, 2, 3, 4, 2), [None, 3, 4, 2])
    unknown = layers.images_to_sequence(fed)
    return {
        'sequence': sequence,
        'shape': sequence.shape.as_list(),
        'first': layers.images_to_sequence(_inputs(tf, 2, 2, 3, 4), data_format='NCHW'),
        'images': layers.sequence_to_images(sequence, 3, outputs_collections='o'),
        'images_first': layers.sequence_to_images(sequence, 3, output_data_format='channels_first'),
        'unknown': unknown,
        'back': layers.sequence_to_images(unknown, 3),
    }


def case_images_to_sequence_of_an_unknown_format(tf):
    tf.contrib.layers.images_to_sequence(_inputs(tf, 2, 3, 4, 2), data_format='x')


def case_dense_to_sparse(tf):
    sparse = tf.contrib.layers.dense_to_sparse(tf.constant([[1, 0, 2], [0, 0, 3]]))
    other = tf.contrib.layers.dense_to_sparse(tf.constant([[1, 0, 2]]), eos_token=2)
    return {
        'indices': sparse.indices,
        'values': sparse.values,
        'shape': sparse.dense_shape,
        'other': other.values,
    }


def case_repeat(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.repeat(_inputs(tf, 2, 3), 2, layers.fully_connected, 4, activation_fn=None),
        'named': layers.repeat(_inputs(tf, 1, 4, 4, 2), 2, layers.conv2d, 3, [3, 3], scope='conv1'),
        'partial': layers.repeat(_inputs(tf, 2, 3), 2, layers.linear, 2),
    }


def case_stack(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.stack(_inputs(tf, 2, 3), layers.fully_connected, [4, 5]),
        'named': layers.stack(_inputs(tf, 1, 4, 4, 2), layers.conv2d, [(3, [3, 3]), (2, [1, 1])], scope='core'),
        'partial': layers.stack(_inputs(tf, 2, 3), layers.linear, [4, 2], weights_initializer=tf.ones_initializer()),
    }


def case_stack_of_no_list(tf):
    tf.contrib.layers.stack(_inputs(tf, 2, 3), tf.contrib.layers.fully_connected, 4)
