"""Penalties on weights, as functions for the `regularizer` arguments of variables and layers."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf

Regularizer = Callable[[tf.Tensor], tf.Tensor | None]


def l1_regularizer(scale: float, scope: str | None = None) -> Regularizer:
    """Returns a function that gives `scale` times the sum of absolute weights, or None for a scale of 0.

    Args:
      scale: the multiplier, a float >= 0.
      scope: name scope of the operations.

    Raises:
      ValueError: `scale` is an integer or < 0.
    """
    return _scaled('l1_regularizer', scale, scope, lambda weights: tf.reduce_sum(tf.abs(weights)))


def l2_regularizer(scale: float, scope: str | None = None) -> Regularizer:
    """Returns a function that gives `scale` times half the sum of squared weights, or None for a scale of 0.

    Args:
      scale: the multiplier, a float >= 0.
      scope: name scope of the operations.

    Raises:
      ValueError: `scale` is an integer or < 0.
    """
    return _scaled('l2_regularizer', scale, scope, tf.nn.l2_loss)


def _scaled(
    default_name: str, scale: float, scope: str | None, penalty: Callable[[tf.Tensor], tf.Tensor]
) -> Regularizer:
    _check_scale(scale)
    if scale == 0.0:
        tf.logging.info('Scale of 0 disables regularizer.')
        return lambda weights: None

    def regularizer(weights: tf.Tensor, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name or scope, default_name, [weights]) as full_name:
            factor = tf.convert_to_tensor(scale, dtype=weights.dtype.base_dtype, name='scale')
            return tf.multiply(factor, penalty(weights), name=full_name)

    return regularizer


def _check_scale(scale: object) -> None:
    if isinstance(scale, numbers.Integral):
        raise ValueError(f'scale cannot be an integer, got {scale}; write {float(scale)}.')
    if isinstance(scale, numbers.Real) and scale < 0.0:
        raise ValueError(f'scale must be >= 0, got {scale}.')


def l1_l2_regularizer(scale_l1: float = 1.0, scale_l2: float = 1.0, scope: str | None = None) -> Regularizer:
    """Returns the sum of `l1_regularizer` and `l2_regularizer`; a scale of 0 leaves its part out.

    Raises:
      ValueError: a scale is an integer or < 0.
    """
    scope = scope or 'l1_l2_regularizer'
    for scale in (scale_l1, scale_l2):
        _check_scale(scale)
    if scale_l1 == 0.0:
        return l2_regularizer(scale_l2, scope)
    if scale_l2 == 0.0:
        return l1_regularizer(scale_l1, scope)
    return sum_regularizer([l1_regularizer(scale_l1), l2_regularizer(scale_l2)], scope=scope)


def sum_regularizer(regularizer_list: Sequence[Regularizer | None], scope: str | None = None) -> Regularizer | None:
    """Returns a function that gives the sum of several penalties; None where no regularizer is given.

    Args:
      regularizer_list: the regularizers; None among them is left out.
      scope: name scope of the operations.
    """
    regularizers = [regularizer for regularizer in regularizer_list if regularizer is not None]
    if not regularizers:
        return None

    def regularizer(weights: tf.Tensor) -> tf.Tensor | None:
        with tf.name_scope(scope, 'sum_regularizer', [weights]) as name:
            penalties = [penalty for penalty in (one(weights) for one in regularizers) if penalty is not None]
            return tf.add_n(penalties, name=name) if penalties else None

    return regularizer


def apply_regularization(regularizer: Regularizer, weights_list: Sequence[tf.Tensor] | None = None) -> tf.Tensor:
    """Returns the sum of a regularizer's penalties, which join the regularization losses one by one.

    Args:
      regularizer: function of one tensor.
      weights_list: the weights; None for those in the collection 'weights'.

    Raises:
      ValueError: there are no weights, or the regularizer gives no scalar.
    """
    weights_list = weights_list or tf.get_collection(tf.GraphKeys.WEIGHTS)
    if not weights_list:
        raise ValueError("No weights to regularize: weights_list and the collection 'weights' are empty.")
    with tf.name_scope('get_regularization_penalty', values=weights_list) as scope:
        penalties = [regularizer(weights) for weights in weights_list]
        penalties = [tf.constant(0.0) if penalty is None else penalty for penalty in penalties]
        for penalty in penalties:
            if penalty.shape.rank != 0:
                raise ValueError(f'A regularizer must return None or a scalar, got shape {penalty.shape}.')
        total = tf.add_n(penalties, name=scope)
        tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, total)
        return total
