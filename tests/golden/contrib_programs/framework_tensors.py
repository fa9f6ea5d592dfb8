"""Cases of `tf.contrib.framework`: tensors, conditions, graphs, nests, decorators."""

import collections


def case_with_shape(tf):
    framework = tf.contrib.framework
    tensor = tf.ones([2, 2])
    fed = tf.placeholder_with_default(tf.ones([2, 2]), None)
    return {
        'same': framework.with_shape([2, 2], tensor) is tensor,
        'fed': framework.with_shape([2, 2], fed),
        'by_tensor': framework.with_shape(tf.constant([2, 2]), fed),
        'expected_fed': framework.with_shape(tf.placeholder_with_default([2, 2], [2]), tensor),
        'like': framework.with_same_shape(tensor, fed),
        'like_fed': framework.with_same_shape(fed, tensor),
        'same_like': framework.with_same_shape(tf.zeros([2, 2]), tensor) is tensor,
    }


def case_with_shape_that_differs(tf):
    tf.contrib.framework.with_shape([2, 3], tf.ones([2, 2]))


def case_with_shape_of_none(tf):
    tf.contrib.framework.with_shape([2, None], tf.ones([2, 2]))


def case_with_shape_that_differs_in_a_run(tf):
    fed = tf.contrib.framework.with_shape([2, 3], tf.placeholder_with_default(tf.ones([2, 2]), None))
    with tf.Session() as session:
        session.run(fed)


def case_with_same_shape_that_differs(tf):
    tf.contrib.framework.with_same_shape(tf.ones([2, 2]), tf.ones([2, 3]))


def case_assert_scalar(tf):
    framework = tf.contrib.framework
    scalar = tf.constant(3)
    return {
        'same': [framework.assert_scalar(scalar) is scalar, framework.assert_scalar_int(scalar) is scalar],
        'made': [framework.assert_scalar(1.5), framework.assert_scalar_int(4)],
    }


def case_assert_scalar_of_a_vector(tf):
    tf.contrib.framework.assert_scalar([1])


def case_assert_scalar_of_an_unknown_rank(tf):
    tf.contrib.framework.assert_scalar(tf.placeholder(tf.int32))


def case_assert_scalar_int_of_a_float(tf):
    tf.contrib.framework.assert_scalar_int(tf.constant(1.0))


def case_assert_scalar_int_of_a_vector(tf):
    tf.contrib.framework.assert_scalar_int([3])


def case_assert_same_float_dtype(tf):
    check = tf.contrib.framework.assert_same_float_dtype
    seen = [check([tf.constant(1.0), None]), check(), check(dtype=tf.float64)]
    return {'seen': [dtype.name for dtype in seen]}


def case_assert_same_float_dtype_of_integers(tf):
    tf.contrib.framework.assert_same_float_dtype([tf.constant(1)])


def case_assert_same_float_dtype_of_two(tf):
    tf.contrib.framework.assert_same_float_dtype([tf.constant(1.0), tf.constant(1.0, tf.float64)])


def case_assert_same_float_dtype_of_another(tf):
    tf.contrib.framework.assert_same_float_dtype([tf.constant(1.0)], tf.float64)


def case_reduce_sum_n(tf):
    made = tf.contrib.framework.reduce_sum_n([tf.ones([2]), tf.ones([])])
    return {'sum': made, 'name': made.op.name, 'one': tf.contrib.framework.reduce_sum_n([tf.ones([2, 2])])}


def case_reduce_sum_n_of_nothing(tf):
    tf.contrib.framework.reduce_sum_n([])


def case_remove_squeezable_dimensions(tf):
    squeeze = tf.contrib.framework.remove_squeezable_dimensions
    flat, tall = tf.constant([1.0, 2.0]), tf.constant([[1.0], [2.0]])
    fed = tf.placeholder_with_default(tall, None)
    return {
        'predictions': squeeze(tall, flat),
        'labels': squeeze(flat, tall),
        'none': squeeze(tall, tall),
        'fed': squeeze(fed, flat),
        'fed_labels': squeeze(flat, fed),
        'fed_none': squeeze(fed, tall),
    }


def case_remove_dimensions_that_are_not_squeezable(tf):
    tf.contrib.framework.remove_squeezable_dimensions(tf.ones([2, 2]), tf.ones([2]))


def case_is_tensor(tf):
    seen = (1, tf.constant(1), tf.Variable(1), tf.SparseTensor([[0]], [1], [1]), [tf.constant(1)])
    return {'seen': [tf.contrib.framework.is_tensor(item) for item in seen]}


