"""Cases of `tf.contrib.opt`: every optimizer over several steps, dense and sparse, with its slots."""

_WORKER = '/job:localhost/task:0'


def _variable(tf, name, value, resource=False):
    return tf.get_variable(name, initializer=tf.constant(value), use_resource=resource)


def _train(tf, optimizer, resource=False, sparse=True, steps=10):
    """Trains a vector and, by single rows, a table. Returns the values after each step and the slots at the end."""
    step = tf.train.get_or_create_global_step()
    vector = _variable(tf, 'vector', [1.0, -2.0, 3.0], resource)
    table = _variable(tf, 'table', [[0.5, 1.0], [1.5, -1.0], [-0.5, 2.0]], resource)
    rows = tf.gather(table, [2, 0, 2]) if sparse else table
    sign = 1.0 - 2.0 * tf.cast(tf.equal(step, 1), tf.float32)
    loss = tf.reduce_sum(tf.square(vector - 0.5)) * sign + tf.reduce_sum(tf.square(rows - 0.25))
    pairs = optimizer.compute_gradients(loss)
    # Some optimizers change a variable before they use its gradient; TF 1.15 leaves open which is read first.
    with tf.control_dependencies([getattr(gradient, 'values', gradient) for gradient, _ in pairs]):
        train = optimizer.apply_gradients(pairs, global_step=step)
    results = {'init': tf.global_variables_initializer()}
    for index in range(steps):
        results['train' + str(index)] = train
        results['vector' + str(index)] = vector.read_value()
        results['table' + str(index)] = table.read_value()
    results['step'] = step
    results['slots'] = {
        name: [(optimizer.get_slot(v, name).op.name, optimizer.get_slot(v, name).read_value()) for v in (vector, table)]
        for name in optimizer.get_slot_names()
        if all(optimizer.get_slot(v, name) is not None for v in (vector, table))
    }
    results['others'] = [
        (v.op.name, v.read_value()) for v in tf.global_variables() if v.op.name.endswith(('_power', 'global_step'))
    ]
    results['train_op'] = train.name
    return results


def case_adam_w(tf):
    return _train(tf, tf.contrib.opt.AdamWOptimizer(0.01, learning_rate=0.1))


def case_adam_w_of_resources(tf):
    return _train(tf, tf.contrib.opt.AdamWOptimizer(0.01, learning_rate=0.1), resource=True)


def case_adam_w_decays_all_that_minimize_trains(tf):
    optimizer = tf.contrib.opt.AdamWOptimizer(0.25, learning_rate=lambda: 0.1)
    table = tf.get_variable('other', initializer=tf.constant([2.0, 4.0]))
    loss = tf.reduce_sum(table)
    apart = _variable(tf, 'apart', [1.0, 3.0])
    train = optimizer.minimize(loss + tf.reduce_sum(apart), decay_var_list=[apart])
    return {'init': tf.global_variables_initializer(), 'train': train, 'other': table, 'apart': apart}


def case_momentum_w(tf):
    return _train(tf, tf.contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9))


def case_momentum_w_with_nesterov(tf):
    return _train(tf, tf.contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9, use_nesterov=True), resource=True)


def case_extended_with_decoupled_weight_decay(tf):
    decayed = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer)
    results = _train(tf, decayed(weight_decay=0.01, learning_rate=0.1))
    results['class'] = decayed.__name__
    results['bases'] = [base.__name__ for base in decayed.__mro__[1:3]]
    return results


def case_decay_of_apply_gradients(tf):
    decayed = tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.AdagradOptimizer)
    optimizer = decayed(weight_decay=0.5, learning_rate=0.1)
    one, two = _variable(tf, 'one', [1.0]), _variable(tf, 'two', [1.0])
    pairs = optimizer.compute_gradients(tf.reduce_sum(one + two))
    return {
        'init': tf.global_variables_initializer(),
        'train': optimizer.apply_gradients(pairs, decay_var_list=[two]),
        'one': one,
        'two': two,
    }


def case_lazy_adam(tf):
    return _train(tf, tf.contrib.opt.LazyAdamOptimizer(0.1))


def case_lazy_adam_of_resources(tf):
    return _train(tf, tf.contrib.opt.LazyAdamOptimizer(0.1), resource=True)


