"""Cases of `tf.contrib.layers`: convolutions and pooling."""


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def case_conv2d(tf):
    return {'value': tf.contrib.layers.conv2d(_inputs(tf, 1, 5, 5, 2), 3, 3)}


def case_conv2d_of_other_sizes(tf):
    value = tf.contrib.layers.conv2d(
        _inputs(tf, 2, 6, 5, 2), 3, [3, 2], stride=[2, 1], padding='VALID', activation_fn=None, scope='first'
    )
    return {'value': value, 'shape': value.shape.as_list()}


def case_conv2d_dilated(tf):
    return {'value': tf.contrib.layers.conv2d(_inputs(tf, 1, 7, 7, 2), 2, 3, rate=2, activation_fn=None)}


def case_conv2d_with_batch_norm(tf):
    layers = tf.contrib.layers
    value = layers.conv2d(
        _inputs(tf, 2, 4, 4, 2),
        3,
        3,
        normalizer_fn=layers.batch_norm,
        normalizer_params={'scale': True},
        weights_regularizer=layers.l2_regularizer(0.1),
        outputs_collections='o',
        variables_collections=['v'],
    )
    return {'value': value, 'losses': tf.losses.get_regularization_losses(), 'alias': value.aliases}


def case_conv2d_channels_first(tf):
    value = tf.contrib.layers.conv2d(_inputs(tf, 1, 2, 5, 6), 3, 3, stride=2, data_format='NCHW')
    return {'shape': value.shape.as_list()}


def case_conv2d_by_scope_arguments(tf):
    layers = tf.contrib.layers
    with tf.contrib.framework.arg_scope(
        [layers.conv2d, layers.fully_connected], weights_regularizer=layers.l2_regularizer(0.5), activation_fn=None
    ):
        with tf.contrib.framework.arg_scope([layers.conv2d], padding='VALID', stride=2):
            value = layers.conv2d(_inputs(tf, 1, 5, 5, 2), 3, 3)
        value = layers.fully_connected(layers.flatten(value), 2)
    return {'value': value, 'losses': tf.losses.get_regularization_losses()}


def case_conv2d_in_reuse(tf):
    for reuse in (None, True):
        value = tf.contrib.layers.conv2d(_inputs(tf, 1, 4, 4, 2), 3, 3, scope='c', reuse=reuse)
    return {'value': value, 'name': value.op.name}


def case_conv1d(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.conv1d(_inputs(tf, 2, 5, 2), 3, 3, activation_fn=None),
        'valid': layers.conv1d(_inputs(tf, 2, 5, 2), 3, 2, stride=2, padding='VALID'),
        'dilated': layers.convolution1d(_inputs(tf, 2, 6, 2), 3, 2, rate=2),
    }


def case_conv3d(tf):
    value = tf.contrib.layers.conv3d(_inputs(tf, 1, 3, 3, 3, 2), 2, [2, 3, 1], stride=2, biases_initializer=None)
    return {'value': value}


def case_convolution_of_any_rank(tf):
    convolution = tf.contrib.layers.convolution
    return {
        'one': convolution(_inputs(tf, 1, 5, 2), 2, 3),
        'two': convolution(_inputs(tf, 1, 5, 5, 2), 2, 3, rate=[1, 2]),
        'three': convolution(_inputs(tf, 1, 3, 3, 3, 2), 2, 3),
    }


def case_aliases_are_the_same_functions(tf):
    layers = tf.contrib.layers
    return {
        'same': [
            layers.conv1d is layers.convolution1d,
            layers.conv2d is layers.convolution2d,
            layers.conv3d is layers.convolution3d,
            layers.conv2d_in_plane is layers.convolution2d_in_plane,
            layers.conv2d_transpose is layers.convolution2d_transpose,
            layers.conv3d_transpose is layers.convolution3d_transpose,
            layers.separable_conv2d is layers.separable_convolution2d,
        ]
    }


def case_conv2d_of_an_unknown_format(tf):
    tf.contrib.layers.conv2d(_inputs(tf, 1, 2, 5, 5), 3, 3, data_format='NHCW')


def case_conv2d_of_three_dimensions(tf):
    tf.contrib.layers.conv2d(_inputs(tf, 1, 5, 5), 3, 3)


def case_conv1d_of_four_dimensions(tf):
    tf.contrib.layers.conv1d(_inputs(tf, 1, 5, 5, 2), 3, 3)


def case_conv2d_of_stride_and_rate(tf):
    tf.contrib.layers.conv2d(_inputs(tf, 1, 5, 5, 2), 3, 3, stride=2, rate=2)


def case_conv2d_of_an_unknown_padding(tf):
    tf.contrib.layers.conv2d(_inputs(tf, 1, 5, 5, 2), 3, 3, padding='x')


def case_conv2d_of_unknown_channels(tf):
    tf.contrib.layers.conv2d(tf.placeholder(tf.float32, [1, 2, 3, None]), 3, 3)


def case_conv2d_of_a_kernel_of_three(tf):
    tf.contrib.layers.conv2d(_inputs(tf, 1, 5, 5, 2), 3, [3, 3, 3])


def case_conv2d_transpose(tf):
    layers = tf.contrib.layers
    same = layers.conv2d_transpose(_inputs(tf, 1, 3, 3, 2), 3, 3, stride=2)
    valid = layers.conv2d_transpose(
        _inputs(tf, 1, 3, 3, 2), 2, [3, 2], stride=[1, 2], padding='VALID', normalizer_fn=layers.batch_norm
    )
    return {
        'same': same,
        'valid': valid,
        'small': layers.conv2d_transpose(_inputs(tf, 1, 3, 3, 2), 1, 1, stride=2, padding='VALID', activation_fn=None),
        'shapes': [same.shape.as_list(), valid.shape.as_list()],
    }


