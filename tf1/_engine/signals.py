"""`tf.signal.frame` and its like, which compute shapes in the graph even where they are known."""

from __future__ import annotations

import math
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def frame(usual: Function) -> Function:
    """Returns `tf.signal.frame` that computes its shapes in the graph."""

    def ours(
        signal: Any,
        frame_length: Any,
        frame_step: Any,
        pad_end: bool = False,
        pad_value: Any = 0,
        axis: Any = -1,
        name: str | None = None,
    ) -> tf.Tensor:
        sizes = [
            tf.get_static_value(size) if isinstance(size, tf.Tensor) else size for size in (frame_length, frame_step)
        ]
        if None in sizes or isinstance(axis, tf.Tensor):
            return usual(signal, frame_length, frame_step, pad_end, pad_value, axis, name)
        with tf.name_scope(name, 'frame', [signal, frame_length, frame_step, pad_value]):
            signal = tf.convert_to_tensor(signal, name='signal')
            length = tf.convert_to_tensor(frame_length, name='frame_length')
            step = tf.convert_to_tensor(frame_step, name='frame_step')
            known = _framed_shape(signal.shape, *map(int, sizes), pad_end, axis)
            frames = _framed(signal, length, step, math.gcd(*map(int, sizes)), pad_value if pad_end else None, axis)
            if known:
                frames.set_shape(known)
            return frames

    return ours


def _framed_shape(shape: tf.TensorShape, length: int, step: int, pad_end: bool, axis: int) -> list[int | None] | None:
    if shape.rank is None:
        return None
    sizes = shape.as_list()
    axis = range(len(sizes))[axis]
    count = sizes[axis]
    if count is not None:
        count = -(-count // step) if pad_end else (count - length + step) // step
    return sizes[:axis] + [count if count is None else max(0, count), length] + sizes[axis + 1 :]


def _framed(
    signal: tf.Tensor, length: tf.Tensor, step: tf.Tensor, divisor: int, pad_value: Any, axis: int
) -> tf.Tensor:
    """Returns `signal` with `axis` cut into frames. They are put together from pieces as long as the divisor."""
    axis = tf.convert_to_tensor(axis, name='axis')
    rank = tf.rank(signal)
    axis = tf.range(rank)[axis]
    shape = tf.shape(signal)
    outer, samples, inner = tf.split(shape, [axis, 1, rank - 1 - axis])
    samples = tf.reshape(samples, [])
    ranks = tf.size(outer), tf.size(inner)
    if pad_value is None:
        count = tf.maximum(0, 1 + (samples - length) // step)
    else:
        pad_value = tf.convert_to_tensor(pad_value, signal.dtype)
        count = -(-samples // step)
        missing = tf.maximum(0, length + step * (count - 1) - samples)
        none_before, none_after = (tf.zeros([size, 2], missing.dtype) for size in ranks)
        signal = tf.pad(signal, tf.concat([none_before, [[0, missing]], none_after], 0), constant_values=pad_value)
        shape = tf.shape(signal)
        samples = shape[axis]
    with tf.name_scope('gcd'):
        piece = tf.constant(divisor, length.dtype)
    pieces_of_frame, pieces_of_step, pieces = length // piece, step // piece, samples // piece
    end = tf.concat([outer, [pieces * piece], inner], 0)
    cut = tf.concat([outer, [pieces, piece], inner], 0)
    cut_signal = tf.reshape(tf.strided_slice(signal, tf.zeros_like(shape), end), cut)
    starts = tf.reshape(tf.range(count) * pieces_of_step, [count, 1])
    chosen = starts + tf.reshape(tf.range(pieces_of_frame), [1, pieces_of_frame])
    frames = tf.gather(cut_signal, chosen, axis=axis)
    return tf.reshape(frames, tf.concat([outer, [count, length], inner], 0))


def fftshift(usual: Function) -> Function:
    """Returns `tf.signal.fftshift` by sizes that are known."""
    return _shifted_by_half(usual, 'fftshift', 1)


def ifftshift(usual: Function) -> Function:
    """Returns `tf.signal.ifftshift` by sizes that are known."""
    return _shifted_by_half(usual, 'ifftshift', -1)


def _shifted_by_half(usual: Function, scope: str, sign: int) -> Function:
    def ours(x: Any, axes: Any = None, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, scope) as name:
            x = tf.convert_to_tensor(x)
            if not x.shape.is_fully_defined() or isinstance(axes, tf.Tensor):
                return usual(x, axes, name)
            sizes = x.shape.as_list()
            if axes is None:
                axes = range(len(sizes))
            shift = sign * (sizes[axes] // 2) if isinstance(axes, int) else [sign * (sizes[axis] // 2) for axis in axes]
            return tf.roll(x, shift, axes if isinstance(axes, int) else list(axes), name)

    return ours


def cast_number(value: Any, dtype: Any, name: str | None = None) -> tf.Tensor:
    """Returns `tf.cast`, which makes of a number a constant at once."""
    if isinstance(value, int | float):
        return tf.constant(value, dtype, name=name)
    return tf.cast(value, dtype, name)


def zero_or_tensor(value: Any, dtype: Any = None, **kwargs: Any) -> Any:
    """Returns `tf.convert_to_tensor`, which leaves a zero a NumPy scalar of its type."""
    return (
        dtype.as_numpy_dtype(0)
        if isinstance(value, float) and value == 0 and dtype
        else tf.convert_to_tensor(value, dtype, **kwargs)
    )


def unknown(tensor: Any) -> None:
    """Returns no static value, so that a shape is computed in the graph."""


def overlap_and_add(usual: Function) -> Function:
    """Returns `tf.signal.overlap_and_add`, which reshapes frames that do not overlap."""

    def ours(signal: Any, frame_step: Any, name: str | None = None) -> tf.Tensor:
        signal = tf.convert_to_tensor(signal, name='signal')
        if isinstance(frame_step, tf.Tensor) or signal.shape.rank is None or signal.shape[-1] != frame_step:
            return usual(signal, frame_step, name)
        with tf.name_scope(name, 'overlap_and_add', [signal, frame_step]):
            step = tf.convert_to_tensor(frame_step, name='frame_step')
            shape = tf.shape(signal)
            outer = shape[:-2]
            tf.size(outer)
            length = shape[-1] + step * (shape[-2] - 1)
            return tf.reshape(signal, tf.concat([outer, [length]], 0), name='fast_path')

    return ours
