"""Cases of `tf.contrib.layers`: fully connected layers, dropout, flatten."""


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def case_fully_connected(tf):
    return {'value': tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4)}


def case_names_count_up_and_scopes_name(tf):
    layers = tf.contrib.layers
    made = [layers.fully_connected(_inputs(tf, 2, 3), 4) for _ in range(2)]
    made.append(layers.fully_connected(_inputs(tf, 2, 3), 4, scope='named'))
    with tf.variable_scope('outer'):
        made.append(layers.fully_connected(_inputs(tf, 2, 3), 4))
    return {'names': [tensor.op.name for tensor in made]}


def case_fully_connected_of_three_dimensions_without_biases(tf):
    value = tf.contrib.layers.fully_connected(_inputs(tf, 2, 5, 3), 4, None, biases_initializer=None)
    return {'value': value, 'shape': value.shape.as_list()}


def case_fully_connected_of_an_unknown_batch(tf):
    inputs = tf.placeholder_with_default(_inputs(tf, 2, 3), [None, 3])
    value = tf.contrib.layers.fully_connected(inputs, 4)
    return {'value': value, 'shape': value.shape.as_list()}


def case_short_forms(tf):
    layers = tf.contrib.layers
    inputs = 9.0 * _inputs(tf, 2, 3)
    forms = (layers.linear, layers.relu, layers.relu6, layers.elu)
    return {str(index): form(inputs, 4) for index, form in enumerate(forms)}


def case_penalties_join_the_losses(tf):
    layers = tf.contrib.layers
    penalty = layers.l2_regularizer(0.1)
    with tf.variable_scope('outer'):
        layers.fully_connected(
            _inputs(tf, 2, 3), 4, weights_regularizer=penalty, biases_regularizer=layers.l1_regularizer(0.2), scope='s'
        )
    return {'losses': tf.losses.get_regularization_losses(), 'total': tf.losses.get_regularization_loss()}


def case_penalties_are_counted_once_in_reuse(tf):
    penalty = tf.contrib.layers.l2_regularizer(0.1)
    for reuse in (None, True):
        tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4, weights_regularizer=penalty, scope='s', reuse=reuse)
    return {'losses': tf.losses.get_regularization_losses()}


def case_a_penalty_in_a_scope_entered_again(tf):
    penalty = tf.contrib.layers.l2_regularizer(0.1)
    for name in 'ab':
        with tf.variable_scope('m'):
            tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4, weights_regularizer=penalty, scope=name)
    return {'losses': tf.losses.get_regularization_losses()}


def case_a_penalty_of_the_scope(tf):
    with tf.variable_scope('m', regularizer=tf.contrib.layers.l2_regularizer(0.1)):
        tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4)
    return {'losses': tf.losses.get_regularization_losses()}


def case_reuse_shares_variables(tf):
    layers = tf.contrib.layers
    first = layers.fully_connected(_inputs(tf, 2, 3), 4, scope='s')
    again = layers.fully_connected(_inputs(tf, 2, 3), 4, scope='s', reuse=True)
    return {'first': first, 'again': again, 'names': [first.op.name, again.op.name]}


def case_reuse_by_the_outer_scope(tf):
    for reuse in (None, True):
        with tf.variable_scope('m', reuse=reuse):
            value = tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4)
    return {'value': value, 'name': value.op.name}


def case_reuse_without_a_scope(tf):
    tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4, reuse=True)


def case_reuse_of_what_is_not_there(tf):
    tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4, reuse=True, scope='s')


def case_the_same_scope_twice(tf):
    for _ in range(2):
        tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4, scope='s')


def case_collections(tf):
    layers = tf.contrib.layers
    with tf.variable_scope('outer'):
        value = layers.fully_connected(
            _inputs(tf, 2, 3), 4, variables_collections=['v'], outputs_collections='o', scope='s'
        )
    layers.linear(_inputs(tf, 2, 3), 4, variables_collections={'weights': ['w'], 'biases': ['b', 'c']})
    return {'aliases': value.aliases}


def case_collections_in_reuse(tf):
    for reuse in (None, True):
        tf.contrib.layers.linear(_inputs(tf, 2, 3), 4, variables_collections=['v'], scope='s', reuse=reuse)
    return {}


def case_a_normalizer_stands_in_for_the_biases(tf):
    layers = tf.contrib.layers
    value = layers.fully_connected(
        _inputs(tf, 4, 3), 5, normalizer_fn=layers.batch_norm, normalizer_params={'is_training': False}
    )
    return {'value': value}


