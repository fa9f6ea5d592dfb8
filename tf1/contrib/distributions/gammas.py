"""Relatives of the gamma distribution: Chi2 and InverseGamma."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.scalar import ScalarDistribution


class Chi2(tf.distributions.Gamma):
    """The chi-squared distribution, a gamma distribution of concentration df / 2 and rate 1 / 2.

    Args:
      df: degrees of freedom, float, > 0.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.
    """

    def __init__(self, df: Any, validate_args: bool = False, allow_nan_stats: bool = True, name: str = 'Chi2'):
        given = dict(locals())
        with tf.name_scope(name, values=[df]) as name:
            self._df = parameters.positive(df, 'df', validate_args)
            super().__init__(
                concentration=0.5 * self._df,
                rate=tf.constant(0.5, self._df.dtype),
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=name,
            )
        self._parameters = given

    @staticmethod
    def _param_shapes(sample_shape: Any) -> dict[str, tf.Tensor]:
        return {'df': tf.convert_to_tensor(sample_shape, tf.int32)}

    @property
    def df(self) -> tf.Tensor:
        """Degrees of freedom."""
        return self._df


class InverseGamma(ScalarDistribution):
    """The distribution of 1 / x for a gamma variable x.

    Args:
      concentration: > 0, float.
      rate: > 0, of the same type.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for mean and variance where they do not exist; else the graph stops there.
      name: of operations.

    Raises:
      ValueError: the types of `concentration` and `rate` differ.
    """

    _ANY_SHAPE = ('concentration', 'rate')

    def __init__(
        self,
        concentration: Any,
        rate: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'InverseGamma',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[concentration, rate]) as name:
            self._concentration = parameters.positive(concentration, 'concentration', validate_args)
            self._rate = parameters.positive(rate, 'rate', validate_args)
            tf.debugging.assert_same_float_dtype([self._concentration, self._rate])
        self._shaping = self._concentration, self._rate
        super().__init__(
            dtype=self._concentration.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._concentration, self._rate],
            name=name,
        )

    @property
    def concentration(self) -> tf.Tensor:
        """Concentration of the gamma variable."""
        return self._concentration

    @property
    def rate(self) -> tf.Tensor:
        """Rate of the gamma variable."""
        return self._rate

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        return 1.0 / tf.random_gamma([n], self.concentration, self.rate, dtype=self.dtype, seed=seed)

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        log_normaliser = tf.lgamma(self.concentration) - self.concentration * tf.log(self.rate)
        return -(1.0 + self.concentration) * tf.log(x) - self.rate / x - log_normaliser

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.igammac(self._filled(self.concentration), self.rate / x)

    def _entropy(self) -> tf.Tensor:
        concentration = self.concentration
        log_gamma = tf.log(self.rate) + tf.lgamma(concentration)
        return concentration + log_gamma - (1.0 + concentration) * tf.digamma(concentration)

    def _mean(self) -> tf.Tensor:
        mean = self._filled(self.rate / (self.concentration - 1.0))
        missing = self._filled(self.concentration) <= 1.0
        return parameters.undefined_where(
            missing, mean, self.allow_nan_stats, 'The mean is undefined where concentration <= 1.'
        )

    def _variance(self) -> tf.Tensor:
        squares = tf.square(self.concentration - 1.0) * (self.concentration - 2.0)
        missing = self._filled(self.concentration) <= 2.0
        variance = self._filled(tf.square(self.rate) / squares)
        return parameters.undefined_where(
            missing, variance, self.allow_nan_stats, 'The variance is undefined where concentration <= 2.'
        )

    def _mode(self) -> tf.Tensor:
        return self.rate / (1.0 + self.concentration)
