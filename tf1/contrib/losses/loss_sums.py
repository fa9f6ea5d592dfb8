"""Weighted sums and means of losses, with the nodes that `tf.contrib.losses` built.

Weights stand for the first dimensions of the losses: a scalar for all, `[batch]` for the examples, and so on.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def weighted_mean(losses: tf.Tensor, weights: Any) -> tf.Tensor:
    """Returns the sum of the weighted losses over the number of losses whose weight is not 0; 0 where there is none.

    Args:
      losses: float32.
      weights: number, array or tensor.

    Raises:
      ValueError: `weights` is None, or a rank is unknown.
    """
    weights = checked_weights(weights, losses)
    total = scaled_sum(losses, weights)
    present = tf.reduce_sum(_present_by_example(losses, weights))
    return tf.div_no_nan(tf.reduce_sum(total), present, name='value')


def checked_weights(weights: Any, losses: tf.Tensor) -> tf.Tensor:
    """Returns the weights as float32; a last dimension of size 1 is dropped.

    Raises:
      ValueError: `weights` is None, or a rank is unknown.
    """
    if weights is None:
        raise ValueError('weights must not be None; the default is 1.0.')
    weights = tf.cast(tf.convert_to_tensor(weights), tf.float32)
    if losses.shape.rank is None or weights.shape.rank is None:
        raise ValueError(f'The ranks of losses and weights must be known, got {losses.shape} and {weights.shape}.')
    if weights.shape.rank > 1 and weights.shape[-1] == 1:
        weights = tf.squeeze(weights, [-1])
    return weights


def scaled_sum(losses: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
    """Returns the sum of the losses, each times its weight."""
    by_weight = tf.reduce_sum(losses, axis=list(range(weights.shape.rank, losses.shape.rank)))
    return tf.reduce_sum(tf.multiply(by_weight, weights))


def pairwise_error(differences: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
    """Returns the mean squared difference between pairs of an example's `differences`, weighted and summed."""
    axes = list(range(1, differences.shape.rank))
    squares = tf.reduce_sum(tf.square(differences), axis=axes)
    present = _present_by_example(differences, weights)
    mean_of_squares = 2.0 * tf.div_no_nan(squares, present, name='value')
    total = tf.reduce_sum(differences, axis=axes)
    square_of_mean = 2.0 * tf.div_no_nan(tf.square(total), tf.square(present), name='value')
    loss = scaled_sum(mean_of_squares - square_of_mean, weights)
    return tf.where(tf.reduce_sum(present) > 0, loss, tf.zeros_like(loss), name='value')


def _present_by_example(losses: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
    """Returns the number of each example's losses whose weight is not 0, `[batch]`."""
    if weights.shape.rank == 0:
        batch = tf.reshape(tf.slice(tf.shape(losses), [0], [1]), [])
        size = tf.cast(tf.size(losses), tf.float32)
        each = tf.math.divide(size, tf.cast(batch, tf.float32), name='div')
        each = tf.where(tf.equal(weights, 0), 0.0, each)
        return tf.multiply(tf.ones(tf.reshape(batch, [1])), each)
    nonzero = tf.reduce_sum(tf.cast(tf.not_equal(weights, 0), tf.float32), axis=list(range(1, weights.shape.rank)))
    times = tf.reduce_prod(tf.slice(tf.shape(losses), [weights.shape.rank], [-1]))
    return tf.multiply(nonzero, tf.cast(times, tf.float32))
