"""`tf.split`, whose number of parts is a node of TF 1.15's graph, and the shape of a tensor as one constant."""

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
    """Returns the `tf.shape` of TensorFlow 2, by that of TF 1."""

    def ours(input: Any, out_type: tf.DType | None = None, name: str | None = None) -> tf.Tensor:
        if not isinstance(input, tf.Tensor):
            return usual(input, out_type, name)
        return tf.shape(input, name, out_type or tf.int32)

    return ours
