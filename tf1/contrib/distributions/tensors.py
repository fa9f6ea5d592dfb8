"""Functions of tensors that distributions need; TensorFlow still has those of TF 1.15, but no public name for them."""

from __future__ import annotations

from tensorflow.python.ops.distributions import util

fill_triangular = util.fill_triangular
fill_triangular_inverse = util.fill_triangular_inverse
matrix_diag_transform = util.matrix_diag_transform
pad = util.pad
pick_vector = util.pick_vector
prefer_static_broadcast_shape = util.prefer_static_broadcast_shape
reduce_weighted_logsumexp = util.reduce_weighted_logsumexp
rotate_transpose = util.rotate_transpose
softplus_inverse = util.softplus_inverse
tridiag = util.tridiag


def triangle_rows(size: int) -> int:
    """Returns the n for which a triangle of n rows has `size` elements; ValueError if there is none."""
    rows = int((0.25 + 2.0 * size) ** 0.5)
    if rows * (rows + 1) != 2 * size:
        raise ValueError(f'The last dimension must be n (n + 1) / 2 for some n, to fill a triangle; got {size}.')
    return rows
