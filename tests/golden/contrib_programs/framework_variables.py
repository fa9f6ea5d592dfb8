"""Cases of `tf.contrib.framework`: variables, their lookup, their devices and the global step."""


def _names(variables):
    return [variable.op.name for variable in variables]


def _some(tf):
    framework = tf.contrib.framework
    with tf.variable_scope('A'):
        framework.model_variable('w', [1])
        framework.variable('b', [2])
    with tf.variable_scope('AB') as scope:
        framework.model_variable('w', [1])
        framework.local_variable(1.0, name='l')
    return scope


def case_model_variable_joins_its_collections(tf):
    framework = tf.contrib.framework
    made = framework.model_variable('w', [2, 3], regularizer=tf.nn.l2_loss, collections=['mine'], device='/cpu:0')
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        again = framework.model_variable('w', [2, 3])
    return {'value': made, 'device': made.device, 'same': again is made}


def case_variable_of_another_type_and_collection(tf):
    made = tf.contrib.framework.variable('w', [2], tf.float64, tf.zeros_initializer(), collections=['c'])
    return {'value': tf.identity(made, name='copy').dtype.name}


def case_variable_under_a_scope_of_arguments(tf):
    framework = tf.contrib.framework
    with framework.arg_scope([framework.variable], trainable=False, device='/cpu:0'):
        made = framework.variable('v', [2])
    with framework.arg_scope([framework.model_variable], dtype=tf.float64):
        model = framework.model_variable('m', [2])
    return {'device': made.device, 'value': made, 'model': model}


def case_variable_through_another_getter(tf):
    seen = []

    def getter(name, reuse, **kwargs):
        seen.append([name, reuse, kwargs['shape'], kwargs['trainable'], kwargs['collections']])
        return tf.get_variable(name, **kwargs)

    return {'value': tf.contrib.framework.variable('w', [2, 3], custom_getter=getter), 'seen': seen}


def case_local_and_global_variables(tf):
    framework = tf.contrib.framework
    made = [framework.local_variable([1, 2]), framework.global_variable(2.0, name='x'), framework.local_variable(1.0)]
    return {'values': made[0], 'names': _names(made)}


def case_add_model_variable_adds_once(tf):
    made = tf.get_variable('v', [1])
    tf.contrib.framework.add_model_variable(made)
    tf.contrib.framework.add_model_variable(made)
    return {}


def case_get_variables_by_scope_and_suffix(tf):
    framework = tf.contrib.framework
    scope = _some(tf)
    return {
        'all': _names(framework.get_variables()),
        'beginning': _names(framework.get_variables('A')),
        'scope': _names(framework.get_variables('A/')),
        'object': _names(framework.get_variables(scope)),
        'suffix': _names(framework.get_variables(suffix='w')),
        'both': _names(framework.get_variables('A/', 'w')),
        'by_suffix': _names(framework.get_variables_by_suffix('b')),
        'local': _names(framework.get_local_variables()),
        'local_none': _names(framework.get_local_variables('A/')),
        'model': _names(framework.get_model_variables('AB')),
        'trainable': _names(framework.get_trainable_variables(suffix='b')),
        'collection': _names(framework.get_variables(collection='local_variables')),
    }


def case_get_variables_by_name(tf):
    framework = tf.contrib.framework
    _some(tf)
    tf.get_variable('w', [1])
    tf.get_variable('wide', [1])
    return {
        'w': _names(framework.get_variables_by_name('w')),
        'full': _names(framework.get_variables_by_name('A/w')),
        'within': _names(framework.get_variables_by_name('w', 'AB')),
        'none': _names(framework.get_variables_by_name('wi')),
    }


def case_get_variables_to_restore(tf):
    framework = tf.contrib.framework
    _some(tf)
    return {
        'all': _names(framework.get_variables_to_restore()),
        'include': _names(framework.get_variables_to_restore(include=['A/w'])),
        'exclude': _names(framework.get_variables_to_restore(exclude=['A/'])),
        'both': _names(framework.get_variables_to_restore(['AB', 'A'], ('A/b',))),
    }


def case_get_variables_to_restore_of_no_list(tf):
    return {'found': tf.contrib.framework.get_variables_to_restore(include='A')}


def case_get_variables_to_restore_without_no_list(tf):
    return {'found': tf.contrib.framework.get_variables_to_restore(exclude='A')}


