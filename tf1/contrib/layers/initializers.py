"""First values of weights that keep the scale of what flows through them: Xavier and variance scaling."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

Initializer = Callable[..., tf.Tensor]

_MODES = ('FAN_IN', 'FAN_OUT', 'FAN_AVG')
# Cutting a normal distribution at two standard deviations takes variance away; TF 1.15 gives this much back.
_TRUNCATION = 1.3


def xavier_initializer(uniform: bool = True, seed: int | None = None, dtype: tf.DType = tf.float32) -> Initializer:
    """Returns an initializer after Glorot and Bengio: variance 2 / (inputs + outputs) of the unit.

    Args:
      uniform: whether values are uniform; else they are normal, cut at two standard deviations.
      seed: seed of the random operation.
      dtype: type of the values where the variable names none.

    Raises:
      TypeError: `dtype` is no floating point type.
    """
    return variance_scaling_initializer(factor=1.0, mode='FAN_AVG', uniform=uniform, seed=seed, dtype=dtype)


def xavier_initializer_conv2d(
    uniform: bool = True, seed: int | None = None, dtype: tf.DType = tf.float32
) -> Initializer:
    """Returns `xavier_initializer`, which knows kernels of convolutions too."""
    return xavier_initializer(uniform, seed, dtype)


def variance_scaling_initializer(
    factor: float = 2.0,
    mode: str = 'FAN_IN',
    uniform: bool = False,
    seed: int | None = None,
    dtype: tf.DType = tf.float32,
) -> Initializer:
    """Returns an initializer of variance `factor` / n, where n counts inputs, outputs or their mean.

    Args:
      factor: the multiplier.
      mode: 'FAN_IN', 'FAN_OUT' or 'FAN_AVG': what n counts.
      uniform: whether values are uniform; else they are normal, cut at two standard deviations.
      seed: seed of the random operation.
      dtype: type of the values where the variable names none.

    Raises:
      TypeError: `dtype` is no floating point type, or `mode` is none of the three.
    """
    _check_floating(dtype)
    if mode not in _MODES:
        raise TypeError(f'mode must be one of {", ".join(_MODES)}, got {mode!r}.')

    def initializer(
        shape: Sequence[int], dtype: tf.DType | None = dtype, partition_info: Any | None = None
    ) -> tf.Tensor:
        _check_floating(dtype)
        # As in TF 1.15, a part of a partitioned variable counts for itself.
        count = _count(mode, [int(size) for size in shape])
        if uniform:
            limit = math.sqrt(3.0 * factor / count)
            return tf.random_uniform(shape, -limit, limit, dtype, seed=seed)
        stddev = math.sqrt(_TRUNCATION * factor / count)
        return tf.truncated_normal(shape, 0.0, stddev, dtype, seed=seed)

    return initializer


def _check_floating(dtype: tf.DType) -> None:
    if not tf.as_dtype(dtype).is_floating:
        raise TypeError(f'An initializer of random weights needs a floating point dtype, got {dtype}.')


def _count(mode: str, shape: list[int]) -> float:
    """Returns n for a kernel `[..., inputs, outputs]`, whose leading dimensions are the receptive field."""
    if not shape:
        return 1.0
    field = math.prod(shape[:-2])
    fan_in = float(field * (shape[-2] if len(shape) > 1 else shape[-1]))
    fan_out = float(field * shape[-1])
    return {'FAN_IN': fan_in, 'FAN_OUT': fan_out, 'FAN_AVG': (fan_in + fan_out) / 2.0}[mode]
