"""Covariance matrices that training can change: made of numbers without bounds, positive definite for all of them."""

from __future__ import annotations

from typing import Any

import tf1 as tf

_OFF_DIAGONAL = -5.0
"""What the logarithm of entries beside the diagonal starts from, so that noise starts without correlations."""

_JITTER = 1e-8
"""Added to variances whose logarithm is taken, so that it exists."""


def sign_magnitude_positive_definite(
    raw: tf.Tensor, off_diagonal_scale: Any = 0.0, overall_scale: Any = 0.0
) -> tf.Tensor:
    """Returns a positive definite matrix made of any matrix, both `[..., size, size]`.

    It is `C^T C` of an upper triangular C. The upper triangle and the diagonal of `raw` are logarithms of C's squares;
    the lower one gives the signs beside C's diagonal, softly.

    Args:
      raw: the matrix.
      off_diagonal_scale: is added to the logarithms beside the diagonal, a scalar or `[...]`.
      overall_scale: is added to all logarithms, a scalar or `[...]`.
    """
    off = tf.convert_to_tensor(off_diagonal_scale, raw.dtype)[..., tf.newaxis, tf.newaxis]
    overall = tf.convert_to_tensor(overall_scale, raw.dtype)[..., tf.newaxis, tf.newaxis]
    magnitude = tf.exp((raw + off + overall) / 2)
    signs = tf.nn.softsign(tf.linalg.transpose(raw))
    beside = tf.matrix_band_part(signs * magnitude, 0, -1)
    factor = tf.linalg.set_diag(beside, tf.exp((tf.linalg.diag_part(raw) + overall[..., 0]) / 2))
    return tf.matmul(factor, factor, transpose_a=True)


def variable_covariance_matrix(
    size: int,
    name: str,
    dtype: tf.DType,
    initial_diagonal_values: tf.Tensor | None = None,
    initial_overall_scale_log: Any = 0.0,
) -> tf.Tensor:
    """Returns a covariance matrix `[size, size]` made of variables that start from 0.

    Args:
      size: of the matrix.
      name: what the names of the variables begin with.
      dtype: of the matrix.
      initial_diagonal_values: the variances that it starts from, `[size]`; None for 1.
      initial_overall_scale_log: a logarithm that is added to all entries.
    """
    zeros = tf.zeros_initializer(dtype)
    raw = tf.get_variable(f'{name}_pre_transform', [size, size], dtype, zeros)
    start = tf.constant_initializer(_OFF_DIAGONAL, dtype)
    off_diagonal = tf.get_variable(f'{name}_off_diagonal_scale', [], dtype, start)
    overall = tf.get_variable(f'{name}_overall_scale', [], dtype, zeros)
    raw = tf.convert_to_tensor(raw)
    if initial_diagonal_values is not None:
        raw += tf.linalg.diag(tf.log(initial_diagonal_values))
    return sign_magnitude_positive_definite(raw, off_diagonal, overall + initial_overall_scale_log)


def transform_to_covariance_matrices(input_vectors: tf.Tensor, matrix_size: int) -> tf.Tensor:
    """Returns covariance matrices `[batch, matrix_size, matrix_size]` that a layer makes of vectors `[batch, any]`."""
    squares = matrix_size * matrix_size
    made = tf.contrib.layers.fully_connected(input_vectors, squares + 2, activation_fn=None)
    raw = tf.reshape(made[:, :squares], [-1, matrix_size, matrix_size])
    return sign_magnitude_positive_definite(raw, made[:, squares], made[:, squares + 1])


def clip_covariance(covariance_matrix: tf.Tensor, maximum_variance_ratio: float, minimum_variance: float) -> tf.Tensor:
    """Returns covariance matrices `[..., size, size]` whose variances are not too small.

    Args:
      covariance_matrix: the matrices.
      maximum_variance_ratio: of the largest variance to the smallest.
      minimum_variance: the smallest variance.
    """
    variances = tf.linalg.diag_part(covariance_matrix)
    least = tf.reduce_max(variances, -1, keepdims=True) / maximum_variance_ratio
    floor = tf.maximum(least, tf.cast(minimum_variance, covariance_matrix.dtype))
    return tf.linalg.set_diag(covariance_matrix, tf.maximum(variances, floor))


def log_noninformative_covariance_prior(covariance: tf.Tensor) -> tf.Tensor:
    """Returns the logarithm of a prior of covariance matrices of size p, `det(covariance) ** (-(p + 1) / 2)`.

    See C. Villegas, On the A Priori Distribution of the Covariance Matrix, Ann. Math. Statist. 40 (1969).
    """
    size = covariance.shape[-1].value
    factor = tf.linalg.cholesky(covariance + _JITTER * tf.eye(size, dtype=covariance.dtype))
    return -(size + 1) * tf.reduce_sum(tf.log(tf.linalg.diag_part(factor)), -1)


def block_diagonal(matrices: list[tf.Tensor]) -> tf.Tensor:
    """Returns matrices `[..., rows, columns]` along the diagonal of one, 0 elsewhere."""
    width = sum(each.shape[-1].value for each in matrices)
    rows, left = [], 0
    for each in matrices:
        columns = each.shape[-1].value
        before = [[0, 0]] * (each.shape.rank - 1)
        rows.append(tf.pad(each, [*before, [left, width - left - columns]]))
        left += columns
    return tf.concat(rows, -2)
