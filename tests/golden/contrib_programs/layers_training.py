"""Cases of `tf.contrib.layers`: optimize_loss."""

_ALL = ['learning_rate', 'loss', 'gradients', 'gradient_norm', 'global_gradient_norm']


def _model(tf):
    one = tf.get_variable('one', [2])
    two = tf.get_variable('two', [])
    return tf.reduce_sum(one * one) * two


def _train(tf, optimizer='SGD', learning_rate=0.1, **arguments):
    """Makes one step, and looks at the variables."""
    step = tf.train.create_global_step()
    train = tf.contrib.layers.optimize_loss(_model(tf), step, learning_rate, optimizer, **arguments)
    tags = [op.node_def.name for op in tf.get_default_graph().get_operations() if op.type.endswith('Summary')]
    return {'train': tf.group(train), 'after': tf.global_variables(), 'name': train.op.name, 'summaries': tags}


def case_gradient_descent(tf):
    return _train(tf)


def case_adagrad(tf):
    return _train(tf, 'Adagrad')


def case_adam(tf):
    return _train(tf, 'Adam')


def case_ftrl(tf):
    return _train(tf, 'Ftrl', tf.constant(0.1))


def case_momentum(tf):
    return _train(tf, 'Momentum')


def case_rms_prop(tf):
    return _train(tf, 'RMSProp')


def case_an_optimizer_class(tf):
    return _train(tf, tf.train.AdagradOptimizer, name='named')


def case_a_function_of_the_rate(tf):
    return _train(tf, lambda rate: tf.train.MomentumOptimizer(rate, 0.5))


def case_a_function_without_a_rate(tf):
    return _train(tf, lambda: tf.train.GradientDescentOptimizer(0.3), None)


def case_an_optimizer(tf):
    return _train(tf, tf.train.GradientDescentOptimizer(0.2), None)


def case_a_rate_that_is_a_tensor(tf):
    return _train(tf, learning_rate=tf.constant(0.05))


def case_everything_is_summarized_and_clipped(tf):
    return _train(tf, summaries=_ALL, clip_gradients=0.1)


def case_a_function_clips(tf):
    return _train(tf, clip_gradients=lambda pairs: [(0.5 * gradient, variable) for gradient, variable in pairs])


def case_factors_by_name_and_variable(tf):
    step = tf.train.create_global_step()
    loss = _model(tf)
    one, two = tf.trainable_variables()
    factors = {one: 2.0, 'two:0': 0.5, 'unknown': 3.0}
    train = tf.contrib.layers.optimize_loss(loss, step, 0.1, 'SGD', gradient_multipliers=factors)
    return {'train': tf.group(train), 'after': [one, two, step]}


def case_factors_that_are_none(tf):
    return _train(tf, gradient_multipliers={})


def case_the_rate_decays(tf):
    def decay(rate, step):
        return tf.train.exponential_decay(rate, step + 1, 1, 0.5)

    return _train(tf, learning_rate_decay_fn=decay, summaries=_ALL)


def case_the_step_is_not_counted(tf):
    return _train(tf, increment_global_step=False, summaries=[])


def case_without_a_step(tf):
    train = tf.contrib.layers.optimize_loss(_model(tf), None, 0.1, 'SGD')
    return {'train': tf.group(train), 'after': tf.trainable_variables()}


def case_the_step_of_the_graph(tf):
    tf.train.create_global_step()
    train = tf.contrib.layers.optimize_loss(_model(tf), None, 0.1, 'SGD')
    return {'train': tf.group(train), 'after': tf.global_variables()}


def case_updates_run_first(tf):
    count = tf.get_variable('count', [], trainable=False)
    tf.add_to_collection('update_ops', tf.assign(count, 5.0))
    return _train(tf)


def case_other_updates(tf):
    count = tf.get_variable('count', [], trainable=False)
    tf.add_to_collection('update_ops', tf.assign(count, 5.0))
    return _train(tf, update_ops=[tf.assign_add(count, 1.0)])


def case_some_variables(tf):
    loss = _model(tf)
    train = tf.contrib.layers.optimize_loss(loss, None, 0.1, 'SGD', variables=tf.trainable_variables()[:1])
    return {'train': tf.group(train), 'after': tf.trainable_variables()}


def case_sparse_gradients(tf):
    table = tf.get_variable('table', [4, 2])
    loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 1, 3])))
    train = tf.contrib.layers.optimize_loss(
        loss, None, 0.1, 'SGD', gradient_multipliers={'table:0': 2.0}, clip_gradients=0.5, summaries=_ALL
    )
    return {'train': tf.group(train), 'after': table}


def case_noise(tf):
    _train(tf, gradient_noise_scale=0.1)
    return {}


def case_the_optimizers_and_summaries(tf):
    layers = tf.contrib.layers
    return {'optimizers': sorted(layers.OPTIMIZER_CLS_NAMES), 'summaries': layers.OPTIMIZER_SUMMARIES}


def case_an_unknown_optimizer(tf):
    _train(tf, 'Nope')


def case_an_optimizer_that_is_a_number(tf):
    _train(tf, 3)


def case_no_rate(tf):
    _train(tf, 'SGD', None)


def case_no_rate_for_a_class(tf):
    _train(tf, tf.train.AdamOptimizer, None)


def case_a_negative_rate(tf):
    _train(tf, learning_rate=-1.0)


def case_an_integer_rate(tf):
    _train(tf, learning_rate=1)


def case_a_rate_of_one_dimension(tf):
    _train(tf, learning_rate=tf.constant([0.1]))


def case_an_unknown_summary(tf):
    _train(tf, summaries=['x'])


def case_clipping_by_a_string(tf):
    _train(tf, clip_gradients='x')


def case_decay_without_a_step(tf):
    tf.contrib.layers.optimize_loss(_model(tf), None, 0.1, 'SGD', learning_rate_decay_fn=lambda rate, step: rate)


def case_a_function_that_returns_no_optimizer(tf):
    _train(tf, lambda rate: 3)


def case_no_loss(tf):
    tf.contrib.layers.optimize_loss(None, None, 0.1, 'SGD')


def case_a_loss_of_one_dimension(tf):
    tf.contrib.layers.optimize_loss(tf.constant([1.0]), None, 0.1, 'SGD')


def case_a_loss_without_gradients(tf):
    _model(tf)
    tf.contrib.layers.optimize_loss(tf.constant(1.0), None, 0.1, 'SGD')


def case_no_variables(tf):
    _train(tf, variables=[])


def case_a_step_of_floats(tf):
    tf.contrib.layers.optimize_loss(_model(tf), tf.constant(1.0), 0.1, 'SGD')
