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
    """Returns what every `tf.shape` calls; it makes one constant of a known shape where it is told a type."""

    def ours(input: Any, name: str | None = None, optimize: bool = True, out_type: tf.DType | None = None) -> tf.Tensor:
        return usual(input, name, optimize, out_type or tf.int32)

    return ours
