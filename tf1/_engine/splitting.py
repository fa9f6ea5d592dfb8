"""`tf.split`, whose number of parts is a node, `tf.repeat` by one number, and a tensor's shape as one constant."""

from __future__ import annotations

import numbers
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def split(usual: Function) -> Function:
    """Returns TF 1.15's `tf.split` over TensorFlow's."""

    def ours(
        value: Any, num_or_size_splits: Any, axis: Any = 0, num: int | None = None, name: str = 'split'
    ) -> list[tf.Tensor]:
        if isinstance(num_or_size_splits, numbers.Integral):
            tf.constant(num_or_size_splits)
        return usual(value, num_or_size_splits, axis, num, name)

    return ours


def shape(usual: Function) -> Function:
    """Returns what every `tf.shape` calls; it makes one constant of a known shape where it is told a type."""

    def ours(input: Any, name: str | None = None, optimize: bool = True, out_type: tf.DType | None = None) -> tf.Tensor:
        return usual(input, name, optimize, out_type or tf.int32)

    return ours


def repeat(usual: Function) -> Function:
    """Returns what `tf.repeat` calls; it repeats a new axis and joins it with the one before.

    TensorFlow's own serves repeats of several lengths along another axis than the first.
    """

    def ours(data: Any, repeats: Any, axis: int, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, 'Repeat', [data, repeats]):
            data = tf.convert_to_tensor(data, name='data')
            repeats = tf.convert_to_tensor(repeats, name='repeats')
            axis = range(data.shape.rank)[axis] if data.shape.rank else None
            if axis is None or not (repeats.shape.rank == 0 or repeats.shape.rank == 1 and axis == 0):
                return usual(data, repeats, axis)
            repeats = tf.raw_ops.Cast(x=repeats, DstT=tf.int32)
            shape = tf.shape(data)
            longest = repeats if repeats.shape.rank == 0 else tf.maximum(0, tf.reduce_max(repeats))
            mask = None if repeats.shape.rank == 0 else tf.sequence_mask(repeats, longest)
            multiples = [1] * (axis + 1) + [longest] + [1] * (data.shape.rank - axis - 1)
            tiled = tf.tile(tf.expand_dims(data, axis + 1), multiples)
            if mask is not None:
                return tf.boolean_mask(tiled, mask)
            return tf.reshape(tiled, tf.concat([shape[:axis], [-1], shape[axis + 1 :]], 0))

    return ours
