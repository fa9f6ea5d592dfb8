"""Linear models of `tf.contrib.learn` beyond their golden cases."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1.contrib.learn import linear


def test_the_learning_rate_falls_with_the_number_of_columns() -> None:
    assert linear.learning_rate([None]) == 0.2
    assert linear.learning_rate([None] * 100) == 0.1


def test_an_optimizer_is_given_as_it_is_or_made() -> None:
    optimizer = tf.train.AdamOptimizer()
    assert linear.optimizer_of(optimizer, [None]) is optimizer
    assert linear.optimizer_of(lambda: optimizer, [None]) is optimizer
    assert isinstance(linear.optimizer_of(None, [None]), tf.train.FtrlOptimizer)
    with pytest.raises(ValueError, match=r"^optimizer must be one of Adagrad, .*SGD, got 'Sgd'\.$"):
        linear.optimizer_of('Sgd', [None])


def test_a_linear_model_needs_a_column() -> None:
    with pytest.raises(ValueError, match=r'^feature_columns must hold a column at least, got \[\]\.$'):
        tf.contrib.learn.LinearClassifier([])
    with pytest.raises(ValueError, match=r'^feature_columns must hold a column at least, got None\.$'):
        tf.contrib.learn.LinearRegressor(None)
