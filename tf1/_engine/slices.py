"""Slices whose bounds are tensors: bounds that are left out stay Python's numbers."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


class _Masks(type):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, tf.Tensor) and value.dtype not in (tf.int32, tf.int64)


class Mask(metaclass=_Masks):
    """Stands for `tf.Tensor` where a slice looks for masks and for bounds whose type its other bounds have to take.

    Bounds of int32 and int64 pass for numbers, as in TF 1.15, which packs what is left out as a number.
    """
