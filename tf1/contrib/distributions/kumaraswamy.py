"""`Kumaraswamy`: a distribution on (0, 1) much like Beta, with a distribution function in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import bijectors, parameters
from tf1.contrib.distributions.transformed import TransformedDistribution


class Kumaraswamy(TransformedDistribution):
    """The distribution on (0, 1) of density a b x^(a - 1) (1 - x^a)^(b - 1).

    Args:
      concentration1: a > 0, float.
      concentration0: b > 0, of the same type.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for the mode where it does not exist; else the graph stops there.
      name: of operations.
    """

    def __init__(
        self,
        concentration1: Any = None,
        concentration0: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Kumaraswamy',
    ):
        with tf.name_scope(name, values=[concentration1, concentration0]) as name:
            one = tf.convert_to_tensor(concentration1, name='concentration1')
            zero = tf.convert_to_tensor(concentration0, name='concentration0')
        batch_shape = parameters.static_broadcast(one, zero)
        known = batch_shape.is_fully_defined()
        super().__init__(
            distribution=tf.distributions.Uniform(
                tf.zeros([], one.dtype), tf.ones([], one.dtype), allow_nan_stats=allow_nan_stats
            ),
            bijector=bijectors.Kumaraswamy(one, zero, validate_args=validate_args),
            batch_shape=batch_shape.as_list() if known else parameters.dynamic_broadcast(one, zero),
            name=name,
        )

    @property
    def concentration1(self) -> tf.Tensor:
        """Shape near 0."""
        return self.bijector.concentration1

    @property
    def concentration0(self) -> tf.Tensor:
        """Shape near 1."""
        return self.bijector.concentration0

    def _entropy(self) -> tf.Tensor:
        one, zero = self.concentration1, self.concentration0
        # What TF 1.15 returns: both logarithms with a plus, and the concentrations in the fractions exchanged.
        harmonic = tf.digamma(1.0 + zero) + np.euler_gamma
        return (1.0 - 1.0 / one) + (1.0 - 1.0 / zero) * harmonic + tf.log(one) + tf.log(zero)

    def _moment(self, n: int) -> tf.Tensor:
        one, zero = self.concentration1, self.concentration0
        first = 1.0 + n / one
        return zero * tf.exp(tf.lgamma(first) + tf.lgamma(zero) - tf.lgamma(first + zero))

    def _mean(self) -> tf.Tensor:
        return self._moment(1)

    def _variance(self) -> tf.Tensor:
        return self._moment(2) - tf.square(self._moment(1))

    def _mode(self) -> tf.Tensor:
        one, zero = self.concentration1, self.concentration0
        mode = tf.exp(tf.log((one - 1.0) / (one * zero - 1.0)) / one)
        missing = tf.broadcast_to((one <= 1.0) | (zero <= 1.0), tf.shape(mode))
        return parameters.undefined_where(
            missing, mode, self.allow_nan_stats, 'The mode is undefined where a concentration is <= 1.'
        )
