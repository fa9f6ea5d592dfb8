"""Statistics of samples: percentiles and autocorrelation."""

from __future__ import annotations

from typing import Any

import tf1 as tf

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
        q = tf.cast(q, tf.float64)
        if q.shape.ndims not in (None, 0):
            raise ValueError(f'q must be a scalar, got shape {q.shape}.')
        if validate_args:
            checks = [tf.assert_non_negative(q), tf.assert_less_equal(q, tf.constant(100.0, tf.float64))]
            with tf.control_dependencies(checks):
                q = tf.identity(q)
        axes = _axes(x, axis)
        rest = [each for each in range(x.shape.ndims) if each not in axes]
        # The axes that are ordered become one, at the end.
        moved = tf.transpose(x, [*rest, *axes])
        leading = tf.gather(tf.shape(x), rest) if rest else tf.constant([], tf.int32)
        ordered = tf.sort(tf.reshape(moved, tf.concat([leading, [-1]], 0)), axis=-1, direction='DESCENDING')
        result = tf.gather(ordered, _position(q, tf.shape(ordered)[-1], interpolation), axis=-1)
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
        order = list(range(x.shape.ndims))
        order.append(order.pop(axis))
        moved = tf.transpose(x, order)
        if center:
            moved -= tf.reduce_mean(moved, axis=-1, keepdims=True)
        length = tf.shape(moved)[-1]
        lags = length if max_lags is None else tf.minimum(max_lags + 1, length)
        products = _lagged_products(moved, length)[..., :lags]
        # Lag m has m products less.
        counts = tf.cast(length - tf.range(lags), products.dtype)
        products /= counts
        if normalize:
            products /= products[..., :1]
        static = x.shape.dims[axis].value
        if static is not None:
            known = static if max_lags is None else min(max_lags + 1, static)
            products.set_shape(moved.shape[:-1].concatenate([known]))
        return tf.transpose(products, [order.index(each) for each in range(len(order))])


def _lagged_products(x: tf.Tensor, length: tf.Tensor) -> tf.Tensor:
    """Returns, for each lag, the sum of products of numbers at that distance."""
    wide = x if x.dtype.is_complex else tf.complex(x, tf.zeros_like(x))
    # As much padding as numbers: the transform is circular.
    padded = tf.concat([wide, tf.zeros_like(wide)], -1)
    spectrum = tf.fft(padded)
    products = tf.ifft(spectrum * tf.conj(spectrum))[..., :length]
    return products if x.dtype.is_complex else tf.cast(tf.real(products), x.dtype)


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


def _position(q: tf.Tensor, size: tf.Tensor, interpolation: str) -> tf.Tensor:
    """Returns where, of `size` values from the largest on, the `q`-th percentile stands."""
    last = tf.cast(size, tf.float64) - 1.0
    exact = last * (1.0 - q / 100.0)
    rounded = {'lower': tf.ceil, 'higher': tf.floor, 'nearest': tf.round}[interpolation](exact)
    return tf.clip_by_value(tf.cast(rounded, tf.int32), 0, size - 1)
