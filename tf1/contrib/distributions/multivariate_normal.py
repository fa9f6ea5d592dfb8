"""Normal distributions of vectors, by the ways to give their scale."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import scales
from tf1.contrib.distributions.vector_affine import VectorAffine, diagonal, location, shapes


class MultivariateNormalLinearOperator(VectorAffine):
    """The normal distribution of vectors [k] with mean `loc` and covariance scale scale^T.

    Args:
      loc: [..., k] float; None for 0.
      scale: `tf.linalg.LinearOperator` [..., k, k], invertible.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: `scale` is not given.
      TypeError: `scale` does not hold floats.
    """

    def __init__(
        self,
        loc: Any = None,
        scale: tf.linalg.LinearOperator | None = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalLinearOperator',
    ):
        given = dict(locals())
        if scale is None:
            raise ValueError('scale must be given, got None.')
        if not scale.dtype.is_floating:
            raise TypeError(f'scale must have a floating type, got {scale.dtype.name}.')
        with tf.name_scope(name, values=[loc]) as name:
            loc = location(loc, scale)
            batch_and_event_shape = shapes(loc, scale)
        dtype = scale.dtype.base_dtype
        base = tf.distributions.Normal(tf.zeros([], dtype), tf.ones([], dtype))
        super().__init__(base, loc, scale, batch_and_event_shape, validate_args=validate_args, name=name)
        self._parameters = given


class MultivariateNormalDiag(MultivariateNormalLinearOperator):
    """The normal distribution of vectors [k] of independent numbers.

    Args:
      loc: means [..., k] float; None for 0.
      scale_diag: standard deviations [..., k], not 0; None for nothing.
      scale_identity_multiplier: [...], a standard deviation that is added to all; None for nothing, and for 1 if
        `scale_diag` is None, too.
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
        name: str = 'MultivariateNormalDiag',
    ):
        given = dict(locals())
        with tf.name_scope(name) as name:
            scale = diagonal(loc, scale_diag, scale_identity_multiplier, validate_args)
        super().__init__(loc, scale, validate_args, allow_nan_stats, name)
        self._parameters = given


class MultivariateNormalDiagWithSoftplusScale(MultivariateNormalDiag):
    """MultivariateNormalDiag of the softplus of `scale_diag`."""

    def __init__(
        self,
        loc: Any,
        scale_diag: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalDiagWithSoftplusScale',
    ):
        given = dict(locals())
        with tf.name_scope(name, values=[scale_diag]) as name:
            diag = tf.nn.softplus(scale_diag)
            super().__init__(
                loc=loc, scale_diag=diag, validate_args=validate_args, allow_nan_stats=allow_nan_stats, name=name
            )
        self._parameters = given


