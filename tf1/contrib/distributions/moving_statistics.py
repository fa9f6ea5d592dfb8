"""Exponentially weighted moving means and variances, kept in variables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tf1 as tf


def assign_moving_mean_variance(
    mean_var: tf.Variable, variance_var: tf.Variable, value: Any, decay: Any, name: str | None = None
) -> tuple[tf.Tensor, tf.Tensor]:
    """Moves a mean and a variance towards `value`, and returns both as they are then.

    The variance becomes decay (variance + (1 - decay) (value - mean)^2) with the mean from before, the mean
    decay mean + (1 - decay) value (Finch, 2009).

    Args:
      mean_var: variable, float.
      variance_var: variable of the same shape and type.
      value: of the same shape and type.
      decay: scalar, close to 1.
      name: of operations.

    Raises:
      TypeError: `mean_var` does not hold floats, or the types differ.
    """
    with tf.name_scope(name, 'assign_moving_mean_variance', [variance_var, mean_var, value, decay]):
        dtype = mean_var.dtype.base_dtype
        _check_types(dtype, variance_var.dtype.base_dtype)
        decay = tf.convert_to_tensor(decay, dtype, name='decay')
        value = tf.convert_to_tensor(value, dtype, name='value')
        delta = value - mean_var
        # The variance is made with the mean from before, which must not change while it is read.
        with tf.control_dependencies([delta]):
            mean = mean_var.assign_add((1.0 - decay) * delta)
            variance = variance_var.assign_sub((1.0 - decay) * (variance_var - decay * tf.square(delta)))
        return mean, variance


def assign_log_moving_mean_exp(
    log_mean_exp_var: tf.Variable, log_value: Any, decay: Any, name: str | None = None
) -> tf.Tensor:
    """Moves log(mean of exp) towards `log_value`, and returns it as it is then.

    It becomes log(decay exp(old) + (1 - decay) exp(log_value)), without overflow.

    Args:
      log_mean_exp_var: variable, float.
      log_value: of the same shape and type.
      decay: scalar, close to 1.
      name: of operations.

    Raises:
      TypeError: the variable does not hold floats, or the types differ.
    """
    with tf.name_scope(name, 'assign_log_moving_mean_exp', [log_mean_exp_var, log_value, decay]):
        dtype = log_mean_exp_var.dtype.base_dtype
        _check_types(dtype, dtype)
        log_value = tf.convert_to_tensor(log_value, dtype, name='log_value')
        decay = tf.convert_to_tensor(decay, dtype, name='decay')
        old = tf.log(decay) + log_mean_exp_var
        new = tf.log1p(-decay) + log_value
        return log_mean_exp_var.assign(tf.reduce_logsumexp(tf.stack([old, new]), axis=0))


def moving_mean_variance(
    value: Any, decay: Any, collections: Sequence[str] | None = None, name: str | None = None
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the moving mean and variance of `value`, in variables of its own that each run moves.

    Args:
      value: float.
      decay: scalar, close to 1.
      collections: of the variables; global variables by default.
      name: of operations and of the variables' scope.

    Raises:
      TypeError: `value` does not hold floats.
    """
    collections = [tf.GraphKeys.GLOBAL_VARIABLES] if collections is None else collections
    with tf.variable_scope(name, 'moving_mean_variance', [value, decay]):
        value = tf.convert_to_tensor(value, name='value')
        dtype = value.dtype.base_dtype
        _check_types(dtype, dtype)
        decay = tf.convert_to_tensor(decay, dtype, name='decay')
        variance, mean = (
            tf.get_variable(
                key,
                shape=value.shape,
                dtype=dtype,
                initializer=tf.zeros_initializer(),
                trainable=False,
                collections=collections,
            )
            for key in ('moving_variance', 'moving_mean')
        )
        return assign_moving_mean_variance(mean, variance, value, decay)


def _check_types(mean: tf.DType, variance: tf.DType) -> None:
    if not mean.is_floating:
        raise TypeError(f'The mean must have a floating type, got {mean.name}.')
    if mean != variance:
        raise TypeError(f'Mean and variance must have one type, got {mean.name} and {variance.name}.')
