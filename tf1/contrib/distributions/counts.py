"""Distributions of counts: Poisson, Geometric, Binomial, NegativeBinomial."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.scalar import ScalarDistribution
from tf1.contrib.distributions.seeds import derived_seed


class Poisson(ScalarDistribution):
    """The Poisson distribution of counts 0, 1, 2, ... with mean `rate`.

    Args:
      rate: > 0, float; None if `log_rate` is given.
      log_rate: its logarithm.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `rate` and `log_rate` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        rate: Any = None,
        log_rate: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Poisson',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[rate, log_rate]) as name:
            if (rate is None) == (log_rate is None):
                raise ValueError(
                    f'Either rate or log_rate must be given, got {"none" if rate is None else "both"} of them.'
                )
            if log_rate is None:
                rate = tf.convert_to_tensor(rate, name='rate')
                parameters.require_float(rate, 'rate')
                self._rate = parameters.positive(rate, 'rate', validate_args)
                self._log_rate = tf.log(rate, name='log_rate')
            else:
                log_rate = tf.convert_to_tensor(log_rate, name='log_rate')
                parameters.require_float(log_rate, 'log_rate')
                self._rate = tf.exp(log_rate, name='rate')
                self._log_rate = log_rate
        self._shaping = (self._rate,)
        super().__init__(
            dtype=self._rate.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._rate],
            name=name,
        )

    @property
    def rate(self) -> tf.Tensor:
        """The mean."""
        return self._rate

    @property
    def log_rate(self) -> tf.Tensor:
        """Logarithm of the mean."""
        return self._log_rate

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        x = _checked_count(x, self.validate_args)
        return x * self.log_rate - tf.lgamma(1.0 + x) - self.rate

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.igammac(1.0 + _checked_count(x, self.validate_args), self.rate)

    def _mean(self) -> tf.Tensor:
        return tf.identity(self.rate)

    def _variance(self) -> tf.Tensor:
        return tf.identity(self.rate)

    def _mode(self) -> tf.Tensor:
        return tf.floor(self.rate)

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        return tf.random_poisson(self.rate, [n], dtype=self.dtype, seed=seed)


class _OfTrials(ScalarDistribution):
    """A distribution of counts in trials that succeed with one probability."""

    _logits: tf.Tensor
    _probs: tf.Tensor

    @property
    def logits(self) -> tf.Tensor:
        """Log-odds of success."""
        return self._logits

    @property
    def probs(self) -> tf.Tensor:
        """Probability of success."""
        return self._probs


class Geometric(_OfTrials):
    """The distribution of the number of failures before the first success, 0, 1, 2, ...

    Args:
      logits: log-odds of success, float; None if `probs` is given.
      probs: probability of success.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Geometric',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[logits, probs]) as name:
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args)
            self._probs = parameters.positive(self._probs, 'probs', validate_args)
        self._shaping = (self._probs,)
        super().__init__(
            dtype=self._probs.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._probs, self._logits],
            name=name,
        )

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        least = np.finfo(self.dtype.as_numpy_dtype).tiny
        shape = parameters.leading_and(n, tf.shape(self.probs))
        uniform = tf.random_uniform(shape, minval=least, maxval=1.0, dtype=self.dtype, seed=seed)
        return tf.floor(tf.log(uniform) / tf.log1p(-self.probs))

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        x = _checked_count(x, True) if self.validate_args else tf.floor(x)
        below = x < 0.0
        inside = -tf.expm1((1.0 + tf.where(below, tf.zeros_like(x), x)) * tf.log1p(-self.probs))
        return tf.where(tf.broadcast_to(below, tf.shape(inside)), tf.zeros_like(inside), inside)

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        x = _checked_count(x, self.validate_args)
        return x * tf.log1p(-self.probs) + tf.log(self.probs)

    def _entropy(self) -> tf.Tensor:
        failure = 1.0 - self.probs
        return -(tf.log1p(-self.probs) * failure + tf.log(self.probs) * self.probs) / self.probs

    def _mean(self) -> tf.Tensor:
        return tf.exp(-self.logits)

    def _variance(self) -> tf.Tensor:
        return self._mean() / self.probs

    def _mode(self) -> tf.Tensor:
        return tf.zeros(self.batch_shape_tensor(), self.dtype)


class Binomial(_OfTrials):
    """The distribution of the number of successes in `total_count` trials; it cannot be sampled from.

    Args:
      total_count: number of trials, float, >= 0.
      logits: log-odds of success, of the same type; None if `probs` is given.
      probs: probability of success.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        total_count: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Binomial',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[total_count, logits, probs]) as name:
            total_count = tf.convert_to_tensor(total_count, name='total_count')
            self._total_count = _checked_count(total_count, validate_args)
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args)
        self._shaping = self._total_count, self._probs
        super().__init__(
            dtype=self._probs.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._total_count, self._logits, self._probs],
            name=name,
        )

    @property
    def total_count(self) -> tf.Tensor:
        """Number of trials."""
        return self._total_count

    def _log_prob(self, counts: tf.Tensor) -> tf.Tensor:
        counts = self._checked(counts)
        weights = counts * tf.log(self.probs) + (self.total_count - counts) * tf.log1p(-self.probs)
        failures = tf.lgamma(1.0 + self.total_count - counts)
        return weights - (failures + tf.lgamma(1.0 + counts) - tf.lgamma(1.0 + self.total_count))

    def _cdf(self, counts: tf.Tensor) -> tf.Tensor:
        counts = self._checked(counts)
        shape = tf.broadcast_dynamic_shape(tf.shape(counts), self.batch_shape_tensor())
        counts, total, probs = (tf.broadcast_to(each, shape) for each in (counts, self.total_count, self.probs))
        all_of_them = counts >= total
        safe = tf.where(all_of_them, tf.zeros_like(counts), counts)
        below = tf.betainc(tf.maximum(total - safe, 1e-30), safe + 1.0, 1.0 - probs)
        return tf.where(all_of_them, tf.ones_like(below), below)

    def _mean(self) -> tf.Tensor:
        return self.total_count * self.probs

    def _variance(self) -> tf.Tensor:
        return self._mean() * (1.0 - self.probs)

    def _mode(self) -> tf.Tensor:
        return tf.floor((1.0 + self.total_count) * self.probs)

    def _checked(self, counts: tf.Tensor) -> tf.Tensor:
        counts = _checked_count(counts, self.validate_args)
        if not self.validate_args:
            return counts
        check = tf.assert_less_equal(counts, self.total_count, message='counts must be <= total_count')
        with tf.control_dependencies([check]):
            return tf.identity(counts)


