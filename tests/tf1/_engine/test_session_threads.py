"""Which sessions run on the calling thread, and that their results are the same."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf2
import tensorflow.compat.v1 as tf

import tf1
from tf1._engine import session_threads
from tf1.estimator.checkpoints import RestoringSessionCreator


def _classifier(features):
    logits = tf1.layers.dense(features, 10)
    return tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_mean(logits))


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def rows():
    return np.zeros([4, 784], np.float32)


def test_a_small_graph_runs_on_the_calling_thread(graph, rows):
    _classifier(tf1.estimator.inputs.numpy_input_fn(rows, shuffle=False)())
    given = tf.ConfigProto(allow_soft_placement=True, log_device_placement=False)
    got = session_threads.fitting(given, '')
    assert got.inter_op_parallelism_threads == -1
    assert got.allow_soft_placement
    assert given.inter_op_parallelism_threads == 0
    assert session_threads.fitting(None, '').inter_op_parallelism_threads == -1
    creator = RestoringSessionCreator(tf.train.Scaffold(), config=given)
    session = creator.create_session()
    assert session._config.inter_op_parallelism_threads == -1
    session.close()


@pytest.mark.parametrize(
    'said',
    [
        {'inter_op_parallelism_threads': 3},
        {'use_per_session_threads': True},
        {'device_count': {'CPU': 2}},
        {'session_inter_op_thread_pool': [{'num_threads': 2}]},
    ],
)
def test_a_config_that_says_how_is_kept(graph, said):
    tf.constant(1)
    config = tf.ConfigProto(**said)
    assert session_threads.fitting(config, '') is config


def test_a_session_in_another_process_is_left_alone(graph):
    tf.constant(1)
    assert session_threads.fitting(None, 'grpc://localhost:2222') is None


def _dataset(rows):
    tf.data.make_one_shot_iterator(tf.data.Dataset.from_tensors(rows).repeat().batch(2)).get_next()


def _mapped_dataset(rows):
    tf.data.make_one_shot_iterator(tf.data.Dataset.from_tensors(rows).map(lambda x: x + 1)).get_next()


def _numpy_input(rows):
    tf1.estimator.inputs.numpy_input_fn(rows, shuffle=False)()


def _queue(rows):
    tf.train.batch([tf.constant(rows[0])], 2)


def _staging_area(rows):
    area = tf1.contrib.staging.StagingArea([tf.float32], capacity=1)
    area.put([tf.constant(rows[0])])
    area.get()


def _accumulator(rows):
    tf.ConditionalAccumulator(tf.float32).take_grad(1)


def _loop(rows):
    tf.while_loop(lambda i: i < 3, lambda i: i + 1, [0])


def _loop_of_many_values(rows):
    _loop(rows)
    tf.get_variable('embeddings', [20001])


def _call(rows):
    called = tf2.function(lambda: tf.constant(1)).get_concrete_function()
    tf.raw_ops.StatefulPartitionedCall(args=[], Tout=[tf.int32], f=called)


def _train(logits):
    tf.train.AdamOptimizer().minimize(tf.nn.l2_loss(logits))


def _chain_of_many_values(rows):
    hidden = tf1.layers.dense(tf1.layers.dense(tf.constant(rows), 500, tf.nn.relu), 50, tf.nn.relu)
    _train(tf1.layers.dense(hidden, 10))


def _towers_of_many_values(rows):
    hidden = [tf1.layers.dense(tf.constant(rows), 250, tf.nn.relu) for _ in range(2)]
    _train(tf.add_n([tf1.layers.dense(each, 10) for each in hidden]))


def _too_many_values(rows):
    tf.get_variable('embeddings', [5001, 1000])


def _many_operations(rows):
    for _ in range(401):
        tf.no_op()


def _many_operations_on_a_large_constant(rows):
    _many_operations(rows)
    tf.constant(np.zeros([20001], np.float32))


@pytest.mark.parametrize(
    ('build', 'small'),
    [
        (_numpy_input, True),
        (_dataset, True),
        (_mapped_dataset, False),
        (_queue, False),
        (_staging_area, False),
        (_accumulator, False),
        (_loop, True),
        (_loop_of_many_values, False),
        (_call, False),
        (_chain_of_many_values, True),
        (_towers_of_many_values, False),
        (_too_many_values, False),
        (_many_operations, True),
        (_many_operations_on_a_large_constant, False),
    ],
)
def test_what_gains_from_threads_keeps_them(graph, rows, build, small):
    build(rows)
    assert (session_threads.fitting(None, '') is not None) == small


def test_a_variable_of_unknown_size_keeps_threads(graph):
    value = tf.placeholder_with_default(np.zeros([3], np.float32), [None])
    tf.get_variable('rows', initializer=value, validate_shape=False, use_resource=False)
    assert session_threads.fitting(None, '') is None
