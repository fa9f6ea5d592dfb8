"""Posteriors of the mean of normal variables whose standard deviation is known."""

from __future__ import annotations

from typing import Any

import tf1 as tf

Normal = tf.distributions.Normal


def normal_conjugates_known_scale_posterior(prior: Normal, scale: tf.Tensor, s: tf.Tensor, n: Any) -> Normal:
    """Returns the distribution of the mean after `n` observations, for the `prior` of it.

    Args:
      prior: Normal.
      scale: standard deviation of an observation, a tensor.
      s: sum of the observations, a tensor of the prior's type.
      n: how many there are.

    Raises:
      TypeError: `prior` is no Normal, or `s` has another type.
    """
    loc, variance = _posterior(prior, scale, s, n)
    return Normal(loc=loc, scale=tf.sqrt(variance))


def normal_conjugates_known_scale_predictive(prior: Normal, scale: tf.Tensor, s: tf.Tensor, n: Any) -> Normal:
    """Returns the distribution of the next observation after `n`, for the `prior` of their mean.

    Args:
      prior: Normal.
      scale: standard deviation of an observation, a tensor.
      s: sum of the observations, a tensor of the prior's type.
      n: how many there are.

    Raises:
      TypeError: `prior` is no Normal, or `s` has another type.
    """
    loc, variance = _posterior(prior, scale, s, n)
    return Normal(loc=loc, scale=tf.sqrt(variance + tf.square(tf.convert_to_tensor(scale, loc.dtype))))


def _posterior(prior: Normal, scale: Any, s: Any, n: Any) -> tuple[tf.Tensor, tf.Tensor]:
    if not isinstance(prior, Normal):
        raise TypeError(f'prior must be a Normal, got {type(prior).__name__}.')
    s = tf.convert_to_tensor(s, None if tf.is_tensor(s) else prior.dtype)
    if s.dtype != prior.dtype:
        raise TypeError(f's must have the type of prior, {prior.dtype.name}, got {s.dtype.name}.')
    n = tf.cast(n, prior.dtype)
    prior_variance = tf.square(prior.scale)
    variance = tf.square(tf.convert_to_tensor(scale, prior.dtype))
    posterior = 1.0 / (1.0 / prior_variance + n / variance)
    return (prior.loc / prior_variance + s / variance) * posterior, posterior
