"""What constructors of distributions share: checked parameters, probabilities and logits, shapes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

import tf1 as tf


def positive(value: Any, name: str, validate_args: bool, dtype: Any = None, named: bool = True) -> tf.Tensor:
    """Returns `value` as a tensor that is checked to be > 0 when the graph runs, if `validate_args` says so."""
    if dtype is not None:
        value = tf.convert_to_tensor(value, dtype, name=name)
    checks = [tf.assert_positive(value, message=f'{name} must be > 0')] if validate_args else []
    with tf.control_dependencies(checks):
        return tf.identity(value, name=name if named else None)


def not_zero(value: tf.Tensor, name: str, validate_args: bool) -> tf.Tensor:
    """Returns `value`, checked to hold no 0 when the graph runs if `validate_args` says so."""
    if not validate_args:
        return value
    zero = tf.zeros([], value.dtype)
    with tf.control_dependencies([tf.debugging.assert_none_equal(value, zero, message=f'{name} must not be 0')]):
        return tf.identity(value)


def require_float(value: tf.Tensor, name: str) -> None:
    """Raises TypeError unless `value` holds floats."""
    if not value.dtype.is_floating:
        raise TypeError(f'{name} must have a floating type, got {value.dtype.base_dtype.name}.')


def logits_and_probs(
    logits: Any, probs: Any, validate_args: bool, multidimensional: bool = False
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns both logits and probabilities for one of them.

    Args:
      logits: log-odds [...]; with `multidimensional` unnormalised log-probabilities [..., k]. None if `probs` is given.
      probs: probabilities of the same shape, or None.
      validate_args: check probabilities when the graph runs.
      multidimensional: the last dimension is that of classes.

    Raises:
      ValueError: both are given, or none.
      TypeError: the one that is given does not hold floats.
    """
    if (logits is None) == (probs is None):
        raise ValueError(f'Either logits or probs must be given, got {"none" if logits is None else "both"} of them.')
    if logits is not None:
        logits = tf.convert_to_tensor(logits, name='logits')
        require_float(logits, 'logits')
        return logits, tf.nn.softmax(logits, name='probs') if multidimensional else tf.sigmoid(logits, name='probs')
    probs = tf.convert_to_tensor(probs, name='probs')
    require_float(probs, 'probs')
    if validate_args:
        one = tf.constant(1.0, probs.dtype)
        checks = [tf.assert_non_negative(probs, message='probs must be >= 0')]
        if multidimensional:
            checks.append(tf.debugging.assert_near(tf.reduce_sum(probs, -1), one, message='probs must add up to 1'))
        else:
            checks.append(tf.assert_less_equal(probs, one, message='probs must be <= 1'))
        with tf.control_dependencies(checks):
            probs = tf.identity(probs)
    with tf.name_scope('logits'):
        return (tf.log(probs) if multidimensional else tf.log(probs) - tf.log1p(-1.0 * probs)), probs


def static_broadcast(*tensors: tf.Tensor) -> tf.TensorShape:
    """Returns the shape, as far as it is known, of what `tensors` broadcast to."""
    return functools.reduce(tf.broadcast_static_shape, [tensor.shape for tensor in tensors])


def dynamic_broadcast(*tensors: tf.Tensor) -> tf.Tensor:
    """Returns the shape of what `tensors` broadcast to, int32 [ndims]."""
    return functools.reduce(tf.broadcast_dynamic_shape, [tf.shape(tensor) for tensor in tensors])


def undefined_where(condition: tf.Tensor, value: tf.Tensor, allow_nan_stats: bool, message: str) -> tf.Tensor:
    """Returns `value` with NaN where `condition` holds; without `allow_nan_stats` the graph stops there."""
    if allow_nan_stats:
        return tf.where(condition, tf.fill(tf.shape(value), tf.constant(np.nan, value.dtype)), value)
    check = tf.debugging.Assert(tf.logical_not(tf.reduce_any(condition)), [message])
    with tf.control_dependencies([check]):
        return tf.identity(value)


def leading_and(n: Any, *shapes: Sequence[Any]) -> tf.Tensor:
    """Returns the shape [n] with `shapes` behind it, int32."""
    return tf.concat([[n], *shapes], 0)