def case_adam_gs(tf):
    step = tf.train.get_or_create_global_step()
    return _train(tf, tf.contrib.opt.AdamGSOptimizer(step, 0.1))


def case_adam_gs_of_resources(tf):
    step = tf.train.get_or_create_global_step()
    return _train(tf, tf.contrib.opt.AdamGSOptimizer(step, 0.1), resource=True)


def case_lazy_adam_gs(tf):
    step = tf.train.get_or_create_global_step()
    return _train(tf, tf.contrib.opt.LazyAdamGSOptimizer(step, 0.1))


def case_nadam(tf):
    return _train(tf, tf.contrib.opt.NadamOptimizer(0.1), sparse=False)


def case_nadam_of_resources(tf):
    return _train(tf, tf.contrib.opt.NadamOptimizer(0.1), sparse=False, resource=True)


def _nadam_by_rows(tf, resource):
    table = _variable(tf, 'table', [[0.5, 1.0], [1.5, -1.0], [-0.5, 2.0]], resource)
    train = tf.contrib.opt.NadamOptimizer(0.1).minimize(tf.reduce_sum(tf.gather(table, [2, 0, 1]) ** 3))
    return {'init': tf.global_variables_initializer(), 'one': train, 'two': train, 'table': table.read_value()}


def case_nadam_of_all_rows(tf):
    return _nadam_by_rows(tf, False)


def case_nadam_of_all_rows_of_resources(tf):
    return _nadam_by_rows(tf, True)


def case_ada_max(tf):
    return _train(tf, tf.contrib.opt.AdaMaxOptimizer(0.1))


def case_ada_max_of_resources(tf):
    return _train(tf, tf.contrib.opt.AdaMaxOptimizer(0.1), resource=True)


def case_add_sign(tf):
    return _train(tf, tf.contrib.opt.AddSignOptimizer())


def case_add_sign_of_resources_with_decay(tf):
    decay = lambda step: 1.0 / (1.0 + tf.cast(step, tf.float32))  # noqa: E731
    return _train(tf, tf.contrib.opt.AddSignOptimizer(0.05, 0.5, 0.8, sign_decay_fn=decay), resource=True, sparse=False)


def case_power_sign(tf):
    return _train(tf, tf.contrib.opt.PowerSignOptimizer())


def case_power_sign_of_resources_with_decay(tf):
    decay = lambda step: 1.0 / (1.0 + tf.cast(step, tf.float32))  # noqa: E731
    optimizer = tf.contrib.opt.PowerSignOptimizer(0.05, 2.0, 0.8, sign_decay_fn=decay)
    return _train(tf, optimizer, resource=True, sparse=False)


def case_sign_decay_needs_a_step(tf):
    weight = _variable(tf, 'weight', [1.0])
    optimizer = tf.contrib.opt.AddSignOptimizer(sign_decay_fn=lambda step: step)
    return {'train': optimizer.minimize(tf.reduce_sum(weight))}


def case_lars(tf):
    return _train(tf, tf.contrib.opt.LARSOptimizer(0.5), sparse=False)


def case_lars_of_resources_with_nesterov(tf):
    optimizer = tf.contrib.opt.LARSOptimizer(0.5, 0.8, 0.01, 0.1, 0.001, skip_list=['vector'], use_nesterov=True)
    return _train(tf, optimizer, sparse=False, resource=True)


def case_reg_adagrad(tf):
    return _train(tf, tf.contrib.opt.RegAdagradOptimizer(0.1))


def case_reg_adagrad_of_resources(tf):
    return _train(tf, tf.contrib.opt.RegAdagradOptimizer(0.1), resource=True)


def case_reg_adagrad_that_keeps_its_slots(tf):
    optimizer = tf.contrib.opt.RegAdagradOptimizer(0.1)
    weight = _variable(tf, 'weight', [1.0, 2.0])
    plain = optimizer.minimize(tf.reduce_sum(weight * weight))
    with optimizer.avoid_updating_slots():
        apart = optimizer.minimize(tf.reduce_sum(weight * weight))
    slot = optimizer.get_slot(weight, 'accumulator')
    return {
        'init': tf.global_variables_initializer(),
        'plain': plain,
        'slot': slot,
        'apart': apart,
        'kept': slot,
        'weight': weight.read_value(),
    }


