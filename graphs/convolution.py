"""Convolution and pooling by hand, in NumPy (system C0, document 3).

These are true convolutions: the kernel is rotated by 180 degrees before it slides over the padded input, as in
`numpy.convolve` and `scipy.signal.convolve2d`, and unlike a neural network's layers (`tf.nn.conv2d` does not rotate).

The document's own loops are wrong for strides over 1: they walk their start position in steps of s, but end the walk
at the number of outputs, not of padded inputs, so that only about 1 in s of the outputs comes out. Here output i
always starts at padded input i * s, for every i below floor((n + 2p - m) / s) + 1.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

Pair = tuple[int, int]

PADDING_MODES = ('full', 'same', 'valid')


def conv1d(x: ArrayLike, w: ArrayLike, p: int | str = 0, s: int = 1) -> np.ndarray:
    """Returns the convolution of a signal with a kernel, `[o]` with o = floor((n + 2p - m) / s) + 1.

    Args:
      x: signal `[n]`.
      w: kernel `[m]`.
      p: zeros put on either side of the signal, or a padding mode. 'full' is p = m - 1, 'valid' is p = 0. 'same' gives
        n outputs (at stride 1): p = (m - 1) / 2 for an odd m; for an even m one zero more in front, m / 2, than
        behind, as `numpy.convolve` and `scipy.signal.convolve2d` do. With a stride, a mode pads as for stride 1
        (TensorFlow's SAME pads less), so 'same' then gives ceil(n / s) outputs.
      s: stride.

    The result's dtype is `numpy.result_type(x, w)`: integers in, integers out.

    Raises:
      ValueError: `x` or `w` is not of rank 1 or is empty, `p` is negative or not a mode, `s` is under 1, or the kernel
        does not fit into the padded signal.
    """
    x, w = _of_rank('x', x, 1), _of_rank('w', w, 1)
    padded = _padded(x, p if isinstance(p, str) else (p,), 'w', w.shape)
    return _convolve(padded, w, _numbers('s', (s,), 1, 1))


def conv2d(X: ArrayLike, W: ArrayLike, p: Pair | str = (0, 0), s: Pair = (1, 1)) -> np.ndarray:
    """Returns the convolution of a matrix with a kernel, `[o1, o2]`.

    Each axis is as in `conv1d`: o = floor((n + 2p - m) / s) + 1.

    Args:
      X: matrix `[n1, n2]`.
      W: kernel `[m1, m2]`.
      p: zeros put on either side of each axis, or a padding mode.
      s: stride along each axis.

    Raises:
      ValueError: as in `conv1d`, for rank 2; or `p` or `s` is not a pair.
    """
    X, W = _of_rank('X', X, 2), _of_rank('W', W, 2)
    return _convolve(_padded(X, p, 'W', W.shape), W, _numbers('s', s, 2, 1))


def conv2d_multichannel(
    X: ArrayLike, W: ArrayLike, b: ArrayLike | None = None, p: Pair | str = (0, 0), s: Pair = (1, 1)
) -> np.ndarray:
    """Returns `[o1, o2, c_out]`: per output channel, the sum of the convolutions over all input channels, plus a bias.

    Args:
      X: input `[n1, n2, c_in]`.
      W: kernel `[m1, m2, c_in, c_out]`. The two spatial axes are rotated, the channels are not.
      b: bias `[c_out]`; None adds none.
      p: as in `conv2d`.
      s: as in `conv2d`.

    Raises:
      ValueError: as in `conv2d`, for ranks 3, 4 and 1; or the channels of the kernel are not those of the input or of
        the bias.
    """
    X, W = _of_rank('X', X, 3), _of_rank('W', W, 4)
    b = np.zeros(W.shape[3], W.dtype) if b is None else _of_rank('b', b, 1)
    if W.shape[2] != X.shape[2]:
        raise ValueError(
            f'W must have as many input channels as X, got {W.shape[2]} (W {W.shape}) for {X.shape[2]} (X {X.shape}); '
            'make W [m1, m2, c_in, c_out] and X [n1, n2, c_in].'
        )
    if b.shape[0] != W.shape[3]:
        raise ValueError(
            f'b must have one value per output channel of W, got {b.shape[0]} for {W.shape[3]} (W {W.shape}); '
            'make b [c_out].'
        )
    taps = _taps(_padded(X, p, 'W', W.shape[:2]), W.shape[:2], _numbers('s', s, 2, 1))
    rotated = np.flip(W, (0, 1))
    result = np.empty((*taps[0][1].shape[:2], W.shape[3]), np.result_type(X, W, b))
    result[...] = b
    for tap, window in taps:
        result += window @ rotated[tap]
    return result


def max_pool2d(X: ArrayLike, size: Pair = (2, 2), stride: Pair | None = None) -> np.ndarray:
    """Returns the largest value of each window, `[o1, o2]` or `[o1, o2, c]`, o = floor((n - size) / stride) + 1.

    Args:
      X: matrix `[n1, n2]`, or one per channel `[n1, n2, c]`. It is not padded: a rest that fills no window is dropped.
      size: height and width of a window.
      stride: from window to window; None is `size`, windows side by side.

    Raises:
      ValueError: `X` is not of rank 2 or 3 or is empty, `size` or `stride` is no pair of numbers over 0, or a window
        is larger than `X`.
    """
    windows = _pooling_windows(X, size, stride)
    result = windows[0].copy()
    for window in windows[1:]:
        np.maximum(result, window, out=result)
    return result


def mean_pool2d(X: ArrayLike, size: Pair = (2, 2), stride: Pair | None = None) -> np.ndarray:
    """Returns the mean of each window; arguments, shapes and errors as in `max_pool2d`. Integers give float64."""
    windows = _pooling_windows(X, size, stride)
    dtype = windows[0].dtype
    result = windows[0].astype(dtype if np.issubdtype(dtype, np.inexact) else np.float64)
    for window in windows[1:]:
        result += window
    result /= len(windows)
    return result


def _convolve(padded: np.ndarray, w: np.ndarray, strides: tuple[int, ...]) -> np.ndarray:
    dtype = np.result_type(padded, w)
    rotated = np.flip(w).astype(dtype)
    taps = _taps(padded.astype(dtype, copy=False), w.shape, strides)
    result = np.zeros(taps[0][1].shape, dtype)
    product = np.empty_like(result)
    for tap, window in taps:
        np.multiply(window, rotated[tap], out=product)
        result += product
    return result


def _taps(x: np.ndarray, kernel: tuple[int, ...], strides: tuple[int, ...]) -> list[tuple[tuple[int, ...], np.ndarray]]:
    """Returns each place in the kernel with the inputs that it meets, one per output: a view of `x`."""
    spans = [n - m for n, m in zip(x.shape, kernel, strict=False)]
    return [
        (tap, x[tuple(slice(t, t + span + 1, s) for t, span, s in zip(tap, spans, strides, strict=True))])
        for tap in np.ndindex(kernel)
    ]


def _pooling_windows(X: ArrayLike, size: Pair, stride: Pair | None) -> list[np.ndarray]:
    """Returns, for each place in a window, the view of `X` that holds it for every window."""
    X = _of_rank('X', X, 2, 3)
    size = _numbers('size', size, 2, 1)
    strides = size if stride is None else _numbers('stride', stride, 2, 1)
    if any(n < m for n, m in zip(X.shape, size, strict=False)):
        raise ValueError(f'size must fit into X, got {size} for {X.shape}; use a smaller size.')
    return [window for _, window in _taps(X, size, strides)]


def _padded(x: np.ndarray, p: Sequence[int] | str, kernel_name: str, kernel: tuple[int, ...]) -> np.ndarray:
    padding = _padding(p, kernel)
    padded = np.pad(x, padding + [(0, 0)] * (x.ndim - len(padding)))
    if any(n < m for n, m in zip(padded.shape, kernel, strict=False)):
        raise ValueError(
            f'{kernel_name} must fit into the padded input, got {kernel} for {padded.shape[: len(kernel)]}; '
            'use a smaller kernel or more padding.'
        )
    return padded


def _padding(p: Sequence[int] | str, kernel: tuple[int, ...]) -> list[Pair]:
    """Returns the zeros before and after each axis."""
    if not isinstance(p, str):
        return [(n, n) for n in _numbers('p', p, len(kernel), 0)]
    if p not in PADDING_MODES:
        raise ValueError(f'p must be one of {", ".join(PADDING_MODES)} or a number of zeros, got {p!r}.')
    if p == 'same':
        return [(m // 2, (m - 1) // 2) for m in kernel]
    return [(m - 1, m - 1) if p == 'full' else (0, 0) for m in kernel]


def _of_rank(name: str, value: ArrayLike, *ranks: int) -> np.ndarray:
    array = np.asarray(value)
    if array.ndim not in ranks:
        raise ValueError(f'{name} must have rank {" or ".join(map(str, ranks))}, got shape {array.shape}; reshape it.')
    if not array.size:
        raise ValueError(f'{name} must not be empty, got shape {array.shape}.')
    return array


def _numbers(name: str, values: Sequence[int], count: int, least: int) -> tuple[int, ...]:
    try:
        numbers = tuple(operator.index(v) for v in values)
    except TypeError:
        numbers = ()
    if len(numbers) != count or min(numbers) < least:
        wanted = 'a whole number' if count == 1 else f'{count} whole numbers'
        got = values[0] if count == 1 else values
        raise ValueError(f'{name} must be {wanted} >= {least}, got {got!r}.')
    return numbers
