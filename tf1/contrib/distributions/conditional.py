"""Distributions whose methods take further keyword arguments."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.transformed import TransformedDistribution


class ConditionalDistribution(Distribution):
    """A distribution whose methods hand further keyword arguments to their underscored versions."""

    def sample(
        self, sample_shape: Any = (), seed: int | None = None, name: str = 'sample', **condition_kwargs: Any
    ) -> tf.Tensor:
        """Returns samples of shape sample_shape + batch_shape + event_shape."""
        return self._call_sample_n(sample_shape, seed, name, **condition_kwargs)

    def log_prob(self, value: Any, name: str = 'log_prob', **condition_kwargs: Any) -> tf.Tensor:
        """Returns the logarithm of the density at `value`."""
        return self._call_log_prob(value, name, **condition_kwargs)

    def prob(self, value: Any, name: str = 'prob', **condition_kwargs: Any) -> tf.Tensor:
        """Returns the density at `value`."""
        return self._call_prob(value, name, **condition_kwargs)

    def log_cdf(self, value: Any, name: str = 'log_cdf', **condition_kwargs: Any) -> tf.Tensor:
        """Returns the logarithm of the distribution function at `value`."""
        return self._call_log_cdf(value, name, **condition_kwargs)

    def cdf(self, value: Any, name: str = 'cdf', **condition_kwargs: Any) -> tf.Tensor:
        """Returns the distribution function at `value`."""
        return self._call_cdf(value, name, **condition_kwargs)

    def log_survival_function(
        self, value: Any, name: str = 'log_survival_function', **condition_kwargs: Any
    ) -> tf.Tensor:
        """Returns the logarithm of 1 - cdf."""
        return self._call_log_survival_function(value, name, **condition_kwargs)

    def survival_function(self, value: Any, name: str = 'survival_function', **condition_kwargs: Any) -> tf.Tensor:
        """Returns 1 - cdf."""
        return self._call_survival_function(value, name, **condition_kwargs)


class ConditionalTransformedDistribution(ConditionalDistribution, TransformedDistribution):
    """A TransformedDistribution whose methods take `bijector_kwargs` and `distribution_kwargs`, two dictionaries.

    Args:
      distribution: of x.
      bijector: of y; the identity by default.
      batch_shape: replaces a batch shape [] of `distribution`.
      event_shape: replaces an event shape [] of `distribution`.
      validate_args: check arguments when the graph runs.
      name: of operations; by default the bijector's name before the distribution's.
    """

    def __init__(
        self,
        distribution: Distribution,
        bijector: Any = None,
        batch_shape: Any = None,
        event_shape: Any = None,
        validate_args: bool = False,
        name: str | None = None,
    ):
        TransformedDistribution.__init__(self, distribution, bijector, batch_shape, event_shape, validate_args, name)
