"""Cases of `tf.contrib.layers`: batch normalization."""


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def _normalize(tf, *shape, **arguments):
    """Normalizes, moves the averages, and looks at them."""
    value = tf.contrib.layers.batch_norm(_inputs(tf, *shape), **arguments)
    averages = [v for v in tf.global_variables() if v.op.name.split('/')[-1] not in ('beta', 'gamma')]
    updates = list(tf.get_collection(tf.GraphKeys.UPDATE_OPS))
    return {'value': value, 'updates': tf.group(*updates), 'averages': averages, 'again': value}


def case_four_dimensions(tf):
    return _normalize(tf, 3, 2, 2, 2, decay=0.9)


def case_four_dimensions_scaled_in_steps(tf):
    return _normalize(tf, 3, 2, 2, 2, decay=0.9, fused=False, scale=True, epsilon=0.1)


def case_two_dimensions(tf):
    return _normalize(tf, 4, 3, decay=0.9, scale=True)


def case_two_dimensions_in_steps(tf):
    return _normalize(tf, 4, 3, decay=0.9, fused=False, center=False, activation_fn=tf.nn.relu)


def case_three_dimensions(tf):
    return _normalize(tf, 2, 3, 2, decay=0.9, fused=True)


def case_five_dimensions(tf):
    return _normalize(tf, 2, 2, 2, 2, 2, decay=0.9)


def case_out_of_training(tf):
    return _normalize(tf, 3, 2, 2, 2, is_training=False, scale=True)


def case_out_of_training_of_two_dimensions(tf):
    return _normalize(tf, 4, 3, is_training=False)


def case_out_of_training_with_updates_elsewhere(tf):
    return _normalize(tf, 2, 3, 3, is_training=False, updates_collections='u')


def case_updates_in_place(tf):
    return _normalize(tf, 4, 3, decay=0.9, updates_collections=None)


def case_updates_in_place_of_four_dimensions(tf):
    return _normalize(tf, 3, 2, 2, 2, decay=0.9, updates_collections=None)


def case_updates_in_place_in_steps(tf):
    return _normalize(tf, 3, 2, 2, decay=0.9, updates_collections=None, scale=True)


def case_updates_elsewhere(tf):
    for shape in ((4, 3), (2, 2, 3), (2, 2, 2, 3)):
        tf.contrib.layers.batch_norm(_inputs(tf, *shape), updates_collections=['u', 'w'])
    return {}


def case_training_is_fed(tf):
    seen = {}
    for name, shape in (('two', (4, 3)), ('three', (2, 2, 3)), ('four', (2, 2, 2, 3))):
        for training in (True, False):
            fed = tf.placeholder_with_default(training, [])
            seen[name + str(training)] = tf.contrib.layers.batch_norm(_inputs(tf, *shape), 0.9, is_training=fed)
    return {'values': seen, 'updates': tf.group(*tf.get_collection('update_ops')), 'after': tf.global_variables()}


def case_training_is_fed_and_updates_are_in_place(tf):
    seen = {}
    for name, shape in (('two', (4, 3)), ('three', (2, 2, 3)), ('four', (2, 2, 2, 3))):
        for training in (True, False):
            fed = tf.placeholder_with_default(training, [])
            seen[name + str(training)] = tf.contrib.layers.batch_norm(
                _inputs(tf, *shape), 0.9, is_training=fed, updates_collections=None
            )
    return {'values': seen, 'after': tf.global_variables()}


def case_channels_first(tf):
    return {'shape': tf.contrib.layers.batch_norm(_inputs(tf, 2, 3, 2, 2), data_format='NCHW').shape.as_list()}


def case_channels_first_in_steps(tf):
    return _normalize(tf, 2, 3, 2, 2, decay=0.9, data_format='NCHW', fused=False, scale=True)


def case_channels_first_in_steps_with_updates_in_place(tf):
    return _normalize(tf, 2, 3, 2, 2, decay=0.9, data_format='NCHW', fused=False, scale=True, updates_collections=None)


def case_zero_debias(tf):
    return _normalize(tf, 4, 3, decay=0.9, zero_debias_moving_mean=True)


