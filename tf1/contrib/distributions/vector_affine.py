"""`VectorAffine`: what distributions of vectors loc + scale z share, where the numbers of z are independent."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import bijectors, scales
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.tensors import prefer_static_broadcast_shape
from tf1.contrib.distributions.transformed import TransformedDistribution


class VectorAffine(TransformedDistribution):
    """The distribution of loc + scale z; `_spread` is the variance of a number of z.

    Args:
      base: of a number of z; event shape [] and batch shape [].
      loc: [..., k] or None.
      scale: linear operator [..., k, k].
      batch_and_event_shape: what `shapes` returns for the two.
      validate_args: check arguments when the graph runs.
      name: of operations.
    """

    _spread = 1.0

    def __init__(
        self,
        base: Distribution,
        loc: tf.Tensor | None,
        scale: tf.linalg.LinearOperator,
        batch_and_event_shape: tuple[Any, Any],
        validate_args: bool = False,
        name: str | None = None,
    ):
        batch_shape, event_shape = batch_and_event_shape
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
        known = self.batch_shape.concatenate(self.event_shape)
        if self.loc is not None and known.is_fully_defined() and self.loc.shape == known:
            return tf.identity(self.loc)
        shape = tf.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0)
        if self.loc is None:
            return tf.zeros(shape, self.dtype)
        return tf.identity(self.loc) + tf.zeros(shape, self.dtype)

    def _mode(self) -> tf.Tensor:
        return self._mean()

    def _covariance(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return tf.matrix_diag(self._variance())
        dense = self.scale.to_dense()
        return _times(self._spread, tf.matmul(dense, dense, adjoint_b=True))

    def _variance(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return _times(self._spread, tf.square(self.scale.diag_part()))
        return _times(self._spread, tf.reduce_sum(tf.square(self.scale.to_dense()), -1))

    def _stddev(self) -> tf.Tensor:
        if scales.is_diagonal(self.scale):
            return _times(self._spread**0.5, tf.abs(self.scale.diag_part()))
        return tf.sqrt(self._variance())


def _times(factor: float, value: tf.Tensor) -> tf.Tensor:
    return value if factor == 1.0 else factor * value


def diagonal(loc: Any, scale_diag: Any, multiplier: Any, validate_args: bool) -> tf.linalg.LinearOperator:
    """Returns the operator that multiplies by `scale_diag` and `multiplier`, if they are given.

    Raises:
      TypeError: one is a tensor of another type.
      ValueError: neither `loc` nor `scale_diag` tells the size.
    """
    with tf.name_scope('init', values=[loc, scale_diag, multiplier]):
        return scales.diag_scale(loc, scale_diag, multiplier, validate_args)


def location(loc: Any, scale: tf.linalg.LinearOperator) -> tf.Tensor | None:
    """Returns `loc`, if it is given, as a tensor of the type of `scale`."""
    return None if loc is None else tf.convert_to_tensor(loc, scale.dtype, name='loc')


def shapes(loc: tf.Tensor | None, scale: tf.linalg.LinearOperator) -> tuple[Any, Any]:
    """Returns the batch and event shapes of loc + scale z, constants where they are known."""
    with tf.name_scope('shapes_from_loc_and_scale'):
        size = scale.range_dimension_tensor()
        known = tf.get_static_value(size)
        event_shape = size[tf.newaxis] if known is None else [known]
        batch_shape = scale.batch_shape_tensor()
        if loc is None or loc.shape.ndims == 0:
            return _static(batch_shape), event_shape
        of_loc = loc.shape[:-1]
        if of_loc.is_fully_defined():
            loc_batch_shape = tf.constant(of_loc.as_list(), tf.int32, name='loc_batch_shape')
        else:
            loc_batch_shape = tf.shape(loc)[:-1]
        return _static(prefer_static_broadcast_shape(batch_shape, loc_batch_shape)), event_shape


def _static(shape: Any) -> Any:
    """Returns a shape as a list where it is known."""
    if isinstance(shape, tf.TensorShape):
        return shape.as_list()
    known = tf.get_static_value(shape)
    return shape if known is None else known.tolist()