def case_convert_to_tensor_or_sparse_tensor(tf):
    convert = tf.contrib.framework.convert_to_tensor_or_sparse_tensor
    sparse = convert(tf.SparseTensorValue([[0]], [1], [1]))
    return {'dense': convert([1], tf.float32, 'x'), 'sparse': sparse.values, 'type': type(sparse).__name__}


def case_convert_a_sparse_tensor_of_another_type(tf):
    tf.contrib.framework.convert_to_tensor_or_sparse_tensor(tf.SparseTensor([[0]], [1], [1]), dtype=tf.float32)


def case_sort(tf):
    framework = tf.contrib.framework
    return {
        'up': framework.sort([3, 1, 2]),
        'down': framework.sort([[3, 1], [1, 2]], 0, 'DESCENDING'),
        'places': framework.argsort([3.0, 1.0, 2.0]),
        'down_places': framework.argsort([3, 1, 2], direction='DESCENDING'),
    }


def case_sort_in_an_unknown_direction(tf):
    tf.contrib.framework.sort([1], direction='x')


def _cases(tf):
    return (lambda: tf.constant(1)), (lambda: tf.constant(2))


def case_smart_cond(tf):
    cond = tf.contrib.framework.smart_cond
    one, two = _cases(tf)
    return {
        'bool': cond(True, one, two),
        'integer': cond(0, one, two),
        'constant': cond(tf.constant(False), one, two),
        'computed': cond(tf.logical_not(tf.constant(False)), one, two),
        'fed': cond(tf.placeholder_with_default(False, []), one, two),
    }


def case_smart_cond_of_another_integer(tf):
    tf.contrib.framework.smart_cond(2, *_cases(tf))


def case_smart_cond_of_a_string(tf):
    tf.contrib.framework.smart_cond('a', *_cases(tf))


def case_smart_cond_of_no_function(tf):
    tf.contrib.framework.smart_cond(True, 1, _cases(tf)[0])


def case_smart_cond_without_the_other_function(tf):
    tf.contrib.framework.smart_cond(True, _cases(tf)[0])


def case_smart_constant_value(tf):
    value = tf.contrib.framework.smart_constant_value
    seen = (True, 1, 0, tf.placeholder(tf.bool), tf.constant(False))
    return {'seen': [value(item) for item in seen]}


def case_smart_case(tf):
    case = tf.contrib.framework.smart_case
    one, two = _cases(tf)
    fed = tf.placeholder_with_default(True, [])
    return {
        'second': case([(False, one), (True, two)], default=one),
        'dictionary': case({fed: one}, default=two),
        'default': case([(False, one)], default=two),
        'fed': case([(fed, one)], default=two),
        'mixed': case([(tf.constant(False), two), (fed, one)], default=two),
    }


def case_smart_case_of_a_number(tf):
    tf.contrib.framework.smart_case(3)


def case_graphs_and_names(tf):
    framework = tf.contrib.framework
    one = tf.placeholder(tf.float32, name='one')
    tf.placeholder_with_default(1.0, [], name='two')
    other = tf.Graph()
    with tf.name_scope('S'):
        inner = framework.get_name_scope()
    return {
        'placeholders': [tensor.name for tensor in framework.get_placeholders(tf.get_default_graph())],
        'scopes': [inner, framework.get_name_scope()],
        'prepend': [framework.prepend_name_scope(*names) for names in _NAMES],
        'strip': [framework.strip_name_scope(*names) for names in _NAMES],
        'graphs': [
            framework.get_graph_from_inputs([one]) is one.graph,
            framework.get_graph_from_inputs([]) is one.graph,
            framework.get_graph_from_inputs([], other) is other,
        ],
    }


_NAMES = (
    ('a/b', 's'),
    ('^a/b', 's/'),
    ('s/a/b', 's'),
    ('^s/a', 's'),
    ('loc:@s/a', 's'),
    ('loc:@a', 's'),
    ('a', None),
    ('x/a', 's'),
    ('st/a', 's'),
)


def case_inputs_of_two_graphs(tf):
    tf.contrib.framework.get_graph_from_inputs([tf.constant(1)], tf.Graph())


def case_py_func(tf):
    framework = tf.contrib.framework
    added = framework.py_func(lambda x, y=1: x + y, [tf.constant(1.0)], {'y': tf.constant(2.0)}, tf.float32, [])
    nested = framework.py_func(
        lambda x: {'a': x, 'b': (x + 1, [x])},
        [tf.constant([1.0])],
        None,
        {'a': tf.float32, 'b': (tf.float32, [tf.float32])},
        {'a': [1], 'b': ([1], [[1, 1]])},
    )
    deep = framework.py_func(lambda pair: pair[0] * pair[1], [(tf.constant(2), tf.constant(3))], output_types=tf.int32)
    return {'added': added, 'shape': added.shape.as_list(), 'a': nested['a'], 'b': nested['b'][0], 'deep': deep}


