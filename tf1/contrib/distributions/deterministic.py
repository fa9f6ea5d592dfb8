"""Distributions that give one value only: Deterministic and VectorDeterministic."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import parameters
from tf1.contrib.distributions.scalar import Distribution


class _Deterministic(Distribution):
    """All probability stands at `loc`; values within atol + rtol |loc| of it count as equal."""

    def __init__(
        self,
        loc: Any,
        atol: Any = None,
        rtol: Any = None,
        is_vector: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = '_Deterministic',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[loc, atol, rtol]) as name:
            loc = tf.convert_to_tensor(loc, name='loc')
            self._loc = loc
            self._atol = self._tolerance(atol, validate_args)
            self._rtol = self._tolerance(rtol, validate_args)
            self._is_vector = is_vector
            # Without a tolerance there is nothing to compute.
            exact = rtol is None
            self._slack = self._atol if exact else self._atol + self._rtol * tf.abs(loc)
        super().__init__(
            dtype=loc.dtype,
            reparameterization_type=tf.distributions.NOT_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=given,
            graph_parents=[self._loc, self._atol, self._rtol],
            name=name,
        )

    @property
    def loc(self) -> tf.Tensor:
        """The value."""
        return self._loc

    @property
    def atol(self) -> tf.Tensor:
        """Absolute tolerance."""
        return self._atol

    @property
    def rtol(self) -> tf.Tensor:
        """Relative tolerance."""
        return self._rtol

    def _tolerance(self, value: Any, validate_args: bool) -> tf.Tensor:
        value = tf.convert_to_tensor(0 if value is None else value, self._loc.dtype)
        if not validate_args:
            return value
        with tf.control_dependencies([tf.assert_non_negative(value, message='atol and rtol must be >= 0')]):
            return tf.identity(value)

    def _entropy(self) -> tf.Tensor:
        return tf.zeros(self.batch_shape_tensor(), self.dtype)

    def _mean(self) -> tf.Tensor:
        return tf.identity(self.loc)

    def _variance(self) -> tf.Tensor:
        return tf.zeros_like(self.loc)

    def _mode(self) -> tf.Tensor:
        return self._mean()

    def _sample_n(self, n: tf.Tensor, seed: int | None = None) -> tf.Tensor:
        count = tf.get_static_value(tf.convert_to_tensor(n))
        if count is None or self.loc.shape.ndims is None:
            multiples = parameters.leading_and(n, tf.ones_like(tf.shape(self.loc)))
        else:
            multiples = [count] + [1] * self.loc.shape.ndims
        return tf.tile(self.loc[tf.newaxis, ...], multiples)


class Deterministic(_Deterministic):
    """A number that is `loc` with probability 1.

    Args:
      loc: the value.
      atol: values that differ by no more are equal to it; 0 by default.
      rtol: the same, as a share of |loc|.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.
    """

    def __init__(
        self,
        loc: Any,
        atol: Any = None,
        rtol: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'Deterministic',
    ):
        super().__init__(
            loc, atol=atol, rtol=rtol, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name
        )

    def _batch_shape_tensor(self) -> tf.Tensor:
        return parameters.dynamic_broadcast(self.loc, self._slack)

    def _batch_shape(self) -> tf.TensorShape:
        return parameters.static_broadcast(self.loc, self._slack)

    def _event_shape_tensor(self) -> tf.Tensor:
        return tf.constant([], tf.int32)

    def _event_shape(self) -> tf.TensorShape:
        return tf.TensorShape([])

    def _prob(self, x: tf.Tensor) -> tf.Tensor:
        return tf.cast(tf.abs(x - self.loc) <= self._slack, self.dtype)

    def _cdf(self, x: tf.Tensor) -> tf.Tensor:
        return tf.cast(x >= self.loc - self._slack, self.dtype)


class VectorDeterministic(_Deterministic):
    """A vector that is `loc` [..., k] with probability 1.

    Args:
      loc: the value.
      atol: a vector whose numbers differ by no more is equal to it; 0 by default.
      rtol: the same, as a share of |loc|.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.
    """

    def __init__(
        self,
        loc: Any,
        atol: Any = None,
        rtol: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'VectorDeterministic',
    ):
        super().__init__(
            loc,
            atol=atol,
            rtol=rtol,
            is_vector=True,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            name=name,
        )

    def _batch_shape_tensor(self) -> tf.Tensor:
        return parameters.dynamic_broadcast(self.loc, self._slack)[:-1]

    def _batch_shape(self) -> tf.TensorShape:
        return parameters.static_broadcast(self.loc, self._slack)[:-1]

    def _event_shape_tensor(self) -> tf.Tensor:
        return tf.shape(self.loc)[-1:]

    def _event_shape(self) -> tf.TensorShape:
        return self.loc.shape[-1:]

    def _prob(self, x: tf.Tensor) -> tf.Tensor:
        return tf.cast(tf.reduce_all(tf.abs(x - self.loc) <= self._slack, -1), self.dtype)
