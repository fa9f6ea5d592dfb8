"""Gradients of operations that take a part of a tensor."""

from __future__ import annotations

from collections.abc import Callable
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
    """Returns the gradient of parts that were gathered along an axis; along the first one, it is sparse."""
    params, indices, axis = op.inputs
    if tf.get_static_value(axis) is None or op.get_attr('batch_dims'):
        return usual(op, grad)
    with tf.colocate_with(params):
        # A variable's shape may not fit 32 bits, which the kernels that take it on a GPU want.
        shape = tf.cast(tf.shape(params, out_type=tf.int64), tf.int32)
    size = tf.expand_dims(tf.size(indices), 0)
    if tf.get_static_value(axis) != 0:
        return _gathered_along(shape, indices, axis, grad), None, None
    values = tf.reshape(grad, tf.concat([size, shape[1:]], 0))
    return tf.IndexedSlices(values, tf.reshape(indices, size), shape), None, None


def _gathered_along(shape: tf.Tensor, indices: tf.Tensor, axis: tf.Tensor, grad: tf.Tensor) -> tf.Tensor:
    """Returns the gradient of a tensor of `shape`: parts of `grad` are summed at their indices, the axis foremost."""
    outer, inner = shape[:axis], shape[axis:][1:]
    flat_shape = tf.concat([outer, [-1], inner], 0)
    rank, place = tf.size(flat_shape), tf.size(outer)
    no_axes, outer_axes, inner_axes = tf.range(0, 0), tf.range(place), tf.range(place + 1, rank)
    values = tf.reshape(grad, flat_shape)
    values = tf.transpose(values, tf.concat([no_axes, [place], outer_axes, inner_axes], 0))
    count = shape[axis]
    flat_indices = tf.reshape(indices, tf.expand_dims(tf.size(indices), 0))
    total = tf.unsorted_segment_sum(values, flat_indices, count)
    return tf.transpose(total, tf.concat([no_axes, outer_axes + 1, [0], inner_axes], 0))


def gather_positive(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Returns what the gradients of unsorted segments gather with: rows of segments, zeros for negative indices."""

    def ours(
        params: tf.Tensor, ids: Any, zero_clipped_indices: Any = None, is_positive: Any = None
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        if is_positive is None and (params.shape.rank is None or ids.shape.rank is None):
            return usual(params, ids, zero_clipped_indices, is_positive)
        if zero_clipped_indices is None:
            zero_clipped_indices = tf.maximum(ids, tf.zeros_like(ids))
        rows = tf.gather(params, zero_clipped_indices)
        if is_positive is None:
            is_positive = tf.greater_equal(ids, 0)
            for _ in range(rows.shape.rank - ids.shape.rank):
                is_positive = tf.expand_dims(is_positive, -1)
            is_positive = is_positive & tf.ones_like(rows, dtype=tf.bool)
        return tf.where(is_positive, rows, tf.zeros_like(rows)), zero_clipped_indices, is_positive

    return ours


def reshape(usual: Any, op: tf.Operation, grad: Any) -> tuple[tf.Tensor, None]:
    """Returns the gradient of a tensor that was reshaped; slices become a tensor where they are reshaped back."""
    return tf.reshape(grad, tf.shape(op.inputs[0])), None
