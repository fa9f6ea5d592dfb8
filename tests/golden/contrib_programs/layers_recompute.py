"""Cases of `tf.contrib.layers`: generalized divisive normalization, reversible blocks, recomputed gradients."""


def _inputs(tf, *shape):
    size = 1
    for length in shape:
        size *= length
    return tf.reshape(tf.sin(tf.range(size, dtype=tf.float32)), shape)


def case_gdn(tf):
    layers = tf.contrib.layers
    value = layers.gdn(_inputs(tf, 1, 2, 2, 2))
    inverse = layers.gdn(_inputs(tf, 1, 2, 2, 2), inverse=True, beta_min=0.01, gamma_init=0.2, name='named')
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        first = session.run(tf.global_variables())
    return {'value': value, 'inverse': inverse, 'first': first}


def case_gdn_of_other_dimensions(tf):
    gdn = tf.contrib.layers.gdn
    return {'one': gdn(_inputs(tf, 2, 3, 2)), 'three': gdn(_inputs(tf, 1, 2, 2, 1, 2))}


def case_gdn_trains(tf):
    value = tf.contrib.layers.gdn(_inputs(tf, 1, 2, 2, 2))
    return {'gradients': tf.gradients(tf.reduce_sum(value), tf.trainable_variables())}


def case_gdn_in_reuse(tf):
    tf.contrib.layers.gdn(_inputs(tf, 1, 2, 2, 2), name='s')
    return {'again': tf.contrib.layers.gdn(_inputs(tf, 1, 2, 2, 2), name='s', reuse=True)}


def case_gdn_of_two_dimensions(tf):
    tf.contrib.layers.gdn(_inputs(tf, 4, 2))


def case_gdn_of_unknown_channels(tf):
    tf.contrib.layers.gdn(tf.placeholder(tf.float32, [1, 2, None]))


def case_gdn_of_an_unknown_format(tf):
    tf.contrib.layers.gdn(_inputs(tf, 1, 2, 2, 2), data_format='x')


def _f(tf):
    return lambda x: tf.layers.dense(x, 3, tf.tanh, name='f')


def _g(tf):
    return lambda x: tf.layers.dense(x, 3, tf.sigmoid)


def _gradients(tf, outputs, inputs):
    loss = tf.add_n([tf.reduce_sum(output * output) for output in outputs])
    return tf.gradients(loss, inputs + tf.trainable_variables())


def case_rev_block(tf):
    halves = [_inputs(tf, 2, 3), 2.0 * _inputs(tf, 2, 3)]
    outputs = tf.contrib.layers.rev_block(halves[0], halves[1], _f(tf), _g(tf), num_layers=2)
    return {'outputs': outputs, 'gradients': _gradients(tf, outputs, halves)}


def case_rev_block_out_of_training(tf):
    halves = [_inputs(tf, 2, 3), 2.0 * _inputs(tf, 2, 3)]
    outputs = tf.contrib.layers.rev_block(halves[0], halves[1], [_f(tf)], [_g(tf)], is_training=False)
    return {'outputs': outputs, 'gradients': _gradients(tf, outputs, halves)}


def case_rev_block_with_other_inputs(tf):
    halves = [_inputs(tf, 2, 3), 2.0 * _inputs(tf, 2, 3)]
    side = [_inputs(tf, 1, 3)]
    outputs = tf.contrib.layers.rev_block(
        halves[0], halves[1], lambda x, others: x * others[0], _g(tf), num_layers=2, f_side_input=side
    )
    return {'outputs': outputs, 'gradients': _gradients(tf, outputs, halves + side)}


def case_rev_block_there_and_back(tf):
    block = tf.contrib.layers.RevBlock(_f(tf), _g(tf), num_layers=2, name='block')
    outputs = block.forward(_inputs(tf, 2, 3), 2.0 * _inputs(tf, 2, 3))
    return {'outputs': outputs, 'back': block.backward(*outputs)}


def case_rev_block_of_too_many_functions(tf):
    tf.contrib.layers.rev_block(_inputs(tf, 2, 3), _inputs(tf, 2, 3), [_f(tf), _f(tf)], _g(tf))


def case_recompute_grad(tf):
    @tf.contrib.layers.recompute_grad
    def layer(x, factor):
        return tf.layers.dense(x, 4, tf.tanh, name='inner') * factor

    inputs = [_inputs(tf, 2, 3), tf.constant(3.0)]
    with tf.variable_scope('outer', use_resource=True):
        value = layer(*inputs)
    return {'value': value, 'gradients': _gradients(tf, [value], inputs)}


def case_recompute_grad_without_variables(tf):
    seen = []

    @tf.contrib.layers.recompute_grad(tupleize_grads=True)
    def square(x, is_recomputing=False):
        seen.append(is_recomputing)
        return x * x

    inputs = _inputs(tf, 2, 3)
    value = square(inputs)
    gradient = tf.gradients(tf.reduce_sum(value), inputs)[0]
    return {'value': value, 'gradient': gradient, 'seen': seen}