def case_get_unique_variable(tf):
    _some(tf)
    return {'found': tf.contrib.framework.get_unique_variable('A/w').op.name}


def case_get_unique_variable_of_a_local_one(tf):
    _some(tf)
    return {'found': tf.contrib.framework.get_unique_variable('AB/l')}


def case_get_unique_variable_that_is_not_there(tf):
    return {'found': tf.contrib.framework.get_unique_variable('A/w')}


def case_get_unique_variable_of_a_beginning(tf):
    _some(tf)
    return {'found': tf.contrib.framework.get_unique_variable('A')}


def case_filter_variables(tf):
    framework = tf.contrib.framework
    _some(tf)
    variables = tf.global_variables()
    return {
        'include': _names(framework.filter_variables(variables, ['w'])),
        'both': _names(framework.filter_variables(variables, ['w'], ['AB'])),
        'beginning': _names(framework.filter_variables(variables, ['w'], None, False)),
        'exclude': _names(framework.filter_variables(variables, exclude_patterns=['A/'], reg_search=False)),
        'any': _names(framework.filter_variables(variables, ['A/b', 'AB'])),
        'none': _names(framework.filter_variables(variables, [])),
    }


def case_full_names_of_slices(tf):
    with tf.variable_scope('A'):
        parts = tf.contrib.framework.variable('b', [4, 2], partitioner=tf.fixed_size_partitioner(2))
        whole = tf.contrib.framework.variable('c', [4, 2])
    return {'names': [tf.contrib.framework.get_variable_full_name(part) for part in [*parts, whole]]}


def case_zero_initializer(tf):
    made = tf.get_variable('x', [2], collections=['mine'])
    return {'zero': tf.contrib.framework.zero_initializer(made), 'after': made}


def case_devices_in_turn(tf):
    chooser = tf.contrib.framework.VariableDeviceChooser
    seen = {}
    for arguments in ({}, {'device_type': 'GPU'}, {'num_tasks': 2}, {'num_tasks': 2, 'replica': 1, 'job_name': 'w'}):
        device = chooser(**arguments)
        seen[','.join(sorted(arguments))] = [device(tf.no_op()) for _ in range(3)]
    return seen


def case_variables_on_devices_in_turn(tf):
    framework = tf.contrib.framework
    device = framework.VariableDeviceChooser(num_tasks=2)
    with tf.Graph().as_default(), framework.arg_scope([framework.variable], device=device):
        return {'devices': [framework.variable(f'w{i}', [2]).device for i in range(3)]}


def case_global_step(tf):
    framework = tf.contrib.framework
    none = [framework.get_global_step(), framework.assert_or_get_global_step()]
    step = framework.create_global_step()
    framework.assert_global_step(step)
    same = [
        framework.get_global_step() is step,
        framework.get_or_create_global_step() is step,
        framework.assert_or_get_global_step() is step,
        framework.assert_or_get_global_step(None, step) is step,
    ]
    return {'none': none, 'same': same}


def case_get_or_create_global_step_makes_one(tf):
    return {'name': tf.contrib.framework.get_or_create_global_step().op.name}


def case_a_second_global_step(tf):
    tf.contrib.framework.create_global_step()
    tf.contrib.framework.create_global_step()


def case_a_global_step_of_floats(tf):
    tf.contrib.framework.assert_global_step(tf.constant(1.0))


def case_a_global_step_that_is_no_scalar(tf):
    tf.contrib.framework.assert_or_get_global_step(None, tf.constant([1]))


def case_convolutional_delta_orthogonal(tf):
    make = tf.contrib.framework.convolutional_delta_orthogonal
    return {
        'two': make(seed=1)([3, 3, 2, 3]),
        'one': make(2.0, seed=2)([4, 2, 2]),
        'three': make(seed=3, dtype=tf.float64)([1, 2, 3, 1, 2]),
    }


def case_convolutional_delta_orthogonal_of_a_matrix(tf):
    tf.contrib.framework.convolutional_delta_orthogonal()([2, 3])


def case_convolutional_delta_orthogonal_of_more_inputs(tf):
    tf.contrib.framework.convolutional_delta_orthogonal()([3, 3, 3, 2])


def case_convolutional_delta_orthogonal_of_integers(tf):
    tf.contrib.framework.convolutional_delta_orthogonal(dtype=tf.int32)
