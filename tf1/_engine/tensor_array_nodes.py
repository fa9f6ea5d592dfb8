"""`stack` and `size` of a TensorArray, which ask the array for its size."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def size(usual: Function) -> Function:
    """Returns the method `size` of a TensorArray in a graph."""

    def ours(self: Any, name: str | None = None) -> tf.Tensor:
        return tf.raw_ops.TensorArraySizeV3(handle=self.handle, flow_in=self.flow, name=name)

    return ours


def stack(usual: Function) -> Function:
    """Returns the method `stack` of a TensorArray in a graph."""

    def ours(self: Any, name: str | None = None) -> tf.Tensor:
        with tf.colocate_with(self.handle), tf.name_scope(name, 'TensorArrayStack', [self.handle]):
            return self.gather(tf.range(0, self.size()), name=name)

    return ours


def concat(usual: Function) -> Function:
    """Returns the method `concat` of a TensorArray in a graph, which asks for no size."""

    def ours(self: Any, name: str | None = None) -> tf.Tensor:
        value, _ = tf.raw_ops.TensorArrayConcatV3(
            handle=self.handle,
            flow_in=self.flow,
            dtype=self._dtype,
            element_shape_except0=self.element_shape[1:],
            name=name,
        )
        if self.element_shape.rank is not None:
            value.set_shape(tf.TensorShape([None]).concatenate(self.element_shape[1:]))
        return value

    return ours
