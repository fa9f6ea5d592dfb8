"""What golden cases of `tf.contrib.losses` do not show: error texts, and what is absent."""

from __future__ import annotations

import pytest

import tf1 as tf


def test_weights_of_none_are_refused() -> None:
    with tf.Graph().as_default(), pytest.raises(ValueError, match=r'weights must not be None; the default is 1\.0\.'):
        tf.contrib.losses.compute_weighted_loss(tf.constant([1.0]), None)


@pytest.mark.parametrize('axes', [{}, {'axis': 1, 'dim': 1}])
def test_the_cosine_distance_needs_one_axis(axes: dict[str, int]) -> None:
    with tf.Graph().as_default(), pytest.raises(ValueError, match='needs one of axis and its old name dim'):
        tf.contrib.losses.cosine_distance(tf.constant([[1.0]]), tf.constant([[1.0]]), **axes)


def test_a_loss_that_does_not_exist_says_so() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.losses\.nonsense does not exist'):
        _ = tf.contrib.losses.nonsense
    with pytest.raises(AttributeError, match=r'tf\.contrib\.losses\.metric_learning\.nonsense does not exist'):
        _ = tf.contrib.losses.metric_learning.nonsense
