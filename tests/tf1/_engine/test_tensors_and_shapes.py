"""What programs of the TF 1 era ask of tensors, shapes, variables and strategies, with the values of TF 1.15.5."""

from __future__ import annotations

import re

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_the_class_of_a_tensor_is_called_tensor_and_has_no_length():
    tensor = tf.ones([3])
    assert type(tensor).__name__ == 'Tensor'
    assert isinstance(tensor, tf.Tensor)
    with pytest.raises(TypeError, match=r'len is not well defined for symbolic Tensors\. \(ones:0\) Please call'):
        len(tensor)


def test_dimensions_take_whole_numbers_that_are_floats():
    shape = tf.ones([1, 2]).get_shape()
    assert shape[1] == np.float64(2)
    assert (shape[0] != np.float64(1)) is False
    assert shape[1] != np.ones(3)[0]
    assert tf.Dimension(np.float32(3)).value == 3
    assert type(tf.Dimension(2.0).value) is int
    assert type(tf.Dimension(True).value) is int
    assert tf.placeholder(tf.float32, [True, 2]).shape.as_list() == [1, 2]
    assert tf.TensorShape([np.float64(2), None]).as_list() == [2, None]
    assert shape == [1.0, 2.0]
    assert shape[1] == '2'
    assert (shape[1] == None) is None  # noqa: E711


def test_dimensions_refuse_fractions_and_words():
    with pytest.raises(ValueError, match=r'Ambiguous dimension: 2\.5'):
        tf.Dimension(2.5)
    with pytest.raises(ValueError, match="invalid literal for int\\(\\) with base 10: 'x'"):
        tf.Dimension('x')
    with pytest.raises(TypeError):
        tf.Dimension([1])


def test_a_variable_of_either_kind_has_an_initialized_value():
    reference = tf.Variable([1.0, 1.0])
    resource = tf.get_variable('b', [2], initializer=tf.ones_initializer(), use_resource=True)
    values = [tf.Variable(reference.initialized_value()), tf.Variable(resource.initialized_value() * 2.0)]
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert [value.tolist() for value in session.run(values)] == [[1.0, 1.0], [2.0, 2.0]]


def test_a_strategy_runs_by_its_old_name():
    strategy = tf.distribute.OneDeviceStrategy('/cpu:0')
    with strategy.scope():
        result = strategy.experimental_run_v2(lambda x: x + 1.0, args=(tf.constant(2.0),))
    assert tf.Session().run(strategy.experimental_local_results(result)[0]) == 3.0


def test_contrib_strategies_take_the_number_of_gpus():
    strategy = tf.contrib.distribute.MirroredStrategy(num_gpus=0)
    assert (type(strategy).__name__, strategy.num_replicas_in_sync) == ('MirroredStrategy', 1)
    with pytest.raises(ValueError, match=r'num_gpus must be <= \d+: this machine has \d+ GPUs, got 64'):
        tf.contrib.distribute.MirroredStrategy(num_gpus=64)
    one = tf.contrib.distribute.MirroredStrategy(num_gpus=1)
    assert list(one.extended.worker_devices) == ['/replica:0/task:0/device:GPU:0']
    with one.scope():
        v = tf.get_variable('mirrored', [], initializer=tf.ones_initializer())
    with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as session:
        session.run(v.initializer)
        assert session.run(v.read_value()) == 1.0
    with pytest.raises(ValueError, match='one of num_gpus and num_gpus_per_worker'):
        tf.contrib.distribute.MirroredStrategy(num_gpus=1, num_gpus_per_worker=1)


@pytest.mark.filterwarnings('ignore:To make it possible to preserve tf.data options:UserWarning')
def test_errors_of_a_session_begin_with_what_went_wrong(tmp_path):
    p = tf.placeholder(tf.float32, [None])
    following = tf.data.Dataset.range(0).make_one_shot_iterator().get_next()
    with tf.Session() as session:
        with pytest.raises(tf.errors.OutOfRangeError) as ended:
            session.run(following)
        with pytest.raises(tf.errors.InvalidArgumentError) as unequal:
            session.run(p + tf.ones([3]), {p: [1.0, 2.0]})
        with pytest.raises(tf.errors.NotFoundError) as missing:
            session.run(tf.read_file(f'{tmp_path}/nope'))
    lines = ended.value.message.splitlines()
    assert lines[:2] == ['End of sequence', '\t [[node IteratorGetNext]]']
    assert 'Graph execution error:' in lines
    assert str(unequal.value).startswith('Incompatible shapes: [2] vs. [3]\n')
    assert missing.value.message.startswith(f'{tmp_path}/nope; No such file or directory')


def test_transposed_convolutions_have_the_shape_that_was_asked_for():
    x, w = tf.placeholder(tf.float32, [None, 2, 2, 3]), tf.ones([3, 3, 5, 3])
    y = tf.nn.conv2d_transpose(x, w, output_shape=[8, 4, 4, 5], strides=[1, 2, 2, 1])
    assert y.get_shape().as_list() == [8, 4, 4, 5]
    sizes = tf.stack([tf.shape(x)[0], 4, 4, 5])
    assert tf.nn.conv2d_transpose(x, w, sizes, [1, 2, 2, 1]).shape.as_list() == [None, 4, 4, 5]
    assert tf.nn.conv2d_transpose(x, w, tf.constant([8, 4, 4, 5]), [1, 2, 2, 1]).shape.as_list() == [8, 4, 4, 5]
    u = tf.contrib.nn.conv1d_transpose(tf.placeholder(tf.float32, [None, 2, 3]), tf.ones([3, 5, 3]), [8, 4, 5], 2)
    assert u.shape.as_list() == [8, 4, 5]


