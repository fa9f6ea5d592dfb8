"""Cases of `tf.contrib.training`."""


def _hparams(tf):
    return tf.contrib.training.HParams(
        learning_rate=0.1, units=[10, 20], act='relu', use=True, steps=5, names=['a', 'b'], nothing=None
    )


def _tried(call):
    """Returns what a call gives, or the type of its error."""
    try:
        return str(call())
    except Exception as error:
        return type(error).__name__


def case_hparams_values(tf):
    hparams = _hparams(tf)
    return {
        'values': hparams.values(),
        'json': hparams.to_json(sort_keys=True),
        'json_indented': hparams.to_json(indent=2, separators=(',', ': '), sort_keys=True),
        'repr': repr(tf.contrib.training.HParams(b=1, a='x')),
        'text': str(tf.contrib.training.HParams(b=1, a='x')),
        'in': ['steps' in hparams, 'nonsense' in hparams],
        'attributes': [hparams.learning_rate, hparams.units, hparams.act, hparams.use, hparams.nothing],
        'get': [hparams.get('steps'), hparams.get('nonsense'), hparams.get('nonsense', 3)],
        'structure': hparams.get_model_structure(),
    }


def case_hparams_parse(tf):
    results = {}
    for number, text in enumerate(
        [
            'learning_rate=0.3,steps=7,act=tanh,use=false',
            'units=[1,2,3],names=[x,y]',
            'units[1]=5',
            'learning_rate=1',
            'use=1',
            'use=True',
            'units=7',
            'steps=1e3',
            'steps=2.5',
            'nonsense=3',
            'steps=1,steps=2',
            'steps=',
            'steps',
            'act=a b',
            'use=maybe',
            'units=[1,2',
            'units[0]=1,units[0]=2',
            ' steps = 3 , act = elu ',
            '',
            'learning_rate=-.54e89',
            'names=[]',
            'act=[a,b]',
            'learning_rate=nan',
            'units[5]=1',
        ]
    ):
        results[f'{number} {text}'] = _tried(lambda text=text: _hparams(tf).parse(text).to_json(sort_keys=True))
    return results


def case_hparams_changes(tf):
    def changed(change):
        def call():
            hparams = _hparams(tf)
            change(hparams)
            return hparams.to_json(sort_keys=True)

        return _tried(call)

    return {
        'dict': changed(lambda h: h.override_from_dict({'steps': 9, 'act': 'elu', 'units': [1]})),
        'dict_unknown': changed(lambda h: h.override_from_dict({'nonsense': 9})),
        'map': changed(lambda h: h.set_from_map({'steps': 4})),
        'json': changed(lambda h: h.parse_json('{"steps": 9, "learning_rate": 2}')),
        'set': changed(lambda h: h.set_hparam('learning_rate', 1)),
        'set_unknown': changed(lambda h: h.set_hparam('nonsense', 1)),
        'set_float_for_int': changed(lambda h: h.set_hparam('steps', 1.5)),
        'set_whole_float_for_int': changed(lambda h: h.set_hparam('steps', 3.0)),
        'set_string_for_int': changed(lambda h: h.set_hparam('steps', '3')),
        'set_int_for_string': changed(lambda h: h.set_hparam('act', 3)),
        'set_bool_for_int': changed(lambda h: h.set_hparam('steps', True)),
        'set_int_for_bool': changed(lambda h: h.set_hparam('use', 1)),
        'set_scalar_for_list': changed(lambda h: h.set_hparam('units', 3)),
        'set_list_for_scalar': changed(lambda h: h.set_hparam('steps', [3])),
        'set_none': changed(lambda h: h.set_hparam('steps', None)),
        'set_value_for_none': changed(lambda h: h.set_hparam('nothing', 3)),
        'add': changed(lambda h: h.add_hparam('more', 'x')),
        'add_again': changed(lambda h: h.add_hparam('steps', 1)),
        'add_reserved': changed(lambda h: h.add_hparam('parse', 1)),
        'add_empty_list': changed(lambda h: h.add_hparam('more', [])),
        'add_tuple': changed(lambda h: h.add_hparam('more', (1, 2))),
        'add_callable': changed(lambda h: h.add_hparam('more', _tried)),
        'delete': changed(lambda h: h.del_hparam('steps')),
        'delete_unknown': changed(lambda h: h.del_hparam('nonsense')),
        'get_default_of_other_type': changed(lambda h: h.get('steps', 'x')),
        'attribute': changed(lambda h: setattr(h, 'steps', 11)),
        'new_attribute': changed(lambda h: setattr(h, 'more', 11)),
    }


def case_parse_values(tf):
    parse = tf.contrib.training.parse_values
    types = {'x': int, 'L': float, 's': str, 'b': bool}
    results = {
        text: _tried(lambda text=text: sorted(parse(text, types).items()))
        for text in ('x=5,L=[1,2],s=word', 'L[1]=3,L[0]=2', 'b=true', 'L=[1],L[0]=2', 'x=[1,2]', 'x=3.0', 's[1]=[a,b]')
    }
    results['ignored'] = _tried(lambda: sorted(parse('y=3,x=1', types, ignore_unknown=True).items()))
    return results


