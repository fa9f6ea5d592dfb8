"""Distributions of one-hot vectors, and their relaxations that have gradients."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions import bijectors, parameters
from tf1.contrib.distributions.location_scale import Logistic
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.transformed import TransformedDistribution


class _OfLogits(Distribution):
    """A distribution of vectors [k] with a logit for each number of the vector."""

    _logits: tf.Tensor
    _probs: tf.Tensor
    _event_size: tf.Tensor

    def _read_shape(self) -> None:
        ndims = self._logits.shape.ndims
        if ndims is not None:
            # A constant of TF 1.15's graph, which nothing reads.
            tf.constant(ndims - 1, tf.int32, name='batch_rank')
        with tf.name_scope('event_size'):
            self._event_size = tf.shape(self._logits)[-1]

    @property
    def event_size(self) -> tf.Tensor:
        """Number of classes, a scalar int32 tensor."""
        return self._event_size

    @property
    def logits(self) -> tf.Tensor:
        """Unnormalised log-probabilities [..., k]."""
        return self._logits

    @property
    def probs(self) -> tf.Tensor:
        """Probabilities [..., k]."""
        return self._probs

    def _batch_shape_tensor(self) -> tf.Tensor:
        return tf.shape(self._logits)[:-1]

    def _batch_shape(self) -> tf.TensorShape:
        return self._logits.shape[:-1]

    def _event_shape_tensor(self) -> tf.Tensor:
        return tf.shape(self._logits)[-1:]

    def _event_shape(self) -> tf.TensorShape:
        return self._logits.shape.with_rank_at_least(1)[-1:]


class OneHotCategorical(_OfLogits):
    """One of k classes, as a vector [k] with a single 1.

    Args:
      logits: unnormalised log-probabilities [..., k] float; None if `probs` is given.
      probs: probabilities [..., k].
      dtype: of samples.
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
        dtype: Any = tf.int32,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'OneHotCategorical',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[logits, probs]) as name:
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args, True)
            self._read_shape()
        super().__init__(
            dtype=dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._logits, self._probs],
            name=name,
        )

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        shape = parameters.leading_and(n, tf.shape(self.logits))
        rows = self.logits if self.logits.shape.ndims == 2 else tf.reshape(self.logits, [-1, self._event_size])
        chosen = tf.transpose(tf.multinomial(rows, n, seed=seed))
        hot = tf.one_hot(chosen, self._event_size, dtype=self.dtype)
        return tf.reshape(hot, shape)

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        shape = tf.broadcast_dynamic_shape(tf.shape(x), tf.shape(self.logits))
        labels = tf.broadcast_to(tf.cast(x, self.logits.dtype), shape)
        logits = tf.broadcast_to(self.logits, shape)
        return -tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)

    def _entropy(self) -> tf.Tensor:
        return -tf.reduce_sum(tf.nn.log_softmax(self.logits) * self.probs, axis=-1)

    def _mode(self) -> tf.Tensor:
        hot = tf.one_hot(tf.argmax(self.logits, axis=-1), self._event_size, dtype=self.dtype)
        hot.set_shape(self.logits.shape)
        return hot

    def _covariance(self) -> tf.Tensor:
        outer = -self.probs[..., tf.newaxis] * self.probs[..., tf.newaxis, :]
        return tf.matrix_set_diag(outer, self._variance())

    def _variance(self) -> tf.Tensor:
        return self.probs * (1.0 - self.probs)