def case_conv2d_transpose_of_unknown_sizes(tf):
    inputs = tf.placeholder_with_default(_inputs(tf, 1, 3, 3, 2), [None, None, 3, 2])
    value = tf.contrib.layers.conv2d_transpose(
        inputs,
        2,
        3,
        stride=2,
        activation_fn=None,
        weights_regularizer=tf.contrib.layers.l2_regularizer(0.1),
        variables_collections={'weights': ['w'], 'biases': ['b']},
        outputs_collections='o',
    )
    return {'value': value, 'shape': value.shape.as_list(), 'losses': tf.losses.get_regularization_losses()}


def case_conv2d_transpose_channels_first(tf):
    value = tf.contrib.layers.conv2d_transpose(_inputs(tf, 1, 2, 3, 3), 3, 3, stride=2, data_format='NCHW')
    return {'shape': value.shape.as_list()}


def case_conv2d_transpose_of_an_unknown_format(tf):
    tf.contrib.layers.conv2d_transpose(_inputs(tf, 1, 2, 3, 3), 3, 3, data_format='x')


def case_conv3d_transpose(tf):
    value = tf.contrib.layers.conv3d_transpose(_inputs(tf, 1, 2, 2, 2, 2), 2, 3, stride=2, outputs_collections='o')
    return {'value': value}


def case_conv3d_transpose_of_an_unknown_format(tf):
    tf.contrib.layers.conv3d_transpose(_inputs(tf, 1, 2, 2, 2, 2), 2, 3, data_format='NHWC')


def case_conv2d_in_plane(tf):
    layers = tf.contrib.layers
    return {
        'plain': layers.conv2d_in_plane(
            _inputs(tf, 1, 4, 4, 2),
            3,
            weights_regularizer=layers.l2_regularizer(0.1),
            variables_collections=['v'],
            outputs_collections='o',
        ),
        'normal': layers.conv2d_in_plane(
            _inputs(tf, 1, 5, 5, 2), [1, 2], stride=2, padding='VALID', normalizer_fn=layers.batch_norm
        ),
        'losses': tf.losses.get_regularization_losses(),
    }


def case_separable_conv2d(tf):
    layers = tf.contrib.layers
    penalty = layers.l2_regularizer(0.1)
    return {
        'both': layers.separable_conv2d(
            _inputs(tf, 1, 4, 4, 2),
            3,
            3,
            depth_multiplier=2,
            weights_regularizer=penalty,
            biases_regularizer=penalty,
            variables_collections=['v'],
            outputs_collections='o',
        ),
        'depth': layers.separable_conv2d(_inputs(tf, 1, 4, 4, 2), None, 3, weights_regularizer=penalty, stride=2),
        'losses': tf.losses.get_regularization_losses(),
    }


def case_separable_conv2d_of_other_kinds(tf):
    layers = tf.contrib.layers
    inputs = _inputs(tf, 1, 6, 6, 2)
    return {
        'default': layers.separable_conv2d(inputs, 3, [3, 2]),
        'dilated': layers.separable_conv2d(inputs, 3, 3, 1, rate=2, normalizer_fn=layers.batch_norm),
        'stride': layers.separable_conv2d(inputs, 3, 3, 1, stride=2, padding='VALID', activation_fn=None),
        'first': layers.separable_conv2d(
            inputs, 3, 3, pointwise_initializer=tf.ones_initializer(), biases_initializer=None
        ),
        'depth': layers.separable_conv2d(inputs, None, 3, 2, normalizer_fn=layers.batch_norm, outputs_collections='o'),
        'depth_dilated': layers.separable_conv2d(inputs, None, 3, 1, rate=2, biases_initializer=None),
    }


def case_separable_conv2d_of_an_unknown_format(tf):
    tf.contrib.layers.separable_conv2d(_inputs(tf, 1, 2, 3, 3), 3, 3, data_format='x')


def case_pooling(tf):
    layers = tf.contrib.layers
    images, volumes = _inputs(tf, 1, 5, 5, 2), _inputs(tf, 1, 4, 4, 4, 1)
    named = layers.avg_pool2d(images, [3, 2], stride=1, padding='SAME', outputs_collections='o', scope='pool1')
    return {
        'max': layers.max_pool2d(images, 2),
        'max_same': layers.max_pool2d(images, [2, 3], [2, 1], 'SAME'),
        'avg': layers.avg_pool2d(images, 3),
        'named': named,
        'max3': layers.max_pool3d(volumes, 2, outputs_collections=['o']),
        'avg3': layers.avg_pool3d(volumes, [2, 3, 2], stride=1, padding='SAME'),
        'first': layers.max_pool2d(images, 2, data_format='NCHW').shape.as_list(),
        'alias': named.aliases,
    }


def case_pooling_of_an_unknown_format(tf):
    tf.contrib.layers.max_pool2d(_inputs(tf, 1, 5, 5, 2), 2, data_format='x')


def case_average_pooling_of_an_unknown_format(tf):
    tf.contrib.layers.avg_pool3d(_inputs(tf, 1, 5, 5, 5, 2), 2, data_format='NHWC')


def case_pooling_of_three_dimensions(tf):
    tf.contrib.layers.max_pool2d(_inputs(tf, 5, 5, 2), 2)
