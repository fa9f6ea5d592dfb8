"""A session that remembers fetches and feeds returns, and refuses, what TensorFlow's own run does."""

from __future__ import annotations

import collections

import numpy as np
import pytest

import tf1 as tf

_Pair = collections.namedtuple('_Pair', 'total parts')


@pytest.fixture
def running():
    with tf.Graph().as_default() as graph:
        x = tf.placeholder(tf.float32, [None, 2], name='x')
        n = tf.placeholder(tf.int32, [], name='n')
        v = tf.get_variable('v', initializer=[1.0, 2.0])
        tf.add(tf.reduce_sum(x * v), tf.to_float(n), name='total')
        tf.assign_add(v, [1.0, 1.0], name='more')
        with tf.Session(graph=graph) as session:
            session.run(v.initializer)
            yield session


@pytest.fixture
def x(running):
    return running.graph.get_tensor_by_name('x:0')


@pytest.fixture
def n(running):
    return running.graph.get_tensor_by_name('n:0')


@pytest.fixture
def total(running):
    return running.graph.get_tensor_by_name('total:0')


def test_values_come_in_the_structure_of_the_fetches(running, x, n, total):
    (v,) = tf.global_variables()
    more = running.graph.get_operation_by_name('more')
    sparse = tf.SparseTensor([[0]], tf.reshape(total, [1]), [3])
    feeds = {x: np.ones([3, 2], np.float32), n: 1}
    for added in range(2):
        expected = 10 + 6 * added
        assert running.run(total, feeds) == expected
        assert running.run([total, [total, n]], feeds) == [expected, [expected, 1]]
        assert running.run((total, 'total:0'), feeds) == (expected, expected)
        assert running.run(_Pair(total, [total]), feeds) == _Pair(expected, [expected])
        assert running.run({'a': total, 'b': [total]}, feeds) == {'a': expected, 'b': [expected]}
        assert running.run(sparse, feeds).values.tolist() == [expected]
        assert running.run(v).tolist() == [1 + added, 2 + added]
        assert running.run([]) == []
        assert running.run([more, v])[0] is None
        assert running.run('more') is None
        running.run(v.assign([2.0 + added, 3.0 + added]))


def test_a_structure_is_taken_apart_once(running, x, n, total, monkeypatch):
    feeds = {x: [[1.0, 1.0]], n: 0}
    assert running.run([total], feeds) == [3]
    monkeypatch.setattr(running._tf1_runs, '_handler_of', None)
    assert running.run([total], {x: np.ones([2, 2]), n: np.int64(4)}) == [10]
    fetches = [total]
    assert running.run(fetches, feeds) == [3]
    fetches.append(tf.constant(5) + 1)
    monkeypatch.undo()
    assert running.run(fetches, feeds) == [3, 6]


def test_a_dict_that_changes_later_keeps_what_it_was(running):
    fetches = {'a': tf.constant(1)}
    assert running.run(fetches) == {'a': 1}
    fetches['b'] = fetches.pop('a')
    assert running.run(fetches) == {'b': 1}
    assert running.run({'a': fetches['b']}) == {'a': 1}


def test_a_fetch_that_is_fed_is_what_was_fed(running, x, n, total):
    assert running.run(total, {x: [[1.0, 1.0]], n: 0}) == 3
    assert running.run(total, {total: 7}) == 7
    assert running.run([total, n], {x: [[1.0, 1.0]], n: 2}) == [5, 2]


@pytest.mark.parametrize(
    ('feeds', 'kind', 'text'),
    [
        ({'x': np.ones([2, 3]), 'n': 0}, ValueError, r"Cannot feed value of shape \(2, 3\) for Tensor 'x:0'"),
        ({'x': [1.0, 2.0], 'n': 0}, ValueError, r"Cannot feed value of shape \(2,\) for Tensor 'x:0'"),
        ({'x': [['a', 'b']], 'n': 0}, ValueError, 'could not convert string to float'),
        ({'x': [[1.0, 1.0]], 'n': 2**31}, (TypeError, OverflowError), 'not compatible|out of bounds|too large'),
        ({'x': [[1.0, 1.0]]}, tf.errors.InvalidArgumentError, 'You must feed a value for placeholder tensor'),
    ],
)
def test_what_cannot_be_fed_is_refused_whatever_was_fed_before(running, feeds, kind, text):
    named = running.graph.get_tensor_by_name
    for _ in range(2):
        with pytest.raises(kind, match=text):
            running.run(named('total:0'), {named(f'{name}:0'): value for name, value in feeds.items()})
        assert running.run(named('total:0'), {named('x:0'): [[1.0, 1.0]], named('n:0'): 0}) == 3


def test_what_is_forbidden_later_is_refused(running, x, n, total):
    feeds = {x: [[1.0, 1.0]], n: 0}
    assert running.run(total, feeds) == 3
    running.graph.prevent_feeding(n)
    with pytest.raises(ValueError, match='Tensor n:0 may not be fed'):
        running.run(total, feeds)
    running.graph.prevent_fetching(total.op)
    with pytest.raises(ValueError, match='not fetchable'):
        running.run(total, {x: [[1.0, 1.0]]})


def test_a_shape_that_is_told_later_holds(running, total, n):
    rows = tf.placeholder(tf.float32, name='rows')
    counted = tf.size(rows)
    assert running.run(counted, {rows: [1.0, 2.0]}) == 2
    rows.set_shape([3])
    with pytest.raises(ValueError, match=r'Cannot feed value of shape \(2,\)'):
        running.run(counted, {rows: [1.0, 2.0]})
    assert running.run(counted, {rows: [1.0, 2.0, 3.0]}) == 3


def test_a_closed_session_and_foreign_fetches_are_refused(running, x, n, total):
    feeds = {x: [[1.0, 1.0]], n: 0}
    assert running.run(total, feeds) == 3
    with tf.Graph().as_default():
        foreign = tf.constant(1)
    for _ in range(2):
        with pytest.raises(ValueError, match='is not an element of this graph'):
            running.run(foreign)
    with pytest.raises(TypeError, match='Fetch argument None has invalid type'):
        running.run(None)
    running.close()
    with pytest.raises(RuntimeError, match='closed Session'):
        running.run(total, feeds)


def test_a_loop_of_new_fetches_does_not_pile_up(running):
    for k in range(300):
        assert running.run(tf.constant(k)) == k
    assert len(running._tf1_runs._fetched) <= 256
