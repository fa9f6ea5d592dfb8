"""Ready-made models beyond one machine and one call: strategies, checkpoints, parameter servers."""

from __future__ import annotations

import collections

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.canned import partitions

X = tf.feature_column.numeric_column('x')


def line(batch=4):
    """Eight points of y = 2x."""
    x = np.linspace(-1, 1, 8, dtype=np.float32)[:, np.newaxis]
    return tf.data.Dataset.from_tensor_slices(({'x': x}, 2 * x)).repeat().batch(batch)


def test_a_line_is_learnt_and_training_goes_on_where_it_stopped(tmp_path):
    def make():
        return tf.estimator.LinearRegressor([X], str(tmp_path), optimizer=tf.train.GradientDescentOptimizer(0.1))

    make().train(line, max_steps=30)
    estimator = make().train(line, max_steps=60)
    assert estimator.get_variable_value('linear/linear_model/x/weights') == pytest.approx(2.0, abs=0.01)
    assert estimator.evaluate(line, steps=2)['average_loss'] < 1e-4


def test_two_replicas_with_half_a_batch_each_learn_what_one_learns(tmp_path):
    def trained(folder, batch, strategy):
        config = tf.estimator.RunConfig(
            str(tmp_path / folder),
            session_config=tf.ConfigProto(device_count={'CPU': 2}),
            train_distribute=strategy,
        )
        estimator = tf.estimator.LinearRegressor([X], optimizer=tf.train.GradientDescentOptimizer(0.02), config=config)
        estimator.train(lambda: line(batch), max_steps=5)
        return estimator.get_variable_value('linear/linear_model/x/weights')

    strategy = tf.distribute.MirroredStrategy(['/cpu:0', '/cpu:1'])
    assert trained('two', 2, strategy) == pytest.approx(trained('one', 4, None), rel=1e-5)


def test_variables_are_divided_among_parameter_servers():
    config = collections.namedtuple('Config', 'num_ps_replicas')(3)
    assert partitions.hidden_partitioner_of(config)(tf.TensorShape([1 << 18, 4]), tf.float32) == [3, 1]
    assert partitions.partitioner_of(config)(tf.TensorShape([1 << 18, 4]), tf.float32) == [1, 1]


def test_features_are_a_dict(tmp_path):
    estimator = tf.estimator.BaselineRegressor(str(tmp_path))
    with pytest.raises(ValueError, match='features must be a dict of Tensors by name, got '):
        estimator.train(lambda: (tf.ones([2, 1]), tf.ones([2, 1])), steps=1)


def test_a_baseline_refuses_features_of_different_lengths(tmp_path):
    def input_fn():
        longer = tf.placeholder_with_default([[1.0]] * 3, [None, 1])
        return {'x': tf.ones([2, 1]), 'y': longer}, tf.ones([2, 1])

    estimator = tf.estimator.BaselineRegressor(str(tmp_path))
    with pytest.raises(tf.errors.InvalidArgumentError, match='features must have as many rows each'):
        estimator.train(input_fn, steps=1)