def case_moving_average(tf):
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), average_decay=0.5)
    weight = _variable(tf, 'weight', [1.0, 2.0])
    step = tf.train.get_or_create_global_step()
    train = optimizer.minimize(tf.reduce_sum(weight * weight), step)
    average = [v for v in tf.global_variables() if v.op.name.endswith('ExponentialMovingAverage')][0]
    return {
        'one': train,
        'two': train,
        'weight': weight.read_value(),
        'average': average,
        'step': step,
    }


def case_moving_average_side_by_side(tf):
    optimizer = tf.contrib.opt.MovingAverageOptimizer(
        tf.train.GradientDescentOptimizer(0.1), average_decay=0.5, num_updates=3, sequential_update=False
    )
    weight = _variable(tf, 'weight', [1.0, 2.0])
    train = optimizer.minimize(tf.reduce_sum(weight * weight))
    return {'one': train, 'weight': weight.read_value()}


def case_swapping_saver_saves_the_averages(tf):
    import os
    import tempfile

    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), average_decay=0.5)
    weight = _variable(tf, 'weight', [1.0, 2.0])
    train = optimizer.minimize(tf.reduce_sum(weight * weight))
    saver = optimizer.swapping_saver()
    with tempfile.TemporaryDirectory() as folder, tf.Session() as session:
        session.run(tf.global_variables_initializer())
        session.run(train)
        session.run(train)
        path = saver.save(session, os.path.join(folder, 'model'))
        reader = tf.train.load_checkpoint(path)
        return {name: reader.get_tensor(name) for name in sorted(reader.get_variable_to_shape_map())}


def case_swapping_saver_comes_after_training(tf):
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1))
    return {'saver': optimizer.swapping_saver()}


def case_variable_clipping(tf):
    table = _variable(tf, 'table', [[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]])
    vector = _variable(tf, 'vector', [3.0, 4.0])
    optimizer = tf.contrib.opt.VariableClippingOptimizer(
        tf.train.MomentumOptimizer(0.1, 0.9), {table: [1], vector: [0]}, 2.0
    )
    train = optimizer.minimize(tf.reduce_sum(tf.gather(table, [2, 1])) + tf.reduce_sum(vector))
    return {
        'init': tf.global_variables_initializer(),
        'one': train,
        'table': table.read_value(),
        'vector': vector.read_value(),
        'two': train,
        'again': table.read_value(),
        'slots': optimizer.get_slot_names(),
        'slot': optimizer.get_slot(table, 'momentum'),
    }


def case_variable_clipping_of_resources(tf):
    table = _variable(tf, 'table', [[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]], True)
    vector = _variable(tf, 'vector', [[3.0, 4.0], [6.0, 8.0]], True)
    optimizer = tf.contrib.opt.VariableClippingOptimizer(
        tf.train.GradientDescentOptimizer(0.1),
        {table: [1], vector: [0, 1]},
        2.0,
        use_locking=True,
        colocate_clip_ops_with_vars=True,
    )
    train = optimizer.minimize(tf.reduce_sum(tf.gather(table, [2, 1])) + tf.reduce_sum(vector))
    return {
        'init': tf.global_variables_initializer(),
        'one': train,
        'table': table.read_value(),
        'vector': vector.read_value(),
    }


def _multitask(tf, optimizer, resource):
    weight = _variable(tf, 'weight', [1.0, 2.0], resource)
    table = _variable(tf, 'table', [[0.5, 1.0], [1.5, -1.0]], resource)
    step = tf.train.get_or_create_global_step()
    active = tf.cast(tf.equal(step, 0), tf.float32)
    loss = active * (tf.reduce_sum(weight * weight) + tf.reduce_sum(tf.gather(table, [1])))
    train = tf.contrib.opt.MultitaskOptimizerWrapper(optimizer).minimize(loss, step)
    return {
        'init': tf.global_variables_initializer(),
        'one': train,
        'weight': weight.read_value(),
        'table': table.read_value(),
        'two': train,
        'same': weight.read_value(),
        'same_table': table.read_value(),
    }


def case_multitask(tf):
    return _multitask(tf, tf.train.MomentumOptimizer(0.1, 0.9), False)