class ExpRelaxedOneHotCategorical(_OfLogits):
    """The logarithm of a relaxed one-hot vector [k] (Maddison et al., 2016; Jang et al., 2016).

    Args:
      temperature: [...] float, > 0; the closer to 0, the closer to one-hot.
      logits: unnormalised log-probabilities [..., k] of the same type; None if `probs` is given.
      probs: probabilities [..., k].
      dtype: of samples; that of the logits by default.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'ExpRelaxedOneHotCategorical',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[logits, probs, temperature]) as name:
            self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args, True)
            dtype = self._logits.dtype if dtype is None else tf.as_dtype(dtype)
            temperature = tf.cast(temperature, self._logits.dtype)
            self._temperature = parameters.positive(temperature, 'temperature', validate_args)
            # TF 1.15 knows no others than a scalar for the whole batch.
            self._is_scalar = temperature.shape.ndims == 0
            if self._is_scalar:
                self._wide_temperature = tf.reshape(temperature, [-1, 1], name='temperature_2d')
            else:
                self._wide_temperature = self._temperature[..., tf.newaxis]
            self._read_shape()
        super().__init__(
            dtype=dtype,
            reparameterization_type=tf.distributions.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._logits, self._probs, self._temperature],
            name=name,
        )

    @property
    def temperature(self) -> tf.Tensor:
        """The temperature [...]."""
        return self._temperature

    def _batch_shape_tensor(self) -> tf.Tensor:
        return tf.broadcast_dynamic_shape(tf.shape(self._temperature), tf.shape(self._logits)[:-1])

    def _batch_shape(self) -> tf.TensorShape:
        return tf.broadcast_static_shape(self._temperature.shape, self._logits.shape[:-1])

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        if self._is_scalar:
            shape = parameters.leading_and(n, tf.shape(self.logits))
            rows = tf.reshape(self.logits * tf.ones(shape, self.dtype), [-1, self._event_size])
            drawn = self._drawn(tf.shape(rows), rows, seed)
            return tf.reshape(drawn, shape)
        shape = tf.concat([self.batch_shape_tensor(), tf.shape(self.logits)[-1:]], 0)
        return self._drawn(parameters.leading_and(n, shape), self.logits, seed)

    def _drawn(self, shape: tf.Tensor, logits: tf.Tensor, seed: int | None) -> tf.Tensor:
        # Zero would have an infinite logarithm.
        least = np.finfo(self.dtype.as_numpy_dtype).tiny
        uniform = tf.random_uniform(shape, minval=least, maxval=1.0, dtype=self.dtype, seed=seed)
        gumbel = -tf.log(-tf.log(uniform))
        return tf.nn.log_softmax(tf.div(gumbel + logits, self._wide_temperature))

    def _log_prob(self, x: tf.Tensor) -> tf.Tensor:
        size = tf.cast(self._event_size, self.dtype)
        wide = self.temperature[..., tf.newaxis]
        unnormalised = tf.reduce_sum(tf.nn.log_softmax(self.logits - x * wide), axis=-1)
        return unnormalised + tf.lgamma(size) + (size - 1) * tf.log(self.temperature)


class RelaxedOneHotCategorical(TransformedDistribution):
    """A vector [k] of positive numbers that add up to 1, close to one-hot at a low temperature.

    Args:
      temperature: [...] float, > 0; the closer to 0, the closer to one-hot.
      logits: unnormalised log-probabilities [..., k] of the same type; None if `probs` is given.
      probs: probabilities [..., k].
      dtype: of samples; that of the logits by default.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        dtype: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'RelaxedOneHotCategorical',
    ):
        base = ExpRelaxedOneHotCategorical(
            temperature,
            logits=logits,
            probs=probs,
            dtype=dtype,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
        )
        super().__init__(base, bijectors.Exp(validate_args=validate_args), validate_args=validate_args, name=name)


class RelaxedBernoulli(TransformedDistribution):
    """A number in (0, 1), close to 0 or 1 at a low temperature (Maddison et al., 2016; Jang et al., 2016).

    Args:
      temperature: float, > 0.
      logits: log-odds of 1, of the same type; None if `probs` is given.
      probs: probability of 1.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: both `logits` and `probs` are given, or none.
      TypeError: the one given does not hold floats.
    """

    def __init__(
        self,
        temperature: Any,
        logits: Any = None,
        probs: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'RelaxedBernoulli',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[logits, probs, temperature]) as name:
            if not tf.is_tensor(temperature):
                dtype = getattr(probs if logits is None else logits, 'dtype', tf.float32)
                temperature = np.asarray(temperature, tf.as_dtype(dtype).as_numpy_dtype)
            self._temperature = parameters.positive(temperature, 'temperature', validate_args)
            with tf.name_scope('get_logits_and_probs'):
                self._logits, self._probs = parameters.logits_and_probs(logits, probs, validate_args)
            base = Logistic(
                self._logits / self._temperature,
                1.0 / self._temperature,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                name=f'{name or "RelaxedBernoulli"}/Logistic',
            )
        super().__init__(base, bijectors.Sigmoid(validate_args=validate_args), validate_args=validate_args, name=name)
        self._parameters = given

    @staticmethod
    def _param_shapes(sample_shape: Any) -> dict[str, tf.Tensor]:
        return {'logits': tf.convert_to_tensor(sample_shape, tf.int32)}

    @property
    def temperature(self) -> tf.Tensor:
        """The temperature."""
        return self._temperature

    @property
    def logits(self) -> tf.Tensor:
        """Log-odds of 1."""
        return self._logits

    @property
    def probs(self) -> tf.Tensor:
        """Probability of 1."""
        return self._probs


@tf.distributions.RegisterKL(OneHotCategorical, OneHotCategorical)
def _kl_one_hot(a: OneHotCategorical, b: OneHotCategorical, name: str | None = None) -> tf.Tensor:
    with tf.name_scope(name, 'kl_categorical_categorical', [a.logits, b.logits]):
        probs = tf.nn.softmax(a.logits)
        difference = tf.nn.log_softmax(a.logits) - tf.nn.log_softmax(b.logits)
        return tf.reduce_sum(probs * difference, axis=-1)