class NegativeBinomial(_OfTrials):
    """The distribution of the number of successes before `total_count` failures.

    Args:
      total_count: number of failures, float, > 0, also no whole number.
      logits: log-odds of success, of the same type; None if `probs` is given.
      probs: probability of success.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        total_count: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'NegativeBinomial',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[total_count, logits, probs]) as name:
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args)
            self._total_count = parameters.positive(total_count, 'total_count', validate_args, named=False)
        self._shaping = self._total_count, self._probs
        super().__init__(
            dtype=self._probs.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._total_count, self._probs, self._logits],
            name=name,
        )

    @property
    def total_count(self) -> tf.Tensor:
        """Number of failures."""
        return self._total_count

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        # A Poisson variable whose rate is a gamma variable.
        alpha = self.total_count
        if alpha.shape.ndims != 0 and alpha.shape != self.logits.shape:
            alpha += tf.zeros_like(self.logits)
        rate = tf.random_gamma([n], alpha=alpha, beta=tf.exp(-self.logits), dtype=self.dtype, seed=seed)
        return tf.random_poisson(rate, [], dtype=self.dtype, seed=derived_seed(seed, 'negative_binom'))

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        x = _checked_count(x, self.validate_args)
        shape = tf.broadcast_dynamic_shape(tf.shape(x), self.batch_shape_tensor())
        x, total, logits = (tf.broadcast_to(each, shape) for each in (x, self.total_count, self.logits))
        return tf.betainc(total, 1.0 + x, tf.sigmoid(-logits))

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        x = _checked_count(x, self.validate_args)
        weights = self.total_count * tf.log_sigmoid(-self.logits) + x * tf.log_sigmoid(self.logits)
        return weights + tf.lgamma(self.total_count + x) - tf.lgamma(1.0 + x) - tf.lgamma(self.total_count)

    def _mean(self) -> tf.Tensor:
        return self.total_count * tf.exp(self.logits)

    def _mode(self) -> tf.Tensor:
        mode = tf.floor((self.total_count - 1.0) * tf.exp(self.logits))
        return tf.maximum(mode, tf.zeros([], self.dtype))

    def _variance(self) -> tf.Tensor:
        return self._mean() / tf.sigmoid(-self.logits)


def _checked_count(x: tf.Tensor, validate_args: bool) -> tf.Tensor:
    """Returns `x`, checked when the graph runs to hold whole numbers >= 0 if `validate_args` says so."""
    if not validate_args:
        return x
    checks = [
        tf.assert_non_negative(x, message='counts must be >= 0'),
        tf.assert_equal(x, tf.round(x), message='counts must be whole numbers'),
    ]
    with tf.control_dependencies(checks):
        return tf.identity(x)