def case_zero_debias_in_steps(tf):
    return _normalize(tf, 4, 3, decay=0.9, zero_debias_moving_mean=True, fused=False)


def case_zero_debias_of_four_dimensions(tf):
    return _normalize(tf, 2, 2, 2, 3, decay=0.9, zero_debias_moving_mean=True)


def case_weighted_batch(tf):
    return _normalize(tf, 3, 2, decay=0.9, batch_weights=tf.constant([1.0, 2.0, 0.5]), scale=True)


def case_weighted_batch_of_four_dimensions(tf):
    return _normalize(tf, 3, 2, 2, 2, decay=0.9, batch_weights=tf.constant([1.0, 2.0, 0.5]), fused=True)


def case_renorm(tf):
    return _normalize(tf, 3, 2, 2, 2, decay=0.9, renorm=True, scale=True, renorm_clipping={'rmax': 2.0, 'dmax': 0.1})


def case_adjustment(tf):
    return _normalize(
        tf,
        4,
        3,
        decay=0.9,
        adjustment=lambda shape: (tf.fill([shape[0], 1], 2.0), tf.fill([shape[0], 1], 0.5)),
    )


def case_adjustment_that_other_updates_ignore(tf):
    return _normalize(tf, 4, 3, updates_collections='u', adjustment=lambda shape: (2.0, 0.5))


def case_parameters_and_collections(tf):
    layers = tf.contrib.layers
    value = layers.batch_norm(
        _inputs(tf, 2, 2, 2, 2),
        scale=True,
        param_initializers={'beta': tf.ones_initializer(), 'moving_variance': tf.constant_initializer(4.0)},
        param_regularizers={'beta': layers.l2_regularizer(0.1), 'gamma': layers.l1_regularizer(0.2)},
        variables_collections={'beta': ['b'], 'moving_mean': ['m'], 'gamma': ['g'], 'moving_variance': ['v']},
        outputs_collections='o',
        scope='bn',
    )
    layers.batch_norm(
        _inputs(tf, 4, 2),
        scale=True,
        param_initializers={'beta': tf.ones_initializer(), 'gamma': tf.constant_initializer(4.0)},
        param_regularizers={'beta': layers.l2_regularizer(0.1), 'gamma': layers.l1_regularizer(0.2)},
        variables_collections=['all'],
    )
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        first = session.run(tf.global_variables())
    return {'first': first, 'losses': tf.losses.get_regularization_losses(), 'alias': value.aliases}


def case_collections_for_all(tf):
    tf.contrib.layers.batch_norm(_inputs(tf, 2, 2, 2, 2), scale=True, variables_collections=['all'])
    return {}


def case_without_training_of_variables(tf):
    for shape in ((4, 3), (2, 2, 3), (2, 2, 2, 3)):
        value = tf.contrib.layers.batch_norm(_inputs(tf, *shape), trainable=False, scale=True)
    return {'value': value}


def case_reuse(tf):
    for reuse in (None, True):
        for scope, shape in (('two', (4, 3)), ('four', (2, 2, 2, 3))):
            value = tf.contrib.layers.batch_norm(_inputs(tf, *shape), reuse=reuse, scope=scope, scale=True)
    return {'value': value}


def case_half_precision(tf):
    inputs = tf.cast(_inputs(tf, 4, 3), tf.float16)
    for arguments in ({}, {'fused': False}):
        tf.contrib.layers.batch_norm(inputs, **arguments)
    return {}


def case_an_unknown_format(tf):
    tf.contrib.layers.batch_norm(_inputs(tf, 4, 3), data_format='x')


def case_an_unknown_rank(tf):
    tf.contrib.layers.batch_norm(tf.placeholder(tf.float32))


def case_unknown_channels(tf):
    tf.contrib.layers.batch_norm(tf.placeholder(tf.float32, [2, None]))


def case_renorm_with_other_updates(tf):
    tf.contrib.layers.batch_norm(_inputs(tf, 4, 3), renorm=True, updates_collections=None)


def case_renorm_of_a_weighted_batch(tf):
    tf.contrib.layers.batch_norm(_inputs(tf, 4, 3), renorm=True, batch_weights=tf.ones([4]))