def case_multitask_of_resources(tf):
    return _multitask(tf, tf.train.AdamOptimizer(0.1), True)


def case_multitask_wraps_an_optimizer(tf):
    return {'wrapper': tf.contrib.opt.MultitaskOptimizerWrapper('sgd')}


def case_gradients_are_clipped_together(tf):
    one, two, three = _variable(tf, 'one', [1.0]), _variable(tf, 'two', [[1.0, 1.0]]), _variable(tf, 'three', [1.0])
    pairs = [(tf.constant([3.0]), one), (tf.constant([[0.0, 4.0]]), two), (None, three)]
    clipped, norm = tf.contrib.opt.clip_gradients_by_global_norm(pairs, 2.5)
    loose, _ = tf.contrib.opt.clip_gradients_by_global_norm(pairs)
    return {
        'values': [gradient for gradient, _ in clipped[:2]],
        'norm': norm,
        'variables': [variable.op.name for _, variable in clipped],
        'none': clipped[2][0] is None,
        'loose': [gradient for gradient, _ in loose[:2]],
    }


def case_stale_gradients_are_dropped(tf):
    step = tf.train.get_or_create_global_step()
    weight = _variable(tf, 'weight', [1.0, 2.0])
    optimizer = tf.contrib.opt.DropStaleGradientOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), staleness=1)
    train = optimizer.minimize(tf.reduce_sum(weight * weight), step)
    stale = [v for v in tf.global_variables() if 'stale' in v.op.name]
    return {
        'init': tf.global_variables_initializer(),
        'locals': tf.local_variables_initializer(),
        'one': train,
        'weight': weight.read_value(),
        'step': step,
        'two': train,
        'again': weight.read_value(),
        'slots': optimizer.get_slot_names(),
        'slot': optimizer.get_slot(weight, 'momentum'),
        'stale': [(v.op.name, v.read_value()) for v in stale],
        'summaries': [summary.op.name for summary in tf.get_collection('summaries')],
    }


def case_dropping_needs_a_step(tf):
    weight = _variable(tf, 'weight', [1.0, 2.0])
    optimizer = tf.contrib.opt.DropStaleGradientOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), staleness=1)
    return {'train': optimizer.minimize(tf.reduce_sum(weight))}


def _minimized(tf, variables, *arguments, **keywords):
    """Minimises in a session of its own and returns what the variables came to, to four digits."""
    optimizer = tf.contrib.opt.ScipyOptimizerInterface(*arguments, **keywords)
    seen = []
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        optimizer.minimize(session, fetches=[arguments[0]], loss_callback=lambda loss: seen.append(loss))
        found = session.run(variables)
    return {
        'found': [[round(float(x), 3) + 0.0 for x in value.ravel()] for value in found],
        'fell': bool(seen[-1] < seen[0]),
    }


def case_scipy_without_constraints(tf):
    point = _variable(tf, 'point', [[7.0, 2.0]])
    other = _variable(tf, 'other', -3.0)
    loss = tf.reduce_sum(tf.square(point - [[1.0, -1.0]])) + tf.square(other)
    return _minimized(tf, [point, other], loss, options={'maxiter': 100})


def case_scipy_with_constraints(tf):
    point = _variable(tf, 'point', [7.0, 7.0])
    return _minimized(
        tf,
        [point],
        tf.reduce_sum(tf.square(point)),
        equalities=[point[0] - 2.0],
        inequalities=[point[1] - 1.0],
        method='SLSQP',
    )


def case_scipy_with_bounds(tf):
    point, free = _variable(tf, 'point', [7.0, 7.0]), _variable(tf, 'free', [3.0])
    loss = tf.reduce_sum(tf.square(point)) + tf.reduce_sum(tf.square(free))
    return _minimized(tf, [point, free], loss, var_to_bounds={point: ([1.0, 2.0], 9.0)})


def case_scipy_leaves_other_variables(tf):
    point, other = _variable(tf, 'point', [7.0]), _variable(tf, 'other', [3.0])
    loss = tf.reduce_sum(tf.square(point) + tf.square(other - point))
    return _minimized(tf, [point, other], loss, var_list=[point])