class MultivariateNormalTriL(MultivariateNormalLinearOperator):
    """The normal distribution of vectors [k] with covariance scale_tril scale_tril^T.

    Args:
      loc: means [..., k] float; None for 0.
      scale_tril: [..., k, k], of which the lower triangle counts; its diagonal must not hold 0. None for the identity.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: neither `loc` nor `scale_tril` is given, or the latter has less than 2 dimensions.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_tril: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalTriL',
    ):
        given = dict(locals())
        if loc is None and scale_tril is None:
            raise ValueError('loc or scale_tril must be given, got None for both.')
        with tf.name_scope(name) as name, tf.name_scope('init', values=[loc, scale_tril]):
            loc, tril = scales.as_tensors(loc=loc, scale_tril=scale_tril)
            if tril is None:
                scale = scales.diag_scale(loc, None, None, validate_args)
            else:
                scale = scales.tril_scale(tril, validate_args)
        super().__init__(loc, scale, validate_args, allow_nan_stats, name)
        self._parameters = given


class MultivariateNormalFullCovariance(MultivariateNormalTriL):
    """The normal distribution of vectors [k] with a covariance matrix.

    Args:
      loc: means [..., k] float; None for 0.
      covariance_matrix: [..., k, k], symmetric and positive definite; None for the identity.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: neither `loc` nor `covariance_matrix` is given.
    """

    def __init__(
        self,
        loc: Any = None,
        covariance_matrix: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalFullCovariance',
    ):
        given = dict(locals())
        with tf.name_scope(name) as name, tf.name_scope('init', values=[loc, covariance_matrix]):
            (covariance,) = scales.as_tensors(covariance_matrix=covariance_matrix)
            tril = None
            if covariance is not None:
                checks = []
                if validate_args:
                    transposed = tf.matrix_transpose(covariance)
                    checks = [tf.debugging.assert_near(covariance, transposed, message='The matrix must be symmetric')]
                with tf.control_dependencies(checks):
                    tril = tf.cholesky(covariance)
            super().__init__(loc, tril, validate_args, allow_nan_stats, name)
        self._parameters = given


class MultivariateNormalDiagPlusLowRank(MultivariateNormalLinearOperator):
    """The normal distribution of vectors [k] whose scale is a diagonal and a matrix V D V^T of low rank, added.

    Args:
      loc: means [..., k] float; None for 0.
      scale_diag: [..., k] > 0; None for nothing.
      scale_identity_multiplier: [...] > 0, added to the diagonal; None for nothing, and for 1 if `scale_diag` is None,
        too.
      scale_perturb_factor: V [..., k, r]; None for no such matrix.
      scale_perturb_diag: D [..., r]; None for the identity.
      validate_args: check arguments when the graph runs.
      allow_nan_stats: return NaN for statistics that do not exist.
      name: of operations.

    Raises:
      ValueError: nothing tells k, or D is given without V.
    """

    def __init__(
        self,
        loc: Any = None,
        scale_diag: Any = None,
        scale_identity_multiplier: Any = None,
        scale_perturb_factor: Any = None,
        scale_perturb_diag: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = 'MultivariateNormalDiagPlusLowRank',
    ):
        given = dict(locals())
        if scale_perturb_diag is not None and scale_perturb_factor is None:
            raise ValueError('scale_perturb_diag is given, so scale_perturb_factor must be, too; got None.')
        with tf.name_scope(name) as name, tf.name_scope('init'):
            like = loc
            if loc is None and scale_diag is None and scale_perturb_factor is not None:
                like = tf.convert_to_tensor(scale_perturb_factor)[..., 0]
            scale = scales.diag_scale(like, scale_diag, scale_identity_multiplier, validate_args, positive=True)
            factor, perturb_diag = scales.as_tensors(
                scale_perturb_factor=scale_perturb_factor, scale_perturb_diag=scale_perturb_diag
            )
            if factor is not None:
                scale = scales.low_rank_scale(scale, factor, perturb_diag)
        super().__init__(loc, scale, validate_args, allow_nan_stats, name)
        self._parameters = given


@tf.distributions.RegisterKL(MultivariateNormalLinearOperator, MultivariateNormalLinearOperator)
def _kl_normals(
    a: MultivariateNormalLinearOperator, b: MultivariateNormalLinearOperator, name: str | None = None
) -> tf.Tensor:
    values = [each for each in (a.loc, b.loc) if each is not None]
    with tf.name_scope(name, 'kl_mvn', values):
        if scales.is_diagonal(a.scale) and scales.is_diagonal(b.scale):
            ratio = (a.stddev() / b.stddev())[..., tf.newaxis]
        else:
            ratio = b.scale.solve(a.scale.to_dense())
        logs = b.scale.log_abs_determinant() - a.scale.log_abs_determinant()
        rest = -tf.cast(a.scale.domain_dimension_tensor(), a.dtype) + _squared_norm(ratio)
        rest += _squared_norm(b.scale.solve((b.mean() - a.mean())[..., tf.newaxis]))
        kl = logs + 0.5 * rest
        kl.set_shape(tf.broadcast_static_shape(a.batch_shape, b.batch_shape))
        return kl


def _squared_norm(matrices: tf.Tensor) -> tf.Tensor:
    return tf.reduce_sum(tf.square(matrices), axis=[-2, -1])
