"""Distributions of real numbers with a location and a scale: Cauchy, Logistic, HalfNormal."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.scalar import ScalarDistribution


class _LocationScale(ScalarDistribution):
    """A distribution of loc + scale z, where z does not depend on either; both broadcast."""

    _ANY_SHAPE = ('loc', 'scale')

    def _set_up(self, given: dict[str, Any]) -> None:
        """Validates the arguments `given` to the constructor and finishes it."""
        with tf.name_scope(given['name'], values=[given['loc'], given['scale']]) as name:
            self._loc = tf.identity(given['loc'], name='loc')
            self._scale = parameters.positive(given['scale'], 'scale', given['validate_args'])
            tf.debugging.assert_same_float_dtype([self._loc, self._scale])
        self._shaping = self._loc, self._scale
        super().__init__(
            dtype=self._scale.dtype,
            reparameterization_type=tf.distributions.FULLY_REPARAMETERIZED,
            validate_args=given['validate_args'],
            allow_nan_stats=given['allow_nan_stats'],
            parameters=given,
            graph_parents=[self._loc, self._scale],
            name=name,
        )

    @property
    def loc(self) -> tf.Tensor:
        """Where the distribution stands."""
        return self._loc

    @property
    def scale(self) -> tf.Tensor:
        """How wide it is."""
        return self._scale

    def _z(self, x: tf.Tensor) -> tf.Tensor:
        return (x - self.loc) / self.scale

    def _mode(self) -> tf.Tensor:
        return self._filled(self.loc)


class Cauchy(_LocationScale):
    """The Cauchy distribution, of density 1 / (pi scale (1 + z^2)) with z = (x - loc) / scale.

    Args:
      loc: the median, float.
      scale: > 0, of loc's type.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for mean and variance, which do not exist; else they raise ValueError.
      name: of operations.

    Raises:
      ValueError: the types of `loc` and `scale` differ.
    """

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = 'Cauchy'
    ):
        given = dict(locals())
        self._set_up(given)

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        return self._quantile(tf.random_uniform(self._sample_shape(n), dtype=self.dtype, seed=seed))

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.log1p(tf.square(self._z(x))) - (np.log(np.pi) + tf.log(self.scale))

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.atan(self._z(x)) / np.pi + 0.5

    def _log_cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.log1p(2 / np.pi * tf.atan(self._z(x))) - np.log(2)

    def _entropy(self) -> tf.Tensor:
        return self._filled(np.log(4 * np.pi) + tf.log(self.scale))

    def _quantile(self, p: tf.Tensor) -> tf.Tensor:
        return self.loc + self.scale * tf.tan(np.pi * (p - 0.5))

    def _mean(self) -> tf.Tensor:
        return self._undefined('mean')

    def _stddev(self) -> tf.Tensor:
        return self._undefined('stddev')

    def _variance(self) -> tf.Tensor:
        return self._undefined('variance')

    def _undefined(self, statistic: str) -> tf.Tensor:
        if not self.allow_nan_stats:
            raise ValueError(f'{statistic} does not exist for Cauchy; with allow_nan_stats=True it is NaN.')
        return tf.fill(self.batch_shape_tensor(), tf.constant(np.nan, self.dtype))


class Logistic(_LocationScale):
    """The logistic distribution, whose distribution function is sigmoid((x - loc) / scale).

    Args:
      loc: the mean, float.
      scale: > 0, of loc's type.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: the types of `loc` and `scale` differ.
    """

    def __init__(
        self, loc: Any, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = 'Logistic'
    ):
        given = dict(locals())
        self._set_up(given)

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        # Zero would end at minus infinity.
        least = np.finfo(self.dtype.as_numpy_dtype).tiny
        uniform = tf.random_uniform(self._sample_shape(n), minval=least, maxval=1.0, dtype=self.dtype, seed=seed)
        return (tf.log(uniform) - tf.log1p(-1.0 * uniform)) * self.scale + self.loc

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        z = self._z(x)
        return -z - 2.0 * tf.nn.softplus(-z) - tf.log(self.scale)

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.sigmoid(self._z(x))

    def _log_cdf(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.nn.softplus(-self._z(x))

    def _survival_function(self, x: tf.Tensor) -> tf.Tensor:
        return tf.sigmoid(-self._z(x))

    def _log_survival_function(self, x: tf.Tensor) -> tf.Tensor:
        return -tf.nn.softplus(self._z(x))

    def _entropy(self) -> tf.Tensor:
        return self._filled(2 + tf.log(self.scale))

    def _mean(self) -> tf.Tensor:
        return self._filled(self.loc)

    def _stddev(self) -> tf.Tensor:
        return self._filled(self.scale * np.pi / np.sqrt(3))


class HalfNormal(ScalarDistribution):
    """The distribution of |x| for a normal x of mean 0 and standard deviation `scale`.

    Args:
      scale: > 0, float.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.
    """

    _ANY_SHAPE = ('scale',)

    def __init__(self, scale: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = 'HalfNormal'):
        given = dict(locals())
        with tf.name_scope(name, values=[scale]) as name:
            self._scale = parameters.positive(scale, 'scale', validate_args)
        self._shaping = (self._scale,)
        super().__init__(
            dtype=self._scale.dtype,
            reparameterization_type=tf.distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._scale],
            name=name,
        )

    @property
    def scale(self) -> tf.Tensor:
        """Standard deviation of the normal variable."""
        return self._scale

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        return tf.abs(tf.random_normal(self._sample_shape(n), dtype=self.dtype, seed=seed) * self.scale)

    def _prob(self, x: tf.Tensor) -> tf.Tensor:
        density = np.sqrt(2) / (self.scale * np.sqrt(np.pi)) * tf.exp(-0.5 * tf.square(x / self.scale))
        return density * tf.cast(x >= 0, self.dtype)

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.erf(tf.nn.relu(x) / self.scale / np.sqrt(2.0))

    def _entropy(self) -> tf.Tensor:
        return 0.5 * tf.log(np.pi * tf.square(self.scale) / 2.0) + 0.5

    def _mean(self) -> tf.Tensor:
        return self.scale * np.sqrt(2.0) / np.sqrt(np.pi)

    def _quantile(self, p: tf.Tensor) -> tf.Tensor:
        return np.sqrt(2.0) * self.scale * tf.math.erfinv(p)

    def _mode(self) -> tf.Tensor:
        return tf.zeros(self.batch_shape_tensor(), self.dtype)

    def _variance(self) -> tf.Tensor:
        return tf.square(self.scale) * (1.0 - 2.0 / np.pi)