def case_variables_that_do_not_train(tf):
    return {'value': tf.contrib.layers.linear(_inputs(tf, 2, 3), 4, trainable=False)}


def case_initializers(tf):
    layers = tf.contrib.layers
    one = tf.ones_initializer()
    value = layers.fully_connected(
        _inputs(tf, 2, 3), 2, weights_initializer=one, biases_initializer=tf.constant_initializer(0.5)
    )
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        return {'value': session.run(value)}


def case_double_precision(tf):
    return {'value': tf.contrib.layers.fully_connected(tf.cast(_inputs(tf, 2, 3), tf.float64), 4)}


def case_arguments_of_a_scope(tf):
    layers, framework = tf.contrib.layers, tf.contrib.framework
    with framework.arg_scope([layers.fully_connected], activation_fn=tf.tanh, biases_initializer=None):
        inner = layers.fully_connected(_inputs(tf, 2, 3), 4)
        linear = layers.linear(inner, 2)
    return {'inner': inner, 'linear': linear}


def case_variables_stand_where_a_scope_says(tf):
    layers, framework = tf.contrib.layers, tf.contrib.framework
    with framework.arg_scope([framework.model_variable], device='/cpu:0'):
        layers.linear(_inputs(tf, 2, 3), 4)
    return {'devices': [variable.device for variable in tf.global_variables()]}


def case_num_outputs_that_is_no_integer(tf):
    tf.contrib.layers.fully_connected(_inputs(tf, 2, 3), 4.5)


def case_inputs_of_one_dimension(tf):
    tf.contrib.layers.fully_connected(_inputs(tf, 3), 4)


def case_inputs_of_unknown_rank(tf):
    tf.contrib.layers.fully_connected(tf.placeholder(tf.float32), 4)


def case_inputs_of_unknown_depth(tf):
    tf.contrib.layers.fully_connected(tf.placeholder(tf.float32, [2, None]), 4)


def case_flatten(tf):
    flatten = tf.contrib.layers.flatten
    made = [
        flatten(_inputs(tf, 2, 3, 2), outputs_collections='o'),
        flatten(tf.placeholder(tf.float32, [None, 5, 5])),
        flatten(tf.placeholder(tf.float32, [None, None, 5])),
        flatten(tf.placeholder(tf.float32, [4, None, 5])),
        flatten(_inputs(tf, 4), scope='named'),
    ]
    return {
        'value': made[0],
        'one': made[4],
        'shapes': [tensor.shape.as_list() for tensor in made],
        'names': [tensor.op.name for tensor in made],
        'alias': made[0].aliases,
    }


def case_flatten_a_scalar(tf):
    tf.contrib.layers.flatten(tf.ones([]))


def case_flatten_an_unknown_rank(tf):
    tf.contrib.layers.flatten(tf.placeholder(tf.float32))


def case_dropout(tf):
    dropout = tf.contrib.layers.dropout
    inputs = _inputs(tf, 2, 8)
    kept = dropout(inputs, 0.5, seed=1)
    aliased = dropout(inputs, is_training=False, outputs_collections=['o'], scope='named')
    return {
        'value': kept,
        'rows': tf.contrib.layers.dropout(inputs, 0.5, [2, 1], seed=3),
        'wide': dropout(inputs, 0.5, [None, 1], seed=3),
        'off': dropout(inputs, is_training=False),
        'fed': dropout(inputs, is_training=tf.placeholder_with_default(False, [])),
        'on': dropout(inputs, 0.7, is_training=tf.placeholder_with_default(True, []), seed=2),
        'all': dropout(inputs, 1.0),
        'aliases': aliased.aliases,
    }


def case_partitioned_variables(tf):
    layers = tf.contrib.layers
    with tf.variable_scope('p', partitioner=tf.fixed_size_partitioner(2)):
        value = layers.fully_connected(_inputs(tf, 2, 4), 2, weights_regularizer=layers.l2_regularizer(0.1))
    return {'value': value, 'losses': tf.losses.get_regularization_losses()}


def case_resource_variables(tf):
    layers = tf.contrib.layers
    with tf.variable_scope('r', use_resource=True):
        inner = layers.fully_connected(_inputs(tf, 4, 4), 2, weights_regularizer=layers.l2_regularizer(0.1))
        value = layers.batch_norm(inner, decay=0.9, updates_collections=None)
    return {'value': value, 'after': [tf.identity(variable) for variable in tf.global_variables()]}
