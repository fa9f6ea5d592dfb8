"""Seeds are those that TF 1.15.5 gives; the comments count the operations before."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as v2

import tf1 as tf
from tf1._engine import graph_seeds


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def _seeds(graph: tf.Graph) -> list[tuple[int, int]]:
    definition = graph.as_graph_def()
    nodes = [*definition.node, *(node for function in definition.library.function for node in function.node_def)]
    return [(node.attr['seed'].i, node.attr['seed2'].i) for node in nodes if 'seed2' in node.attr]


def test_an_operations_seed_is_the_number_of_those_before(graph):
    tf.set_random_seed(1)
    tf.random_normal([2])  # 3 constants, then it; a product and a sum follow
    tf.random_normal([2])
    assert _seeds(graph) == [(1, 3), (1, 9)]


def test_a_seed_set_late_or_changed_counts_from_the_start_of_the_graph(graph):
    tf.random_normal([2])
    tf.set_random_seed(1)
    tf.random_normal([2])
    tf.set_random_seed(5)
    tf.random_normal([2])
    tf.random_normal([2], seed=7)
    tf.set_random_seed(None)
    tf.random_normal([2])
    assert _seeds(graph) == [(0, 0), (1, 9), (5, 15), (5, 7), (0, 0)]


def test_each_graph_counts_for_itself(graph):
    tf.set_random_seed(1)
    tf.constant(0)
    with tf.Graph().as_default():
        tf.set_random_seed(2)
        assert tf.get_seed(None) == (2, 0)
        tf.constant(0)
        tf.constant(0)
        assert tf.get_seed(None) == (2, 2)
    assert tf.get_seed(None) == (1, 1)


def test_get_seed_is_the_same_under_all_its_names(graph):
    tf.set_random_seed(3)
    tf.constant(0)
    for function in (tf.get_seed, tf.random.get_seed, v2.compat.v1.get_seed, v2.compat.v1.random.get_seed):
        assert function(None) == (3, 1)
        assert function(4) == (3, 4)


@pytest.mark.parametrize(
    ('seed', 'op_seed', 'expected'),
    [
        (0, None, (0, 2**31 - 1)),  # two zeros would mean no seed
        (0, 5, (0, 5)),
        (2**35 + 7, 2**40 + 3, (23, 515)),
        (-3, -1, (2**31 - 4, 2**31 - 2)),
        (None, None, (None, None)),
        (None, 3, (87654321, 3)),
    ],
)
def test_special_seeds_are_as_before(graph, seed, op_seed, expected):
    tf.set_random_seed(seed)
    assert tf.get_seed(op_seed) == expected


def test_variables_and_gradients_count(graph):
    tf.set_random_seed(4)
    tf.get_variable('a', [2, 2])
    tf.get_variable('b', [2, 2], use_resource=True)
    tf.keras.layers.Dense(2)(tf.ones([2, 2]))
    x = tf.ones([2])
    tf.gradients(tf.reduce_sum(tf.exp(x)), x)
    tf.random_normal([2])
    seeds = _seeds(graph)
    # a: shape, min, max before it; then sub, mul, sum, variable, assign, read; b: shape, min, max again.
    assert seeds[:2] == [(4, 3), (4, 13)]
    assert len(seeds) == 4


def test_function_graphs_count_for_themselves(graph):
    tf.set_random_seed(4)
    one = tf.ones([2])

    @tf.function
    def noisy(x):
        return x + tf.random_normal([2]) + one

    noisy(one)  # x, then 3 constants
    tf.data.Dataset.range(3).map(lambda v: tf.random_normal([2]) + one).make_initializable_iterator()

    def seeded(_):
        tf.set_random_seed(9)
        return tf.random_normal([2])

    tf.data.Dataset.range(3).map(seeded).make_initializable_iterator()
    assert sorted(_seeds(graph)) == [(4, 4), (4, 4), (9, 4)]


def test_branches_of_second_control_flow_count_for_themselves(graph):
    tf.set_random_seed(4)
    tf.enable_control_flow_v2()
    try:
        tf.while_loop(lambda i: i < 3.0, lambda i: i + tf.random_normal([]), [tf.constant(0.0)])
    finally:
        tf.disable_control_flow_v2()
    assert _seeds(graph) == [(4, 6)]  # loop counter, its limit, the value; then 3 constants


def test_a_difference_is_stated_in_one_call(graph):
    tf.set_random_seed(1)
    tf.constant(0)
    graph_seeds.count_operations(4)
    assert tf.get_seed(None) == (1, 5)
    with graph_seeds.operations_counted_as(2):
        for _ in range(5):
            tf.constant(0)
    assert tf.get_seed(None) == (1, 7)
    graph_seeds.count_operations(-3)
    assert tf.get_seed(None) == (1, 4)
    with tf.Graph().as_default() as other:
        assert graph_seeds.operation_count() == 0
        graph_seeds.count_operations(2, graph)
        assert graph_seeds.operation_count() == 0
        assert graph_seeds.operation_count(other) == 0
    assert graph_seeds.operation_count() == 6


def test_a_block_that_fails_is_counted_too(graph):
    def fail():
        with graph_seeds.operations_counted_as(2):
            tf.constant(0)
            raise ValueError('stop')

    with pytest.raises(ValueError, match='stop'):
        fail()
    assert graph_seeds.operation_count() == 2


def test_two_graphs_of_one_program_give_the_same_numbers():
    def numbers():
        with tf.Graph().as_default(), tf.Session() as session:
            tf.set_random_seed(3)
            return session.run([tf.random_normal([3]), tf.random_uniform([3])])

    first, second = numbers(), numbers()
    np.testing.assert_array_equal(first[0], second[0])
    np.testing.assert_array_equal(first[1], second[1])
