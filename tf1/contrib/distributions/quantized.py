"""`QuantizedDistribution`: a distribution of real numbers rounded up to whole ones."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.scalar import Distribution


class QuantizedDistribution(Distribution):
    """The distribution of ceiling(x), kept within [low, high], for x of `distribution`.

    Args:
      distribution: of x, with cdf or log_cdf (survival functions make the upper tail more exact).
      low: whole numbers that broadcast with the batch; samples below become `low`. None for no limit.
      high: whole numbers; samples above become `high`. None for no limit.
      validate_args: check arguments when the graph runs.
      name: of operations.

    Raises:
      TypeError: `distribution` is no Distribution.
    """

    def __init__(
        self,
        distribution: Distribution,
        low: Any = None,
        high: Any = None,
        validate_args: bool = False,
        name: str = 'QuantizedDistribution',
    ):
        given = dict(locals())
        if not isinstance(distribution, Distribution):
            raise TypeError(f'distribution must be a Distribution, got {distribution!r}.')
        self._dist = distribution
        with tf.name_scope(name, values=[low, high]) as name:
            self._low = self._limit(low, 'low', validate_args)
            self._high = self._limit(high, 'high', validate_args)
            if validate_args and low is not None and high is not None:
                check = tf.assert_less(self._low, self._high, message='low must be < high')
                with tf.control_dependencies([check]):
                    self._low = tf.identity(self._low)
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=distribution.allow_nan_stats,
            parameters=given,
            graph_parents=[
                *distribution._graph_parents,
                *[each for each in (self._low, self._high) if each is not None],
            ],
            name=name,
        )

    @property
    def distribution(self) -> Distribution:
        """The distribution that is rounded."""
        return self._dist

    @property
    def low(self) -> tf.Tensor | None:
        """Lowest value of samples."""
        return self._low

    @property
    def high(self) -> tf.Tensor | None:
        """Highest value of samples."""
        return self._high

    def _batch_shape_tensor(self) -> tf.Tensor:
        return self.distribution.batch_shape_tensor()

    def _batch_shape(self) -> tf.TensorShape:
        return self.distribution.batch_shape

    def _event_shape_tensor(self) -> tf.Tensor:
        return self.distribution.event_shape_tensor()

    def _event_shape(self) -> tf.TensorShape:
        return self.distribution.event_shape

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        with tf.name_scope('transform'):
            n = tf.convert_to_tensor(n, name='n')
            x = self.distribution.sample(n, seed=seed)
            ones = tf.ones_like(x)
            y = tf.ceil(x)
            if self.low is not None:
                y = tf.where(y < self.low, self.low * ones, y)
            return y if self.high is None else tf.where(y > self.high, self.high * ones, y)

    def _prob(self, y: tf.Tensor) -> tf.Tensor:
        if not _has_survival_function(self.distribution):
            return self.cdf(y) - self.cdf(y - 1)
        survival, cdf = self.survival_function(y), self.cdf(y)
        # The smaller of two numbers near each other is the more exact one.
        return tf.where(survival < cdf, self.survival_function(y - 1) - survival, cdf - self.cdf(y - 1))

    def _log_prob(self, y: tf.Tensor) -> tf.Tensor:
        if not _has_survival_function(self.distribution):
            return _log_difference(self.log_cdf(y), self.log_cdf(y - 1))
        survival, cdf = self.log_survival_function(y), self.log_cdf(y)
        upper = survival < cdf
        larger = tf.where(upper, self.log_survival_function(y - 1), cdf)
        smaller = tf.where(upper, survival, self.log_cdf(y - 1))
        return _log_difference(larger, smaller)

    def _cdf(self, y: tf.Tensor) -> tf.Tensor:
        return self._limited(self.distribution.cdf, tf.floor(y), 0.0, 1.0)

    def _log_cdf(self, y: tf.Tensor) -> tf.Tensor:
        return self._limited(self.distribution.log_cdf, tf.floor(y), -np.inf, 0.0)

    def _survival_function(self, y: tf.Tensor) -> tf.Tensor:
        return self._limited(self.distribution.survival_function, tf.ceil(y), 1.0, 0.0)

    def _log_survival_function(self, y: tf.Tensor) -> tf.Tensor:
        return self._limited(self.distribution.log_survival_function, tf.ceil(y), 0.0, -np.inf)

    def _limited(self, method: Any, whole: tf.Tensor, below: float, above: float) -> tf.Tensor:
        """Returns `method` of `whole`, but `below` under the lower limit and `above` from the upper one on."""
        result = method(whole)
        whole = tf.broadcast_to(whole, tf.shape(result))
        if self.low is not None:
            result = tf.where(whole < self.low, tf.fill(tf.shape(result), tf.constant(below, result.dtype)), result)
        if self.high is not None:
            result = tf.where(whole >= self.high, tf.fill(tf.shape(result), tf.constant(above, result.dtype)), result)
        return result

    def _limit(self, value: Any, name: str, validate_args: bool) -> tf.Tensor | None:
        if value is None:
            return None
        value = tf.convert_to_tensor(value, self._dist.dtype, name=name)
        if not validate_args:
            return value
        check = tf.assert_equal(value, tf.round(value), message=f'{name} must hold whole numbers')
        with tf.control_dependencies([check]):
            return tf.identity(value)


def _has_survival_function(distribution: Distribution) -> bool:
    """Tells whether a distribution can compute its upper tail."""
    try:
        distribution.survival_function(tf.zeros(distribution.batch_shape_tensor(), distribution.dtype))
    except NotImplementedError:
        return False
    return True


def _log_difference(larger: tf.Tensor, smaller: tf.Tensor) -> tf.Tensor:
    """Returns log(exp(larger) - exp(smaller))."""
    return larger + tf.log(-tf.expm1(smaller - larger))
