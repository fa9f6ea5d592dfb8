"""What is done to gradients before they are applied: noise, factors, clipping."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.layers.moving_averages import assign_moving_average

Gradients = list[tuple[tf.Tensor | None, tf.Variable]]


def apply(
    gradients: Gradients,
    noise_scale: float | None,
    multipliers: Mapping[Any, float] | None,
    clip: float | Callable[[Gradients], Gradients] | None,
    summarize: bool,
) -> Gradients:
    """Returns the gradients with noise, factors and clipping, in this order; the summary is taken before clipping.

    Raises:
      ValueError: `clip` is neither a number nor a function.
    """
    if noise_scale is not None:
        gradients = _noisy(gradients, noise_scale)
    if multipliers is not None:
        gradients = [(_multiplied(gradient, variable, multipliers), variable) for gradient, variable in gradients]
    if summarize:
        summarize_norm('gradient_norm', gradients)
    if clip is None:
        return gradients
    if isinstance(clip, numbers.Real):
        return _clipped(gradients, clip)
    if callable(clip):
        return clip(gradients)
    raise ValueError(f'clip_gradients must be a number, a function or None, got {clip!r}.')


def summarize_norm(name: str, gradients: Gradients) -> None:
    """Writes the scalar summary 'global_norm/NAME' of the gradients' global norm."""
    tf.summary.scalar(f'global_norm/{name}', tf.linalg.global_norm([gradient for gradient, _ in gradients]))


def _noisy(gradients: Gradients, scale: float) -> Gradients:
    def noisy(gradient: tf.Tensor | None) -> tf.Tensor | None:
        if gradient is None:
            return None
        shape = gradient.dense_shape if isinstance(gradient, tf.IndexedSlices) else gradient.shape
        return gradient + tf.truncated_normal(shape) * scale

    return [(noisy(gradient), variable) for gradient, variable in gradients]


def _multiplied(gradient: Any, variable: tf.Variable, multipliers: Mapping[Any, float]) -> Any:
    factors = [factor for key, factor in multipliers.items() if key is variable or key == variable.name]
    if gradient is None or not factors:
        return gradient
    if isinstance(gradient, tf.IndexedSlices):
        values = gradient.values * tf.cast(factors[0], gradient.dtype)
        return tf.IndexedSlices(values, gradient.indices, gradient.dense_shape)
    return gradient * tf.cast(factors[0], gradient.dtype)


def _clipped(gradients: Gradients, norm: float) -> Gradients:
    values, _ = tf.clip_by_global_norm([gradient for gradient, _ in gradients], norm)
    return list(zip(values, [variable for _, variable in gradients], strict=True))


def adaptive_clipping_fn(
    std_factor: float = 2.0,
    decay: float = 0.95,
    static_max_norm: float | None = None,
    global_step: tf.Variable | None = None,
    report_summary: bool = False,
    epsilon: float = 1e-8,
    name: str | None = None,
) -> Callable[[Gradients], Gradients]:
    """Returns a function for `clip_gradients` that learns what norm is usual, after Krueger and Memisevic (1412.1602).

    Gradients whose norm is above `exp(mean + std_factor * deviation)` of the logarithm of the norms so far are scaled
    to the norm `exp(mean)`.

    Args:
      std_factor: deviations above the mean that pass.
      decay: share of the old averages that stays at each step.
      static_max_norm: largest norm in any case; None for none.
      global_step: step that makes the first averages follow faster; None for no such haste.
      report_summary: whether the limit is written as the scalar summary 'global_norm/adaptive_max_gradient_norm'.
      epsilon: added to the norm, and least deviation squared.
      name: variable scope; None for 'AdaptiveMaxNorm'.
    """

    def clip(gradients: Gradients) -> Gradients:
        values = [gradient for gradient, _ in gradients]
        norm = tf.linalg.global_norm(values)
        limit, log_mean = _usual_norm(norm, std_factor, decay, global_step, epsilon, name)
        if report_summary:
            tf.summary.scalar('global_norm/adaptive_max_gradient_norm', limit)
        if static_max_norm is not None:
            limit = tf.minimum(limit, static_max_norm)
            log_mean = tf.minimum(log_mean, tf.math.log(tf.cast(static_max_norm, log_mean.dtype)))
        factor = tf.where(norm < limit, tf.ones_like(norm), tf.exp(log_mean) / norm)
        return [
            (_multiplied(gradient, variable, {variable.name: factor}), variable) for gradient, variable in gradients
        ]

    return clip


def _usual_norm(
    norm: tf.Tensor, std_factor: float, decay: float, global_step: tf.Variable | None, epsilon: float, name: str | None
) -> tuple[tf.Tensor, tf.Tensor]:
    with tf.variable_scope(name, 'AdaptiveMaxNorm', [norm]):
        log_norm = tf.math.log(norm + epsilon)
        if global_step is not None:
            steps = tf.cast(global_step, tf.float32)
            decay = decay * steps / (steps + 1.0)

        def average(label: str, value: tf.Tensor) -> tf.Tensor:
            variable = tf.get_variable(
                label, shape=value.shape, dtype=value.dtype, initializer=tf.zeros_initializer(), trainable=False
            )
            return assign_moving_average(variable, value, decay)

        mean = average('mean', log_norm)
        deviation = tf.sqrt(tf.maximum(epsilon, average('sq_mean', tf.square(log_norm)) - tf.square(mean)))
        return tf.exp(mean + std_factor * deviation), mean