@pytest.mark.parametrize(
    'name',
    [
        'softmax_cross_entropy_with_logits',
        'sparse_softmax_cross_entropy_with_logits',
        'sigmoid_cross_entropy_with_logits',
    ],
)
def test_cross_entropies_take_named_arguments_only(name):
    function = getattr(tf.nn, name)
    with pytest.raises(ValueError, match=f'Only call `{name}` with named arguments'):
        function(tf.ones([1, 2]), tf.ones([1, 2]))
    with pytest.raises(ValueError, match='Both labels and logits must be provided'):
        function(logits=tf.ones([1, 2]))


def test_a_metagraph_with_other_shapes_of_unused_outputs_is_imported(tmp_path):
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(tf.layers.dense(x, 1)), name='train')
    meta = tf.train.export_meta_graph()
    for node in meta.graph_def.node:
        if node.op == 'MatMul':
            node.attr['_output_shapes'].list.shape.add().dim.add().size = 7
    with tf.Graph().as_default() as other:
        tf.train.import_meta_graph(meta)
        assert other.get_operation_by_name('train') is not None


def test_a_buffer_may_be_a_number_of_numpy():
    following = tf.data.Dataset.range(2).prefetch(np.int64(4)).make_one_shot_iterator().get_next()
    assert tf.Session().run(following) == 0


def test_kernels_say_what_programs_look_for():
    session = tf.Session()
    resource = tf.get_variable('rv', [2], use_resource=True)
    rows = tf.placeholder(tf.float32, [None, None])
    numbers = tf.data.Dataset.from_tensor_slices([0.0]).map(lambda x: tf.check_numerics(1 / x, 'bad'))
    wrong = tf.data.Dataset.from_generator(lambda: iter([[1, 2]]), tf.int32, [])
    expected = (
        (
            resource.read_value(),
            tf.errors.FailedPreconditionError,
            'Error while reading resource variable rv from Container: localhost. This could mean that the variable was '
            'uninitialized. Not found: Container localhost does not exist. (Could not find resource: localhost/rv)',
        ),
        (
            tf.concat([rows, tf.ones([2, 2])], 0),
            tf.errors.InvalidArgumentError,
            'ConcatOp : Dimensions of inputs should match: shape[0] = [2,3] vs. shape[1] = [2,2]',
        ),
        (
            tf.gather_nd(rows, [[5, 5]]),
            tf.errors.InvalidArgumentError,
            'indices[0] = [5, 5] does not index into param shape [2,3]',
        ),
        (
            numbers.make_one_shot_iterator().get_next(),
            tf.errors.InvalidArgumentError,
            'bad : Tensor had Inf values',
        ),
        (
            wrong.make_one_shot_iterator().get_next(),
            tf.errors.InvalidArgumentError,
            'ValueError: `generator` yielded an element of shape (2,) where an element of shape () was expected.',
        ),
    )
    for fetch, kind, text in expected:
        with pytest.raises(kind) as caught:
            session.run(fetch, {rows: np.ones([2, 3])})
        assert caught.value.message.split('\n')[0] == text


def test_sessions_name_what_they_refuse_as_python_writes_it():
    x, n = tf.placeholder(tf.float32, [2], name='x'), tf.placeholder(tf.int32, name='n')
    session = tf.Session()
    for fetch, kind, text in (
        (None, TypeError, "Fetch argument None has invalid type <class 'NoneType'>"),
        ([None], TypeError, "Fetch argument None has invalid type <class 'NoneType'>"),
        (3, TypeError, "Fetch argument 3 has invalid type <class 'int'>, must be a string or Tensor. (Can not convert"),
        (
            'nope:0',
            ValueError,
            "Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0'",
        ),
        ([x, 'nope'], ValueError, "Fetch argument 'nope' cannot be interpreted as a Tensor. (\"The name 'nope' refers"),
    ):
        with pytest.raises(kind) as refused:
            session.run(fetch)
        assert str(refused.value).startswith(text)
    for value, shape in ([1.0, 2.0, 3.0], '(3,)'), (1.0, '()'):
        text = f"Cannot feed value of shape {shape} for Tensor 'x:0', which has shape '(2,)'"
        with pytest.raises(ValueError, match=f'^{re.escape(text)}$'):
            session.run(n, {n: 1, x: value})


def test_arrays_of_tensors_know_the_shape_of_all_joined():
    rows = tf.placeholder(tf.float32, [2, None])
    array = tf.TensorArray(tf.float32, 3)
    assert array.concat().shape.rank is None
    assert array.write(0, rows).concat().shape.as_list() == [None, None]
    assert tf.TensorArray(tf.float32, 3, element_shape=[4, 2]).concat().shape.as_list() == [None, 2]
    assert tf.TensorArray(tf.float32, 3, element_shape=[]).concat().shape.as_list() == [None]


def test_penalties_in_collections_are_tensors():
    tf.get_variable('v', [2], regularizer=tf.reduce_sum)
    (penalty,) = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
    assert isinstance(penalty, tf.Tensor)
    assert repr(penalty) == "<tf.Tensor 'v/Regularizer/Sum:0' shape=() dtype=float32>"
    assert tf.losses.get_regularization_losses() == [penalty]
