"""Linear operators made of the ways to say how wide a distribution of vectors is."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions import parameters


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


def diag_scale(
    loc: Any,
    scale_diag: Any,
    scale_identity_multiplier: Any,
    validate_args: bool = False,
    positive: bool = False,
) -> tf.linalg.LinearOperator:
    """Returns the operator [..., k, k] of a diagonal [..., k] and a multiple [...] of the identity, added.

    Without the two it is the identity of `loc`'s size.

    Args:
      loc: [..., k], which tells the size where `scale_diag` does not.
      scale_diag: [..., k] or None.
      scale_identity_multiplier: [...] or None.
      validate_args: check the diagonal when the graph runs.
      positive: the diagonal must be > 0, not just different from 0.

    Raises:
      ValueError: nothing tells the size.
    """
    with tf.name_scope('make_diag_scale'):
        loc, scale_diag, scale_identity_multiplier = as_tensors(
            loc=loc, scale_diag=scale_diag, scale_identity_multiplier=scale_identity_multiplier
        )
        if scale_diag is not None:
            diag = scale_diag
            if scale_identity_multiplier is not None:
                diag += scale_identity_multiplier[..., tf.newaxis]
            return tf.linalg.LinearOperatorDiag(
                _checked(diag, validate_args, positive),
                is_non_singular=True,
                is_self_adjoint=True,
                is_positive_definite=positive,
            )
        if loc is None or loc.shape.ndims == 0:
            raise ValueError('The event shape is unknown: give loc or scale_diag of at least one dimension.')
        size = loc.shape.dims[-1].value if loc.shape.ndims is not None else None
        size = tf.shape(loc)[-1] if size is None else size
        if scale_identity_multiplier is None:
            return tf.linalg.LinearOperatorIdentity(
                num_rows=size,
                dtype=loc.dtype.base_dtype,
                is_self_adjoint=True,
                is_positive_definite=True,
                assert_proper_shapes=validate_args,
            )
        return tf.linalg.LinearOperatorScaledIdentity(
            num_rows=size,
            multiplier=_checked(scale_identity_multiplier, validate_args, positive),
            is_non_singular=True,
            is_self_adjoint=True,
            is_positive_definite=positive,
            assert_proper_shapes=validate_args,
        )


def tril_scale(tril: tf.Tensor, validate_args: bool = False) -> tf.linalg.LinearOperator:
    """Returns the operator of the lower triangle of `tril` [..., k, k].

    Raises:
      ValueError: `tril` has less than two dimensions.
    """
    if tril.shape.ndims is not None and tril.shape.ndims < 2:
        raise ValueError(f'A triangular scale must have at least 2 dimensions, got shape {tril.shape}.')
    if validate_args:
        tril = tf.matrix_set_diag(tril, _checked(tf.matrix_diag_part(tril), True, False))
    return tf.linalg.LinearOperatorLowerTriangular(
        tril, is_non_singular=True, is_self_adjoint=False, is_positive_definite=False
    )


def matrix_scale(
    multiplier: tf.Tensor | None,
    diag: tf.Tensor | None,
    tril: tf.Tensor | None,
    factor: tf.Tensor | None,
    perturb_diag: tf.Tensor | None,
    validate_args: bool = False,
) -> tf.linalg.LinearOperator:
    """Returns the operator of a sum: multiple of the identity, diagonal, lower triangle, change of low rank.

    The arguments are those of the bijector `Affine`; of the first four, one other than `multiplier` must be given.
    """
    if tril is not None:
        lower = tf.matrix_band_part(tril, -1, 0)
        sums = tf.matrix_diag_part(lower)
        if diag is not None:
            sums += diag
        if multiplier is not None:
            sums += multiplier[..., tf.newaxis]
        scale = tril_scale(tf.matrix_set_diag(lower, sums), validate_args)
    else:
        like = factor[..., 0] if factor is not None else diag
        scale = diag_scale(like, diag, multiplier, validate_args, positive=factor is not None)
    if factor is None:
        return scale
    return low_rank_scale(scale, factor, perturb_diag)


def low_rank_scale(
    base: tf.linalg.LinearOperator, factor: tf.Tensor, perturb_diag: tf.Tensor | None
) -> tf.linalg.LinearOperator:
    """Returns base + V D V^T for `factor` V [..., k, r] and `perturb_diag` D [..., r], which is 1 by default."""
    symmetric = bool(base.is_self_adjoint)
    return tf.linalg.LinearOperatorLowRankUpdate(
        base,
        u=factor,
        diag_update=perturb_diag,
        is_diag_update_positive=perturb_diag is None,
        is_non_singular=True,
        is_self_adjoint=symmetric,
        is_positive_definite=bool(base.is_positive_definite) and symmetric,
        is_square=True,
    )


def is_diagonal(scale: tf.linalg.LinearOperator) -> bool:
    """Tells whether an operator is known to be diagonal."""
    kinds = (tf.linalg.LinearOperatorDiag, tf.linalg.LinearOperatorIdentity, tf.linalg.LinearOperatorScaledIdentity)
    return isinstance(scale, kinds)


def _checked(diag: tf.Tensor, validate_args: bool, positive: bool) -> tf.Tensor:
    if positive and validate_args:
        return parameters.positive(diag, 'diagonal', validate_args)
    return parameters.not_zero(diag, 'diagonal', validate_args)
