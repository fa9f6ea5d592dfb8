"""Gradients that build TF 1.15's nodes have the values of TensorFlow's own."""

import numpy as np
import pytest
import tensorflow.compat.v1 as tf

from tf1._engine import gradient_nodes

_RANDOM = np.random.RandomState(5)
_BINARY = {
    'Add': tf.add,
    'Atan2': tf.atan2,
    'DivNoNan': tf.div_no_nan,
    'FloorMod': tf.floormod,
    'Maximum': tf.maximum,
    'Minimum': tf.minimum,
    'Mul': tf.multiply,
    'Pow': tf.pow,
    'RealDiv': tf.realdiv,
    'SquaredDifference': tf.squared_difference,
    'SelectV2': lambda x, y: tf.where_v2(x > 1.0, x, y) if x.shape.rank else x * y,
    'Sub': tf.subtract,
}
_SHAPES = [([3, 2], [3, 2]), ([3, 2], [3, 1]), ([3, 2], []), ([1, 2], [3, 1]), ([2], [1, 1]), ([1], []), ([4, 1], [1])]
_UNARY = {
    'sum': lambda x: tf.reduce_sum(x, 1),
    'sum of all': tf.reduce_sum,
    'sum from the end': lambda x: tf.reduce_sum(x, [-1, 0]),
    'mean': lambda x: tf.reduce_mean(x, [0, 2], keepdims=True),
    'mean of all': tf.reduce_mean,
    'max': lambda x: tf.reduce_max(x, 1),
    'min': lambda x: tf.reduce_min(x),
    'slice': lambda x: x[:, 1, ::2],
    'gather by positions': lambda x: tf.gather_nd(x, [[0, 1], [1, 1]]),
    'gather': lambda x: tf.gather(x, [1, 0, 1]),
    'written': lambda x: tf.TensorArray(tf.float32, 2).write(0, x[0]).write(1, x[1] * 2.0).stack(),
    'scattered': lambda x: tf.TensorArray(tf.float32, 2).unstack(x).read(1),
    'map': lambda x: tf.map_fn(lambda v: v * v, x),
    'product': lambda x: tf.reduce_prod(x, [-1, 0]),
    'product of all': tf.reduce_prod,
    'cumulative product': lambda x: tf.cumprod(x, 1, exclusive=True, reverse=True),
    'gather along an axis': lambda x: tf.gather(x, [[1, 0], [1, 2]], axis=1),
    'gather from the end': lambda x: tf.gather(x, [3, 0, 3], axis=-1),
    'broadcast': lambda x: tf.broadcast_to(x, [5, 2, 3, 4]),
    'sign': lambda x: tf.sign(x) + x,
    'segment mean': lambda x: tf.segment_mean(x, [0, 0]),
    'unsorted segments': lambda x: tf.unsorted_segment_sum(x, [1, -1], 3) + tf.unsorted_segment_max(x, [1, 1], 3),
    'unsorted product': lambda x: tf.unsorted_segment_prod(x, [1, 1], 2),
    'partition': lambda x: tf.dynamic_partition(x, [1, 0], 2)[0],
    'batches': lambda x: tf.matmul(x, x, transpose_b=True) + tf.matmul(x, x[:1], transpose_b=True),
    'adjoint batches': lambda x: tf.matmul(x, x, transpose_a=True),
    'volume': lambda x: tf.nn.conv3d(tf.reshape(x, [1, 2, 3, 4, 1]), tf.ones([1, 2, 2, 1, 2]), [1] * 5, 'SAME'),
    'sparse': lambda x: tf.sparse_tensor_dense_matmul(
        tf.SparseTensor([[0, 1], [2, 0]], tf.reshape(x, [-1])[:2], [3, 2]), x[:, 0]
    ),
    'scan': lambda x: tf.scan(lambda a, b: a * b, x),
}


def _values(operation, inputs, known):
    with tf.Graph().as_default(), tf.Session() as session:
        tensors = [tf.placeholder(tf.float32, value.shape if known else [None] * value.ndim) for value in inputs]
        result = operation(*tensors)
        weights = tf.constant(
            np.random.RandomState(7).normal(size=session.run(tf.shape(result), _feed(tensors, inputs)))
        )
        gradients = tf.gradients(result, tensors, grad_ys=tf.cast(weights, tf.float32))
        return session.run([tf.convert_to_tensor(gradient) for gradient in gradients], _feed(tensors, inputs))


def _feed(tensors, inputs):
    return dict(zip(tensors, inputs, strict=True))


@pytest.fixture
def values(monkeypatch):
    def both(operation, inputs, known):
        ours = _values(operation, inputs, known)
        with monkeypatch.context() as patch:
            for kind, entry in _registry().items():
                if hasattr(entry['type'], '_tf1_usual'):
                    patch.setitem(entry, 'type', entry['type']._tf1_usual)
                    assert kind in gradient_nodes.GRADIENTS
            usual = _values(operation, inputs, known)
        for one, other in zip(ours, usual, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)

    return both


def _registry():
    from tensorflow.python.framework import ops

    return ops.gradient_registry._registry


@pytest.mark.parametrize('known', [True, False], ids=['known shapes', 'unknown shapes'])
@pytest.mark.parametrize('kind', _BINARY)
def test_operands_that_broadcast_get_the_same_gradients(kind, known, values):
    for shapes in _SHAPES:
        values(_BINARY[kind], [_RANDOM.uniform(0.5, 3, shape).astype(np.float32) for shape in shapes], known)


@pytest.mark.parametrize('known', [True, False], ids=['known shapes', 'unknown shapes'])
@pytest.mark.parametrize('name', _UNARY)
def test_reductions_slices_and_tensor_arrays_pass_on_the_same_gradients(name, known, values):
    values(_UNARY[name], [_RANDOM.normal(size=[2, 3, 4]).astype(np.float32)], known)


def test_every_gradient_is_registered():
    registry = _registry()
    for kind in gradient_nodes.GRADIENTS:
        assert hasattr(registry[kind]['type'], '_tf1_usual'), kind


def test_second_derivatives_go_through_them():
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant([2.0, 3.0])
        first = tf.gradients(tf.reduce_sum(x**3 / 3.0), x)[0]
        assert session.run(tf.gradients(first, x)[0]).tolist() == [4.0, 6.0]
