"""`VectorAffine`: what distributions of vectors loc + scale z share, where the numbers of z are independent."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import bijectors, scales
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.transformed import TransformedDistribution


class VectorAffine(TransformedDistribution):
    """The distribution of loc + scale z; `_spread` is the variance of a number of z.

    Args:
      base: of a number of z; event shape [] and batch shape [].
      loc: [..., k] or None.
      scale: linear operator [..., k, k].
      validate_args: check arguments when the graph runs.
      name: of operations.
    """

    _spread = 1.0

    def __init__(
        self,
        base: Distribution,
        loc: tf.Tensor | None,
        scale: tf.linalg.LinearOperator,
        validate_args: bool = False,
        name: str | None = None,
    ):
        batch_shape, event_shape = _shapes(loc, scale)
        super().__init__(
            distribution=base,
            bijector=bijectors.AffineLinearOperator(shift=loc, scale=scale, validate_args=validate_args),
            batch_shape=batch_shape,
            event_shape=event_shape,
            validate_args=validate_args,
            name=name,
        )

    @property
    def loc(self) -> tf.Tensor | None:
        """What is added, [..., k]; None for nothing."""
        return self.bijector.shift

    @property
    def scale(self) -> tf.linalg.LinearOperator:
        """The operator [..., k, k] that vectors of independent numbers go through."""
        return self.bijector.scale

    def _mean(self) -> tf.Tensor:
        shape = tf.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0)
        if self.loc is None:
            return tf.zeros(shape, self.dtype)
        return tf.broadcast_to(self.loc, shape)

    def _mode(self) -> tf.Tensor:
        return self._mean()

    def _covariance(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return tf.matrix_diag(self._variance())
        dense = self.scale.to_dense()
        return self._spread * tf.matmul(dense, dense, adjoint_b=True)

    def _variance(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return self._spread * tf.square(self.scale.diag_part())
        return self._spread * tf.reduce_sum(tf.square(self.scale.to_dense()), -1)

    def _stddev(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return self._spread**0.5 * tf.abs(self.scale.diag_part())
        return tf.sqrt(self._variance())


def as_tensors(**values: Any) -> list[tf.Tensor | None]:
    """Returns `values` as tensors of one type, that of the first that is given.

    Raises:
      TypeError: one is a tensor of another type.
    """
    dtype = None
    tensors = []
    for name, value in values.items():
        if value is not None:
            value = tf.convert_to_tensor(value, dtype, name=name)
            dtype = value.dtype.base_dtype
        tensors.append(value)
    return tensors


def diagonal(
    loc: Any, scale_diag: Any, multiplier: Any, validate_args: bool
) -> tuple[tf.Tensor | None, tf.linalg.LinearOperator]:
    """Returns `loc` as a tensor, and the operator that multiplies by `scale_diag` and `multiplier`, if they are given.

    Raises:
      TypeError: one is a tensor of another type.
      ValueError: neither `loc` nor `scale_diag` tells the size.
    """
    loc, diag, multiplier = as_tensors(loc=loc, scale_diag=scale_diag, scale_identity_multiplier=multiplier)
    return loc, scales.diag_scale(loc, diag, multiplier, validate_args)


def _shapes(loc: tf.Tensor | None, scale: tf.linalg.LinearOperator) -> tuple[Any, Any]:
    """Returns the batch and event shapes of loc + scale z, constants where they are known."""
    event = scale.range_dimension.value
    event_shape = [scale.range_dimension_tensor() if event is None else event]
    static, dynamic = scale.batch_shape, scale.batch_shape_tensor
    if loc is None or loc.shape.ndims in (0, 1):
        known = static
    else:
        known = tf.broadcast_static_shape(static, loc.shape[:-1])
    if known.is_fully_defined():
        return known.as_list(), event_shape
    if loc is None:
        return dynamic(), event_shape
    return tf.broadcast_dynamic_shape(dynamic(), tf.shape(loc)[:-1]), event_shape