def case_train_op(tf):
    weights = tf.get_variable('w', [2, 1], initializer=tf.zeros_initializer())
    unused = tf.get_variable('unused', [1])
    loss = tf.losses.mean_squared_error([[1.0], [0.0]], tf.matmul([[1.0, 2.0], [3.0, 4.0]], weights))
    count = tf.get_variable('count', [], initializer=tf.zeros_initializer(), trainable=False)
    tf.add_to_collection('update_ops', tf.assign_add(count, 1.0))
    train_op = tf.contrib.training.create_train_op(
        loss,
        tf.train.GradientDescentOptimizer(0.01),
        transform_grads_fn=tf.contrib.training.clip_gradient_norms_fn(0.5),
        summarize_gradients=True,
    )
    return {
        'names': [train_op.name, unused.name],
        'loss': train_op,
        'weights': weights,
        'count': count,
        'step': tf.train.get_global_step(),
        'loss_again': train_op,
    }


def case_train_op_without_step_and_updates(tf):
    weights = tf.get_variable('w', [2, 1], initializer=tf.zeros_initializer())
    loss = tf.reduce_sum(tf.square(weights))
    tf.add_to_collection('update_ops', tf.no_op(name='left_out'))
    train_op = tf.contrib.training.create_train_op(
        loss, tf.train.GradientDescentOptimizer(0.1), None, [], [weights], check_numerics=False
    )
    return {'names': [train_op.name, train_op.op.inputs[0].op.type], 'train': train_op.op, 'weights': weights}


def case_gradients(tf):
    training = tf.contrib.training
    weights, other = tf.get_variable('w', [2]), tf.get_variable('v', [3, 1])
    slices = tf.IndexedSlices(tf.constant([[3.0], [4.0]]), tf.constant([0, 2]), tf.constant([3, 1]))
    pairs = [(tf.constant([3.0, 4.0]), weights), (slices, other), (None, weights)]
    clipped = training.clip_gradient_norms(pairs, 1.0)
    multiplied = training.multiply_gradients(pairs[:2], {'w': 2.0, other: tf.constant(0.5)})
    return {
        'clipped': clipped[0][0],
        'clipped_slices': [clipped[1][0].values, clipped[1][0].indices],
        'clipped_none': clipped[2][0],
        'multiplied': multiplied[0][0],
        'multiplied_slices': [multiplied[1][0].values, multiplied[1][0].indices],
        'empty': _tried(lambda: training.multiply_gradients(pairs, {})),
        'no_dictionary': _tried(lambda: training.multiply_gradients(pairs, [1])),
        'no_list': _tried(lambda: training.multiply_gradients(tuple(pairs), {'w': 2.0})),
        'none': _tried(lambda: training.multiply_gradients(pairs[2:], {'w': 2.0})),
    }


def case_steps_of_evaluations(tf):
    step = tf.contrib.training.get_or_create_eval_step()
    return {'same': tf.contrib.training.get_or_create_eval_step() is step, 'name': step.name}


def case_device_strategies(tf):
    training = tf.contrib.training
    random = training.RandomStrategy(5, 3)
    greedy = training.GreedyLoadBalancingStrategy(2, training.byte_size_load_fn)
    ops = [tf.get_variable(name, shape).op for name, shape in (('a', [8]), ('b', [2]), ('c', [4]), ('d', [9]))]
    return {'random': [random(op) for op in ops], 'greedy': [greedy(op) for op in ops]}


def _drained(tf, fetches):
    """Returns what sessions fetch until the queues end."""
    results = []
    with tf.train.MonitoredSession() as session:
        while not session.should_stop():
            results.append(session.run(fetches))
    return sorted([value.tolist() for value in batch] for batch in results)


def case_buckets(tf):
    numbers = tf.train.input_producer(tf.range(8), num_epochs=1, shuffle=False, capacity=1).dequeue()
    number, batch = tf.contrib.training.bucket(
        {'n': numbers}, numbers % 2, [3, 2], 2, allow_smaller_final_batch=True, keep_input=numbers < 7
    )
    return {
        'shapes': [number.shape.as_list(), batch['n'].shape.as_list()],
        'batches': _drained(tf, [number, batch['n']]),
    }


def case_buckets_by_length(tf):
    length = tf.train.input_producer([1, 5, 2, 6, 3, 9, 2, 8], num_epochs=1, shuffle=False, capacity=1).dequeue()
    lengths, (sequence,) = tf.contrib.training.bucket_by_sequence_length(
        length, [tf.range(length)], 2, [3, 6], dynamic_pad=True
    )
    return {
        'shapes': [lengths.shape.as_list(), sequence.shape.as_list()],
        'batches': _drained(tf, [lengths, sequence]),
    }


def case_bad_boundaries(tf):
    bucket = tf.contrib.training.bucket_by_sequence_length
    return {
        str(boundaries): _tried(lambda boundaries=boundaries: bucket(3, [tf.constant(1)], 2, boundaries))
        for boundaries in (5, [], [3, 3], [1.5], ['a'])
    }
