"""Distributions of vectors loc + scale z of exponential, Laplace and sinh-arcsinh variables z."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import bijectors, parameters
from tf1.contrib.distributions.scalar import Distribution
from tf1.contrib.distributions.transformed import TransformedDistribution
from tf1.contrib.distributions.vector_affine import VectorAffine, diagonal, location, shapes


class VectorExponentialDiag(VectorAffine):
    """The distribution of loc + scale z, where z holds independent exponential variables of rate 1.

    Args:
      loc: [..., k] float; None for 0.
      scale_diag: [..., k], not 0; None for nothing.
      scale_identity_multiplier: [...], added to all of the diagonal; None for nothing, and for 1 if `scale_diag` is
        None, too.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: neither `loc` nor `scale_diag` tells k.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'VectorExponentialDiag',
    ):
        given = dict(locals())
        with tf.name_scope(name) as name:
            scale = diagonal(loc, scale_diag, scale_identity_multiplier, validate_args)
            loc = location(loc, scale)
            batch_and_event_shape = shapes(loc, scale)
            base = tf.distributions.Exponential(tf.ones([], scale.dtype), allow_nan_stats=allow_nan_stats)
            super().__init__(base, loc, scale, batch_and_event_shape, validate_args=validate_args, name=name)
        self._parameters = given

    def _mean(self) -> tf.Tensor:
        ones = tf.ones(tf.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0), self.dtype)
        return self.scale.matvec(ones) if self.loc is None else self.loc + self.scale.matvec(ones)

    def _mode(self) -> tf.Tensor:
        return super()._mean()


class VectorLaplaceDiag(VectorAffine):
    """The distribution of loc + scale z, where z holds independent Laplace variables of scale 1.

    Args:
      loc: [..., k] float; None for 0.
      scale_diag: [..., k], not 0; None for nothing.
      scale_identity_multiplier: [...], added to all of the diagonal; None for nothing, and for 1 if `scale_diag` is
        None, too.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: neither `loc` nor `scale_diag` tells k.
    """

    _spread = 2.0

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'VectorLaplaceDiag',
    ):
        given = dict(locals())
        with tf.name_scope(name):
            scale = diagonal(loc, scale_diag, scale_identity_multiplier, validate_args)
        # TF 1.15 opens the scope a second time, and the distribution's own below it.
        with tf.name_scope(name):
            loc = location(loc, scale)
            batch_and_event_shape = shapes(loc, scale)
            base = tf.distributions.Laplace(
                tf.zeros([], scale.dtype), tf.ones([], scale.dtype), allow_nan_stats=allow_nan_stats
            )
            super().__init__(base, loc, scale, batch_and_event_shape, validate_args=validate_args, name=name)
        self._parameters = given


class _Skewed(TransformedDistribution):
    """A distribution that SinhArcsinh bends."""

    _skewness: tf.Tensor
    _tailweight: tf.Tensor

    @property
    def skewness(self) -> tf.Tensor:
        """Positive values push to the right."""
        return self._skewness

    @property
    def tailweight(self) -> tf.Tensor:
        """Values over 1 make the tails heavier."""
        return self._tailweight


