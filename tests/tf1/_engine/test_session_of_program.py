from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import tf1 as tf


def training_step(*widths):
    """A classifier of `[batch, 6]` with hidden layers, side by side where there are several widths."""
    x, y = tf.placeholder(tf.float32, [None, 6]), tf.placeholder(tf.int32, [None])
    towers = [tf.layers.dense(tf.nn.dropout(tf.layers.dense(x, width, tf.nn.relu), 0.8), 3) for width in widths]
    loss = tf.losses.sparse_softmax_cross_entropy(y, tf.add_n(towers))
    return x, y, loss, tf.train.AdamOptimizer(0.01).minimize(loss)


def losses(x, y, loss, train_op, config=None):
    generator = np.random.default_rng(1)
    with tf.Session(config=config) as session:
        session.run(tf.global_variables_initializer())
        return [
            session.run([loss, train_op], {x: generator.random((8, 6)), y: generator.integers(0, 3, 8)})[0]
            for _ in range(20)
        ]


def test_small_numbers_from_a_dataset_are_0_as_in_the_pool(graph):
    numbers = tf.data.Dataset.from_tensor_slices(np.float32([1.5e-38] * 8)).repeat().batch(4)
    half = numbers.make_one_shot_iterator().get_next() * 0.5
    total = tf.Variable(tf.zeros([4]))
    train = tf.assign_sub(total, half)
    with tf.Session() as session:
        session.run(total.initializer)
        assert session._tf1_runs_here
        assert session.run([half, train])[0].tolist() == [0.0] * 4


def test_embeddings_that_are_trained_run_on_the_calling_thread(graph):
    rows = tf.nn.embedding_lookup(tf.get_variable('embeddings', [5, 2]), [1, 3])
    tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(rows))
    assert runs_here()


@pytest.mark.parametrize('widths', [(4,), (4, 5, 6)])
def test_a_program_trains_to_the_same_digits_on_the_calling_thread(widths, graph):
    tf.set_random_seed(2)
    step = training_step(*widths)
    pool = tf.ConfigProto(inter_op_parallelism_threads=2, use_per_session_threads=True)
    assert losses(*step) == losses(*step, config=pool)


def runs_here(config=None, target_graph=None):
    with tf.Session(graph=target_graph, config=config) as session:
        return session._tf1_runs_here


class TestChoice:
    def test_a_graph_that_trains_is_run_by_the_caller(self, graph):
        assert not runs_here()
        training_step(4)
        assert runs_here()
        assert not runs_here(target_graph=tf.Graph())

    def test_threads_that_the_program_names_are_kept(self, graph):
        training_step(4)
        assert not runs_here(tf.ConfigProto(inter_op_parallelism_threads=2))

    def test_an_interactive_session_chooses_too(self, graph):
        training_step(4)
        session = tf.InteractiveSession()
        assert session._tf1_runs_here
        session.close()

    def test_a_graph_with_queues_keeps_the_pool(self, graph):
        training_step(4)
        queue = tf.FIFOQueue(3, tf.float32)
        tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(1.0)]))
        queue.dequeue()
        assert not runs_here()


def test_a_session_that_was_open_before_keeps_the_pool():
    program = """
import tensorflow as tf2
session = tf2.compat.v1.Session(graph=tf2.Graph())
with session.graph.as_default():
    three = tf2.constant(3)
import tf1
print(session.run(three), session.make_callable(three)())
"""
    end = subprocess.run([sys.executable, '-c', program], capture_output=True, text=True, timeout=120)
    assert end.stdout == '3 3\n', end.stderr


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph
