"""Functions of tensors that distributions need: triangles, diagonals, weighted log-sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import tf1 as tf


def softplus_inverse(x: Any, name: str | None = None) -> tf.Tensor:
    """Returns the y with softplus(y) = x, for x > 0, without loss at very small and very large `x`."""
    with tf.name_scope(name, 'softplus_inverse', [x]):
        x = tf.convert_to_tensor(x, name='x')
        threshold = np.log(np.finfo(x.dtype.as_numpy_dtype).eps) + 2.0
        small, large = x < np.exp(threshold), x > -threshold
        # Both branches have gradients: the number 1 keeps the unused one finite.
        safe = tf.where(small | large, tf.ones_like(x), x)
        middle = x + tf.log(-tf.expm1(-safe))
        return tf.where(small, tf.log(x), tf.where(large, x, middle))


def fill_triangular(x: Any, upper: bool = False, name: str | None = None) -> tf.Tensor:
    """Returns triangular matrices [..., n, n] of `x` [..., n (n + 1) / 2], filled in a clockwise spiral.

    Args:
      x: numbers.
      upper: fill the upper triangle, else the lower one.
      name: of operations.

    Raises:
      ValueError: no triangle has as many elements as `x` in its last dimension.
    """
    with tf.name_scope(name, 'fill_triangular', [x]):
        x = tf.convert_to_tensor(x, name='x')
        size = x.shape.with_rank_at_least(1).dims[-1].value
        if size is None:
            count = tf.shape(x)[-1]
            rows = tf.cast(tf.floor(tf.sqrt(0.25 + 2.0 * tf.cast(count, tf.float32))), tf.int32)
            known = None
        else:
            rows = known = triangle_rows(size)
        parts = [x, tf.reverse(x[..., rows:], [-1])] if upper else [x[..., rows:], tf.reverse(x, [-1])]
        square = tf.reshape(tf.concat(parts, -1), tf.concat([tf.shape(x)[:-1], [rows, rows]], 0))
        square.set_shape(x.shape[:-1].concatenate([known, known]))
        return tf.matrix_band_part(square, 0 if upper else -1, -1 if upper else 0)


def fill_triangular_inverse(x: Any, upper: bool = False, name: str | None = None) -> tf.Tensor:
    """Returns the [..., n (n + 1) / 2] from which `fill_triangular` makes `x` [..., n, n].

    Raises:
      ValueError: `x` is not known to be square.
    """
    with tf.name_scope(name, 'fill_triangular_inverse', [x]):
        x = tf.convert_to_tensor(x, name='x')
        shape = x.shape.with_rank_at_least(2)
        known = shape.dims[-1].value
        if not shape[-2:-1].is_compatible_with(shape[-1:]):
            raise ValueError(f'x must be square matrices, got shape {shape}.')
        rows = tf.shape(x)[-1] if known is None else known
        first = x[..., 0, :] if upper else tf.reverse(x[..., -1, :], [-1])
        rest = x[..., 1:, :] if upper else x[..., :-1, :]
        both = rest + tf.reverse(rest, [-2, -1])
        flat = tf.reshape(both, tf.concat([tf.shape(x)[:-2], [rows * (rows - 1)]], 0))
        result = tf.concat([first, flat[..., : rows * (rows - 1) // 2]], -1)
        result.set_shape(shape[:-2].concatenate([None if known is None else known * (known + 1) // 2]))
        return result


def tridiag(below: Any = None, diag: Any = None, above: Any = None, name: str | None = None) -> tf.Tensor:
    """Returns matrices [..., n, n] with the diagonal `diag` [..., n] and `below` and `above` it, [..., n - 1] each.

    Raises:
      ValueError: none of the three is given.
    """

    def padded(values: Any, before: int, after: int) -> tf.Tensor:
        values = tf.convert_to_tensor(values)
        leading = [[0, 0]] * (values.shape.ndims - 1)
        inner = tf.matrix_diag(values)
        return tf.pad(inner, [*leading, [before, after], [after, before]])

    with tf.name_scope(name, 'tridiag', [below, diag, above]):
        parts = [
            *([] if below is None else [padded(below, 1, 0)]),
            *([] if diag is None else [tf.matrix_diag(diag)]),
            *([] if above is None else [padded(above, 0, 1)]),
        ]
        if not parts:
            raise ValueError('below, diag or above must be given, got None for all of them.')
        result = parts[0]
        for part in parts[1:]:
            result += part
        return result


def matrix_diag_transform(
    matrix: Any, transform: Callable[[tf.Tensor], tf.Tensor] | None = None, name: str | None = None
) -> tf.Tensor:
    """Returns `matrix` [..., n, n] with `transform` of its diagonal [..., n] in the diagonal's place."""
    with tf.name_scope(name, 'matrix_diag_transform', [matrix]):
        matrix = tf.convert_to_tensor(matrix, name='matrix')
        return matrix if transform is None else tf.matrix_set_diag(matrix, transform(tf.matrix_diag_part(matrix)))


def reduce_weighted_logsumexp(
    logx: Any,
    w: Any = None,
    axis: Any = None,
    keep_dims: bool = False,
    return_sign: bool = False,
    name: str | None = None,
) -> Any:
    """Returns log|sum(w exp(logx))| over `axis`, without overflow.

    Args:
      logx: logarithms.
      w: weights, of any sign, that broadcast with `logx`; 1 by default.
      axis: of the sum; all by default.
      keep_dims: keep the dimensions of the sum, with size 1.
      return_sign: return a pair, of which the second is the sign of the sum.
      name: of operations.
    """
    with tf.name_scope(name, 'reduce_weighted_logsumexp', [logx, w]):
        logx = tf.convert_to_tensor(logx, name='logx')
        if w is None:
            total = tf.reduce_logsumexp(logx, axis=axis, keepdims=keep_dims)
            return (total, tf.ones_like(total)) if return_sign else total
        w = tf.convert_to_tensor(w, logx.dtype, name='w')
        size = logx + tf.log(tf.abs(w))
        largest = tf.reduce_max(size, axis=axis, keepdims=True)
        # An infinite largest one must not turn into NaN when it is taken away.
        largest = tf.stop_gradient(tf.where(tf.is_inf(largest), tf.zeros_like(largest), largest))
        weighted = tf.sign(w) * tf.exp(size - largest)
        total = tf.reduce_sum(weighted, axis=axis, keepdims=keep_dims)
        sign = tf.sign(total)
        if not keep_dims:
            largest = tf.squeeze(largest, axis)
        result = largest + tf.log(sign * total)
        return (result, sign) if return_sign else result


def triangle_rows(size: int) -> int:
    """Returns the n for which a triangle of n rows has `size` elements; ValueError if there is none."""
    rows = int(np.floor(np.sqrt(0.25 + 2.0 * size)))
    if rows * (rows + 1) != 2 * size:
        raise ValueError(f'The last dimension must be n (n + 1) / 2 for some n, to fill a triangle; got {size}.')
    return rows