def case_py_func_without_types(tf):
    tf.contrib.framework.py_func(lambda x: None, [tf.constant(1.0)])


def case_nest(tf):
    nest = tf.contrib.framework.nest
    tree = {'b': [1, (2, 3)], 'a': 4}
    return {
        'flat': nest.flatten(tree),
        'packed': nest.pack_sequence_as(tree, [5, 6, 7, 8]),
        'mapped': nest.map_structure(lambda value: value + 1, tree),
        'is': [nest.is_sequence(item) for item in ([1], (1,), {'a': 1}, 'a', 1)],
        'is_nested': [nest.is_nested(item) for item in ([1], 1)],
        'paths': nest.flatten_with_joined_string_paths(tree),
        'other_paths': nest.flatten_with_joined_string_paths(tree, '-'),
        'tuples': nest.flatten_with_tuple_paths(tree),
        'yielded': list(nest.yield_flat_paths(tree)),
        'up_to': nest.flatten_up_to({'a': 0, 'b': 0}, tree),
        'up_to_list': nest.flatten_up_to([0, 0], [[1, 2], 3]),
        'mapped_up_to': nest.map_structure_up_to([0, 0], lambda x, y: [x, y], [[1, 2], 3], [4, 5]),
        'items': sorted(nest.flatten_dict_items({(1, 2): ('a', 'b'), 3: 'c'}).items()),
        'with_paths': nest.map_structure_with_paths(lambda path, value: path + str(value), tree),
        'with_tuples': nest.map_structure_with_tuple_paths(lambda path, x, y: [len(path), x + y], tree, tree),
    }


def case_nest_of_named_tuples(tf):
    pair = collections.namedtuple('pair', ['one', 'two'])
    nest = tf.contrib.framework.nest
    return {
        'paths': nest.flatten_with_joined_string_paths(pair(1, [2])),
        'mapped': nest.map_structure_up_to(pair(0, 0), len, pair([1], [2, 3])).two,
    }


def case_nest_of_other_lengths(tf):
    tf.contrib.framework.nest.assert_shallow_structure([0, 0], [1, 2, 3])


def case_nest_of_other_types(tf):
    tf.contrib.framework.nest.assert_shallow_structure([0, 0], (1, 2))


def case_nest_that_is_too_shallow(tf):
    tf.contrib.framework.nest.assert_shallow_structure([[0], 0], [1, 2])


def case_nest_of_other_keys(tf):
    tf.contrib.framework.nest.flatten_up_to({'a': 0}, {'b': 1})


def case_nest_of_keys_that_repeat(tf):
    tf.contrib.framework.nest.flatten_dict_items({(1, 2): (3, 4), 1: 5})


def case_nest_of_keys_of_other_lengths(tf):
    tf.contrib.framework.nest.flatten_dict_items({(1, 2): (3, 4, 5)})


def case_deprecated_functions_still_run(tf):
    framework = tf.contrib.framework

    @framework.deprecated('2030-01-01', 'use g')
    def one():
        """Doc."""
        return 1

    @framework.deprecated_args(None, 'use g', 'x', ('y', None))
    def two(x=None, y=None):
        """Doc."""
        return [x, y]

    @framework.deprecated_arg_values('2030-01-01', 'use g', x=3)
    def three(x=None):
        """Doc."""
        return x

    functions = (one, two, three)
    return {
        'results': [one(), two(3), two(y=4), three(3), three(x=4)],
        'first': [function.__doc__.splitlines()[0] for function in functions],
        'names': [function.__name__ for function in functions],
    }


def case_tensor_spec(tf):
    spec = tf.contrib.framework.TensorSpec([2, None], tf.int32, 'n')
    return {'shape': spec.shape.as_list(), 'dtype': spec.dtype.name, 'name': spec.name}


def case_bounded_tensor_spec(tf):
    make = tf.contrib.framework.BoundedTensorSpec
    spec = make((2,), tf.float32, 0, [1, 2], name='n')
    whole = make.from_spec(tf.contrib.framework.TensorSpec([2], tf.int32))
    return {
        'bounds': [spec.minimum, spec.maximum, whole.minimum, whole.maximum],
        'dtype': spec.maximum.dtype.name,
        'name': spec.name,
        'same': [spec == make((2,), tf.float32, 0, [1, 2], name='n'), spec == make((2,), tf.float32, 0, [1, 3])],
        'text': repr(make([], tf.int32, 0, 1)),
    }


def case_bounds_of_another_shape(tf):
    tf.contrib.framework.BoundedTensorSpec((2,), tf.float32, [0, 1, 2], [1, 2])
