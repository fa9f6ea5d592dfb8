"""`ScalarDistribution`: what distributions of single numbers share."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import parameters

Distribution = tf.distributions.Distribution


def name_of(distribution: Distribution) -> str:
    """Returns a distribution's name; where it has none, as in eager execution, that of its class."""
    return distribution.name or type(distribution).__name__


class ScalarDistribution(Distribution):
    """A distribution of numbers whose batch shape is that of its parameters, broadcast.

    A subclass puts its parameters, as tensors, into `_shaping` before it calls this constructor; `_ANY_SHAPE` names
    those that may have the shape of a sample.
    """

    _shaping: tuple[tf.Tensor, ...]
    _ANY_SHAPE: tuple[str, ...] = ()

    @classmethod
    def _param_shapes(cls, sample_shape: Any) -> dict[str, tf.Tensor]:
        if not cls._ANY_SHAPE:
            raise NotImplementedError(f'{cls.__name__} cannot tell the shapes of its parameters.')
        return {name: tf.convert_to_tensor(sample_shape, tf.int32) for name in cls._ANY_SHAPE}

    def _batch_shape_tensor(self) -> tf.Tensor:
        return parameters.dynamic_broadcast(*self._shaping)

    def _batch_shape(self) -> tf.TensorShape:
        return parameters.static_broadcast(*self._shaping)

    def _event_shape_tensor(self) -> tf.Tensor:
        return tf.constant([], tf.int32)

    def _event_shape(self) -> tf.TensorShape:
        return tf.TensorShape([])

    def _sample_shape(self, n: tf.Tensor) -> tf.Tensor:
        return parameters.leading_and(n, self.batch_shape_tensor())

    def _filled(self, value: tf.Tensor) -> tf.Tensor:
        """Returns `value` in the shape of the batch."""
        return value * tf.ones(self.batch_shape_tensor(), value.dtype)