class SinhArcsinh(_Skewed):
    """The distribution of loc + scale s(z) / s_0(2) * 2 for z of `distribution` (Jones and Pewsey, 2009).

    Here s(z) = sinh((arcsinh(z) + skewness) tailweight), and s_0 is s without skewness.

    Args:
      loc: float.
      scale: > 0.
      skewness: positive values push to the right; 0 by default.
      tailweight: values over 1 make the tails heavier; 1 by default.
      distribution: of z, with batch shape []; Normal(0, 1) by default.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.
    """

    def __init__(
        self,
        loc: Any,
        scale: Any,
        skewness: Any = None,
        tailweight: Any = None,
        distribution: Distribution | None = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'SinhArcsinh',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[loc, scale, skewness, tailweight]) as name:
            self._loc = tf.convert_to_tensor(loc, name='loc')
            dtype = self._loc.dtype
            self._scale = tf.convert_to_tensor(scale, dtype, name='scale')
            self._tailweight = tf.convert_to_tensor(1.0 if tailweight is None else tailweight, dtype, name='tailweight')
            self._skewness = tf.convert_to_tensor(0.0 if skewness is None else skewness, dtype, name='skewness')
            batch_shape = _broadcast(self._loc, self._scale, self._skewness, self._tailweight)
            if distribution is None:
                distribution = tf.distributions.Normal(
                    tf.zeros([], dtype), tf.ones([], dtype), allow_nan_stats=allow_nan_stats
                )
            elif distribution.batch_shape.ndims not in (None, 0):
                raise ValueError(f'distribution must have batch shape [], got {distribution.batch_shape}.')
            bend, width = _sinh_arcsinh(self._skewness, self._tailweight, self._scale)
            affine = bijectors.AffineScalar(shift=self._loc, scale=width, validate_args=validate_args)
            super().__init__(
                distribution,
                bijectors.Chain([affine, bend]),
                batch_shape=batch_shape,
                validate_args=validate_args,
                name=name,
            )
        self._parameters = given

    @property
    def loc(self) -> tf.Tensor:
        """What is added."""
        return self._loc

    @property
    def scale(self) -> tf.Tensor:
        """What is multiplied by."""
        return self._scale


class VectorSinhArcsinhDiag(_Skewed):
    """The distribution of vectors [k] of independent SinhArcsinh variables.

    Args:
      loc: [..., k] float; None for 0.
      scale_diag: [..., k], not 0; None for nothing.
      scale_identity_multiplier: [...], added to all of the diagonal; None for nothing, and for 1 if `scale_diag` is
        None, too.
      skewness: [...] or [..., k]; 0 by default.
      tailweight: [...] or [..., k]; 1 by default.
      distribution: of z, with batch shape [] and event shape []; Normal(0, 1) by default.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: neither `loc` nor `scale_diag` tells k.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        skewness: Any = None,
        tailweight: Any = None,
        distribution: Distribution | None = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalLinearOperator',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[loc, scale_diag, skewness, tailweight]) as name:
            scale = diagonal(loc, scale_diag, scale_identity_multiplier, validate_args)
            dtype, loc = scale.dtype, location(loc, scale)
            self._skewness = tf.convert_to_tensor(0.0 if skewness is None else skewness, dtype, name='skewness')
            self._tailweight = tf.convert_to_tensor(1.0 if tailweight is None else tailweight, dtype, name='tailweight')
            diag = scale.diag_part()
            bend, width = _sinh_arcsinh(self._skewness, self._tailweight, diag)
            self._affine = bijectors.Affine(shift=loc, scale_diag=width, validate_args=validate_args)
            full = _broadcast(diag, self._skewness, self._tailweight, *([] if loc is None else [loc]))
            if distribution is None:
                distribution = tf.distributions.Normal(
                    tf.zeros([], dtype), tf.ones([], dtype), allow_nan_stats=allow_nan_stats
                )
        self._loc, self._scale = loc, scale
        super().__init__(
            distribution,
            bijectors.Chain([self._affine, bend]),
            batch_shape=full[:-1],
            event_shape=full[-1:],
            validate_args=validate_args,
            name=name,
        )
        self._parameters = given

    @property
    def loc(self) -> tf.Tensor | None:
        """What is added, [..., k]; None for nothing."""
        return self._loc

    @property
    def scale(self) -> tf.linalg.LinearOperator:
        """The diagonal, as an operator [..., k, k]."""
        return self._scale


def _sinh_arcsinh(
    skewness: tf.Tensor, tailweight: tf.Tensor, scale: tf.Tensor
) -> tuple[bijectors.SinhArcsinh, tf.Tensor]:
    """Returns the bijector, and `scale` times the factor that leaves the number 2, without skewness, where it is."""
    bend = bijectors.SinhArcsinh(skewness=skewness, tailweight=tailweight)
    plain = bijectors.SinhArcsinh(tailweight=tailweight)
    wide = 2.0 * scale
    return bend, wide / plain.forward(tf.constant(2.0, skewness.dtype))


def _broadcast(*tensors: tf.Tensor) -> Any:
    """Returns the shape that tensors broadcast to: a list where it is known, else int32 [ndims]."""
    static = parameters.static_broadcast(*tensors)
    return static.as_list() if static.is_fully_defined() else parameters.dynamic_broadcast(*tensors)