def case_external_interface_needs_a_subclass(tf):
    point = _variable(tf, 'point', [7.0])
    optimizer = tf.contrib.opt.ExternalOptimizerInterface(tf.reduce_sum(tf.square(point)))
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        optimizer.minimize(session)


def case_ggt(tf):
    return _train(tf, tf.contrib.opt.GGTOptimizer(0.1, window=4, svd_eps=0.1), sparse=False)


def case_ggt_of_resources(tf):
    optimizer = tf.contrib.opt.GGTOptimizer(0.1, 0.5, window=10, eps=10.0, svd_eps=0.01, sigma_eps=0.1)
    return _train(tf, optimizer, sparse=False, resource=True)


def _shampoo(tf, resource=False, sparse=False, **arguments):
    step = tf.train.get_or_create_global_step()
    optimizer = tf.contrib.opt.ShampooOptimizer(step, epsilon=0.5, **dict({'learning_rate': 0.1}, **arguments))
    return _train(tf, optimizer, resource=resource, sparse=sparse)


def case_shampoo(tf):
    return _shampoo(tf)


def case_shampoo_by_rows(tf):
    return _shampoo(tf, sparse=True)


def case_shampoo_of_resources_with_decay(tf):
    return _shampoo(tf, True, True, gbar_decay=0.9, gbar_weight=0.1, mat_gbar_decay=0.5, mat_gbar_weight=2.0, alpha=1.0)


def case_shampoo_with_weight_alone(tf):
    return _shampoo(tf, gbar_weight=0.5)


def case_shampoo_of_large_dimensions(tf):
    return _shampoo(tf, max_matrix_size=2)


def case_shampoo_of_large_dimensions_by_rows(tf):
    return _shampoo(tf, sparse=True, max_matrix_size=2)


def case_shampoo_now_and_then(tf):
    return _shampoo(tf, svd_interval=3, precond_update_interval=2, mat_gbar_decay=0.5)


def case_shampoo_with_schedules(tf):
    return _shampoo(
        tf,
        gbar_decay=lambda step: step / (step + 1.0),
        gbar_weight=lambda step: 1.0 / (step + 1.0),
        learning_rate=lambda step: 0.2 / step,
    )


def case_shampoo_by_iteration(tf):
    return _shampoo(tf, use_iterative_root=True)


def case_shampoo_of_a_cube(tf):
    cube = tf.get_variable('cube', initializer=tf.reshape(tf.range(12.0), [2, 2, 3]) / 8.0)
    step = tf.train.get_or_create_global_step()
    optimizer = tf.contrib.opt.ShampooOptimizer(step, max_matrix_size=2, learning_rate=0.1, epsilon=0.5)
    train = optimizer.minimize(tf.reduce_sum(tf.square(cube)), step)
    results = {'init': tf.global_variables_initializer()}
    for index in range(5):
        results['train' + str(index)] = train
        results['cube' + str(index)] = cube.read_value()
    return results


def _on_copies(tf, getter, make, resource=False, **keywords):
    """Trains variables that `getter` makes over ten steps and returns all variables after each of them."""
    step = tf.train.get_or_create_global_step()
    with tf.variable_scope('', custom_getter=getter, use_resource=resource):
        vector = tf.get_variable('vector', initializer=tf.constant([1.0, -2.0, 3.0]))
        fixed = tf.get_variable('fixed', [], trainable=False, collections=['variables'])
        with tf.variable_scope('part'):
            table = tf.get_variable('table', [3, 2], initializer=tf.constant_initializer(0.5))
        optimizer = make(getter)
    loss = tf.reduce_sum(tf.square(vector - fixed)) + tf.reduce_sum(tf.gather(table, [2, 0, 2]) ** 2)
    train = optimizer.minimize(loss, step, **keywords)
    hook = (
        optimizer.make_session_run_hook()
        if 'Model' in optimizer.get_name()
        else (optimizer.make_session_run_hook(True, 0))
    )
    hook.begin()
    with tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        session.run(fixed.assign(0.25))
        hook.after_create_session(session, None)
        variables = sorted(tf.global_variables() + tf.local_variables(), key=lambda variable: variable.name)
        results = {'init': session.run({variable.op.name: variable for variable in variables})}
        for index in range(10):
            session.run(train)
            results[str(index)] = session.run({variable.op.name: variable for variable in variables})
    results['devices'] = [variable.device for variable in variables]
    return results


