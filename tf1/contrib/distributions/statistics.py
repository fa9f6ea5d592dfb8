"""Statistics of samples: percentiles and autocorrelation."""

from __future__ import annotations

from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.distributions.tensors import pad, rotate_transpose

_INTERPOLATIONS = ('higher', 'lower', 'nearest')


def percentile(
    x: Any,
    q: Any,
    axis: Any = None,
    interpolation: str | None = None,
    keep_dims: bool = False,
    validate_args: bool = False,
    name: str | None = None,
) -> tf.Tensor:
    """Returns the value below which `q` percent of `x` are, one of the values of `x`.

    Args:
      x: numbers.
      q: a number in [0, 100].
      axis: one or several constant axes over which values are ordered; all by default.
      interpolation: 'lower', 'higher' or 'nearest', where `q` lies between two values; 'nearest' by default.
      keep_dims: keep those axes, with size 1.
      validate_args: check `q` when the graph runs.
      name: of operations.

    Raises:
      ValueError: `interpolation` is another word, `q` no scalar, or an axis not one of `x`.
    """
    interpolation = interpolation or 'nearest'
    if interpolation not in _INTERPOLATIONS:
        raise ValueError(f'interpolation must be one of {", ".join(_INTERPOLATIONS)}, got {interpolation!r}.')
    with tf.name_scope(name, 'percentile', [x, q]):
        x = tf.convert_to_tensor(x, name='x')
        q = tf.cast(q, tf.float64, name='q')
        if q.shape.ndims not in (None, 0):
            raise ValueError(f'q must be a scalar, got shape {q.shape}.')
        if validate_args:
            checks = [tf.assert_non_negative(q), tf.assert_less_equal(q, tf.constant(100.0, tf.float64))]
            with tf.control_dependencies(checks):
                q = tf.identity(q)
        axes = _axes(x, axis)
        values = tf.reshape(x, [-1]) if axis is None else _with_axes_last(x, axis, axes)
        position = _position(q, values, interpolation)
        ordered = tf.nn.top_k(values, tf.shape(values)[-1]).values
        result = ordered[..., position]
        if keep_dims:
            for each in sorted(axes):
                result = tf.expand_dims(result, each)
        return result


def auto_correlation(
    x: Any,
    axis: int = -1,
    max_lags: int | None = None,
    center: bool = True,
    normalize: bool = True,
    name: str = 'auto_correlation',
) -> tf.Tensor:
    """Returns the correlation of `x` with itself at the lags 0 to `max_lags` along `axis`.

    Args:
      x: numbers, float or complex.
      axis: along which time runs.
      max_lags: the greatest lag; all by default.
      center: take the mean away first.
      normalize: divide by the variance, so that lag 0 is 1.
      name: of operations.
    """
    with tf.name_scope(name, values=[x]):
        x = tf.convert_to_tensor(x, name='x')
        if x.shape.ndims is None:
            raise ValueError('The rank of x must be known.')
        tf.rank(x)
        shift = np.int64(x.shape.ndims - 1 - range(x.shape.ndims)[axis])
        moved = rotate_transpose(x, shift)
        if center:
            moved -= tf.reduce_mean(moved, axis=-1, keepdims=True)
        shape = tf.shape(moved)
        static = moved.shape.dims[-1].value
        length = shape[-1] if static is None else np.int32(static)
        size = tf.cast(length, tf.float64)
        # The transform is circular, and fast for powers of 2: at least as much padding as numbers.
        longer = tf.pow(np.float64(2.0), tf.ceil(tf.log(size * 2.0) / np.log(2.0)))
        padded = pad(moved, axis=-1, back=True, count=tf.cast(longer - size, tf.int32))
        spectrum = tf.fft(padded if x.dtype.is_complex else tf.complex(padded, np.zeros([], x.dtype.as_numpy_dtype)))
        products = tf.ifft(spectrum * tf.conj(spectrum))
        if not x.dtype.is_complex:
            products = tf.raw_ops.Cast(x=products, DstT=x.dtype)
        if static is None:
            last = length - 1 if max_lags is None else tf.minimum(max_lags, length - 1)
        else:
            last = np.int64(static - 1 if max_lags is None else min(max_lags, static - 1))
        products = products[..., : last + 1]
        # Lag m has m products less.
        real = x.dtype.real_dtype
        counts = tf.cast(length, real) - tf.range(0.0, tf.cast(last, real) + 1.0)
        products /= tf.cast(counts, x.dtype)
        if normalize:
            products /= products[..., :1]
        return rotate_transpose(products, -shift)


def _with_axes_last(x: tf.Tensor, axis: Any, axes: list[int]) -> tf.Tensor:
    """Returns `x` with `axes` as one, the last."""
    tf.assert_integer(tf.convert_to_tensor(axis, name='axis'))
    rest = [each for each in range(x.shape.ndims) if each not in axes]
    moved = tf.transpose(x, [*rest, *axes])
    if x.shape.is_fully_defined():
        known = x.shape.as_list()
        return tf.reshape(moved, [*(known[each] for each in rest), int(np.prod([known[each] for each in axes]))])
    leading = tf.gather(tf.shape(x), rest) if rest else tf.constant([], tf.int32)
    return tf.reshape(moved, tf.concat([leading, [-1]], 0))


def _axes(x: tf.Tensor, axis: Any) -> list[int]:
    ndims = x.shape.ndims
    if ndims is None:
        raise ValueError('The rank of x must be known.')
    if axis is None:
        return list(range(ndims))
    axis = tf.get_static_value(axis) if tf.is_tensor(axis) else axis
    if axis is None:
        raise ValueError('axis must be a constant.')
    axes = [int(each) for each in (axis if isinstance(axis, (list, tuple)) or getattr(axis, 'ndim', 0) else [axis])]
    for each in axes:
        if not -ndims <= each < ndims:
            raise ValueError(f'axis must be in [{-ndims}, {ndims - 1}], got {each}.')
    return [each % ndims for each in axes]


def _position(q: tf.Tensor, values: tf.Tensor, interpolation: str) -> tf.Tensor:
    """Returns where, in the order of `values` [..., n] from the largest on, the `q`-th percentile stands."""
    above = 1.0 - q / 100.0
    exact = (tf.cast(tf.shape(values)[-1], tf.float64) - 1.0) * above
    rounded = {'lower': tf.ceil, 'higher': tf.floor, 'nearest': tf.round}[interpolation](exact)
    size = tf.shape(values)[-1]
    return tf.clip_by_value(tf.cast(rounded, tf.int32), 0, size - 1)
