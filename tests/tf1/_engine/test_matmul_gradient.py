"""The gradient through large weights: TensorFlow's names and values, on the operation that is faster."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1._engine import matmul_gradient, processor

LARGE = [1024, 512]


@pytest.fixture(autouse=True)
def intel(monkeypatch):
    """The processors on which it is the faster one."""
    here = processor.Processor('GenuineIntel', frozenset({'avx512f'}))
    monkeypatch.setattr(processor, 'this_one', lambda: here)


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def kinds(graph):
    """The types and names of the gradient's products, in the order they were made."""
    gradients = (op for op in graph.get_operations() if op.name.startswith('gradients/'))
    return [(op.type, op.name) for op in gradients if 'MatMul' in op.type]


USUAL = [('MatMul', 'gradients/MatMul_grad/MatMul'), ('MatMul', 'gradients/MatMul_grad/MatMul_1')]
FASTER = [('BatchMatMulV2', 'gradients/MatMul_grad/MatMul'), ('MatMul', 'gradients/MatMul_grad/MatMul_1')]


@pytest.mark.parametrize(
    ('batch', 'shape', 'dtype', 'expected'),
    [
        (None, LARGE, tf.float32, FASTER),
        (16, LARGE, tf.float32, FASTER),
        (15, LARGE, tf.float32, USUAL),
        (None, [1024, 511], tf.float32, USUAL),
        (None, LARGE, tf.float64, USUAL),
    ],
)
def test_it_is_taken_for_large_weights_and_batches_of_float32(graph, batch, shape, dtype, expected):
    rows = tf.placeholder(dtype, [batch, shape[0]])
    weights = tf.get_variable('weights', shape, dtype)
    gradients = tf.gradients(tf.matmul(rows, weights), [rows, weights])
    assert kinds(graph) == expected
    assert gradients[0].shape.as_list() == [batch, shape[0]]
    assert gradients[1].shape.as_list() == shape


@pytest.mark.parametrize(('maker', 'features'), [('AuthenticAMD', 'avx2 avx512f'), ('GenuineIntel', 'avx2'), ('', '')])
def test_on_other_processors_tensorflows_own_stays(graph, monkeypatch, maker, features):
    monkeypatch.setattr(processor, 'this_one', lambda: processor.Processor(maker, frozenset(features.split())))
    rows, weights = tf.placeholder(tf.float32, [None, LARGE[0]]), tf.get_variable('weights', LARGE)
    tf.gradients(tf.matmul(rows, weights), [rows, weights])
    assert kinds(graph) == USUAL


def test_transposed_factors_and_shapes_nobody_knows_stay_with_tensorflow(graph):
    rows = tf.placeholder(tf.float32, [None, 512])
    weights = tf.get_variable('weights', LARGE)
    tf.gradients(tf.matmul(rows, weights, transpose_b=True), [rows, weights])
    unknown = tf.placeholder(tf.float32)
    tf.gradients(tf.matmul(unknown, tf.placeholder(tf.float32)), unknown)
    assert {kind for kind, _ in kinds(graph)} == {'MatMul'}


def test_first_and_second_gradients_have_the_values_worked_out_with_numpy():
    generator = np.random.RandomState(3)
    x, w = generator.randn(20, 1024).astype(np.float32), generator.randn(*LARGE).astype(np.float32)
    rows, weights = tf.constant(x), tf.constant(w)
    # The gradient of sum(y^2) by x is 2 y w', and that one's sum of squares has the gradient 8 x w w' w w'.
    (first,) = tf.gradients(tf.reduce_sum(tf.matmul(rows, weights) ** 2), rows)
    (second,) = tf.gradients(tf.reduce_sum(first**2), rows)
    (by_weights,) = tf.gradients(tf.reduce_sum(tf.matmul(rows, weights) ** 2), weights)
    with tf.Session() as session:
        found = session.run([first, second, by_weights])
    x, w = x.astype(np.float64), w.astype(np.float64)
    for values, expected in zip(found, (2 * x @ w @ w.T, 8 * x @ w @ w.T @ w @ w.T, 2 * x.T @ (x @ w)), strict=True):
        np.testing.assert_allclose(values, expected, rtol=0, atol=1e-5 * np.abs(expected).max())


def test_a_loop_gives_what_its_steps_give_written_out(graph):
    rows = tf.constant(np.random.RandomState(4).rand(20, 800).astype(np.float32))
    weights = tf.get_variable('weights', [800, 800], initializer=tf.random_normal_initializer(stddev=0.03, seed=1))
    _, looped = tf.while_loop(lambda i, _: i < 3, lambda i, v: (i + 1, tf.tanh(tf.matmul(v, weights))), [0, rows])
    written = rows
    for _ in range(3):
        written = tf.tanh(tf.matmul(written, weights))
    both = [tf.gradients(tf.reduce_sum(end), [rows, weights]) for end in (looped, written)]
    assert 'BatchMatMulV2' in {kind for kind, _ in kinds(graph)}
    with tf.Session() as session:
        session.run(weights.initializer)
        one, other = session.run(both)
    for looped_value, written_value in zip(one, other, strict=True):
        np.testing.assert_allclose(looped_value, written_value, rtol=1e-5, atol=1e-5)


def test_registering_it_again_changes_nothing(graph):
    for _ in range(2):
        matmul_gradient.install()
    calls = []

    def usual(op, grad):
        calls.append(op.type)
        return grad, grad

    product = tf.matmul(tf.ones([2, 3]), tf.ones([3, 4]))
    assert matmul_gradient.gradient(usual, product.op, product) == (product, product)
    assert calls == ['MatMul']
    rows = tf.placeholder(tf.float32, [None, LARGE[0]])
    tf.gradients(tf.matmul(rows, tf.get_variable('weights', LARGE)), rows)
    assert [kind for kind, _ in kinds(graph)] == ['BatchMatMulV2', 'MatMul']