def _agn(tf, opt):
    return lambda getter: tf.contrib.opt.AGNOptimizer(opt, 2, getter, communication_period=3)


def case_agn(tf):
    return _on_copies(tf, tf.contrib.opt.AGNCustomGetter(_WORKER), _agn(tf, tf.train.MomentumOptimizer(0.1, 0.9)))


def case_agn_of_resources(tf):
    getter = tf.contrib.opt.AGNCustomGetter(_WORKER)
    return _on_copies(tf, getter, _agn(tf, tf.train.GradientDescentOptimizer(0.1)), True)


def _elastic(tf, opt, **keywords):
    return lambda getter: tf.contrib.opt.ElasticAverageOptimizer(opt, 2, getter, communication_period=3, **keywords)


def case_elastic_average(tf):
    getter = tf.contrib.opt.ElasticAverageCustomGetter(_WORKER)
    return _on_copies(tf, getter, _elastic(tf, tf.train.GradientDescentOptimizer(0.1)))


def case_elastic_average_of_resources(tf):
    getter = tf.contrib.opt.ElasticAverageCustomGetter(_WORKER)
    make = _elastic(tf, tf.train.MomentumOptimizer(0.1, 0.9), moving_rate=0.25, rho=0.0)
    return _on_copies(tf, getter, make, True)


def case_elastic_average_needs_a_learning_rate(tf):
    getter = tf.contrib.opt.ElasticAverageCustomGetter(_WORKER)
    return _on_copies(tf, getter, _elastic(tf, tf.train.AdamOptimizer(0.1)))


def case_elastic_average_saves_the_center(tf):
    import os
    import tempfile

    getter = tf.contrib.opt.ElasticAverageCustomGetter(_WORKER)
    with tf.variable_scope('', custom_getter=getter):
        vector = tf.get_variable('vector', initializer=tf.constant([1.0, -2.0, 3.0]))
    optimizer = tf.contrib.opt.ElasticAverageOptimizer(
        tf.train.GradientDescentOptimizer(0.1), 1, getter, communication_period=2
    )
    train = optimizer.minimize(tf.reduce_sum(tf.square(vector)), tf.train.get_or_create_global_step())
    saver = optimizer.swapping_saver()
    with tempfile.TemporaryDirectory() as folder, tf.Session() as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        for _ in range(3):
            session.run(train)
        reader = tf.train.load_checkpoint(saver.save(session, os.path.join(folder, 'model')))
        return {name: reader.get_tensor(name) for name in sorted(reader.get_variable_to_shape_map())}


def case_elastic_average_has_nothing_to_swap(tf):
    getter = tf.contrib.opt.ElasticAverageCustomGetter(_WORKER)
    optimizer = tf.contrib.opt.ElasticAverageOptimizer(tf.train.GradientDescentOptimizer(0.1), 1, getter)
    return {'saver': optimizer.swapping_saver()}


def _average(tf, opt):
    return lambda getter: tf.contrib.opt.ModelAverageOptimizer(opt, 1, True, getter, interval_steps=3)


def case_model_average(tf):
    getter = tf.contrib.opt.ModelAverageCustomGetter(_WORKER)
    return _on_copies(tf, getter, _average(tf, tf.train.GradientDescentOptimizer(0.1)))


def case_model_average_needs_a_step(tf):
    getter = tf.contrib.opt.ModelAverageCustomGetter(_WORKER)
    with tf.variable_scope('', custom_getter=getter):
        vector = tf.get_variable('vector', initializer=tf.constant([1.0]))
    return {'train': _average(tf, tf.train.GradientDescentOptimizer(0.1))(getter).minimize(tf.reduce_sum(vector))}


def case_copies_come_from_the_getter(tf):
    getter = tf.contrib.opt.AGNCustomGetter(_WORKER)
    vector = tf.get_variable('vector', initializer=tf.constant([1.0]))
    step = tf.train.get_or_create_global_step()
    return {'train': _agn(tf, tf.train.GradientDescentOptimizer(0.1))(getter).minimize(tf.reduce_sum(vector), step)}
