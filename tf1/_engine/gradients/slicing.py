"""Gradients of operations that take a part of a tensor."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

_MASKS = ('begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask')


def strided_slice(usual: Any, op: tf.Operation, grad: tf.Tensor) -> tuple[tf.Tensor, None, None, None]:
    """Returns the gradient of a slice's input: that of the slice, among zeros."""
    x, begin, end, strides = op.inputs
    whole = tf.raw_ops.StridedSliceGrad(
        shape=tf.shape(x, out_type=begin.dtype),
        begin=begin,
        end=end,
        strides=strides,
        dy=grad,
        **{mask: op.get_attr(mask) for mask in _MASKS},
    )
    return whole, None, None, None


def gather(usual: Any, op: tf.Operation, grad: tf.Tensor) -> tuple[Any, None, None]:
    """Returns the gradient of rows that were gathered along the first axis."""
    params, indices, axis = op.inputs
    if tf.get_static_value(axis) != 0 or op.get_attr('batch_dims'):
        return usual(op, grad)
    with tf.colocate_with(params):
        # A variable's shape may not fit 32 bits, which the kernels that take it on a GPU want.
        shape = tf.cast(tf.shape(params, out_type=tf.int64), tf.int32)
    size = tf.expand_dims(tf.size(indices), 0)
    values = tf.reshape(grad, tf.concat([size, shape[1:]], 0))
    return tf.IndexedSlices(values, tf.reshape(indices, size), shape), None, None


def reshape(usual: Any, op: tf.Operation, grad: Any) -> tuple[tf.Tensor, None]:
    """Returns the gradient of a tensor that was reshaped; slices become a tensor where they are reshaped back."""
    return tf.reshape(grad, tf.shape(op.inputs[0])), None
