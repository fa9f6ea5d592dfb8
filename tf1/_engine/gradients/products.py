"""Gradients of convolutions and of products with sparse matrices."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def convolution_3d(usual: Any, op: tf.Operation, grad: tf.Tensor) -> list[tf.Tensor]:
    """Returns the gradients of the volumes and the filter of Conv3D, whose shapes are asked for one by one."""
    volumes, filters = op.inputs
    attributes = {name: op.get_attr(name) for name in ('strides', 'padding', 'data_format')}
    attributes['dilations'] = list(op.get_attr('dilations'))
    return [
        tf.raw_ops.Conv3DBackpropInputV2(
            input_sizes=tf.shape(volumes), filter=filters, out_backprop=grad, **attributes
        ),
        tf.raw_ops.Conv3DBackpropFilterV2(
            input=volumes, filter_sizes=tf.shape(filters), out_backprop=grad, **attributes
        ),
    ]


def batches(usual: Any, op: tf.Operation, grad: tf.Tensor) -> list[tf.Tensor]:
    """Returns the gradients of two batches of matrices, summed over what was broadcast.

    That may be nothing: the sum is left out only where both shapes are known and the same.
    """
    x, y = op.inputs
    x_is_adjoint, y_is_adjoint = op.get_attr('adj_x'), op.get_attr('adj_y')
    along_x = _product(y, grad, y_is_adjoint, True) if x_is_adjoint else _product(grad, y, False, not y_is_adjoint)
    along_y = _product(grad, x, True, x_is_adjoint) if y_is_adjoint else _product(x, grad, not x_is_adjoint, False)
    if x.shape.is_fully_defined() and y.shape.is_fully_defined() and x.shape == y.shape:
        return [along_x, along_y]
    shapes = tf.shape(x), tf.shape(y)
    axes = tf.raw_ops.BroadcastGradientArgs(s0=shapes[0][:-2], s1=shapes[1][:-2])
    return [
        tf.reshape(tf.reduce_sum(along, over), shape)
        for along, over, shape in zip((along_x, along_y), axes, shapes, strict=True)
    ]


def _product(x: tf.Tensor, y: tf.Tensor, x_is_adjoint: bool, y_is_adjoint: bool) -> tf.Tensor:
    return tf.matmul(x, y, adjoint_a=x_is_adjoint, adjoint_b=y_is_adjoint)


def sparse_dense(usual: Any, op: tf.Operation, grad: tf.Tensor) -> tuple[None, tf.Tensor, None, tf.Tensor]:
    """Returns the gradients of the values of a sparse matrix and of the dense one that it is multiplied with."""
    indices, values, shape, dense = op.inputs
    if values.dtype.is_complex:
        return usual(op, grad)
    adjoint_a, adjoint_b = op.get_attr('adjoint_a'), op.get_attr('adjoint_b')
    along_dense = tf.raw_ops.SparseTensorDenseMatMul(
        a_indices=indices, a_values=values, a_shape=shape, b=grad, adjoint_a=not adjoint_a
    )
    if adjoint_b:
        along_dense = tf.transpose(along_dense)
    rows, columns = indices[:, 0], indices[:, 1]
    from_grad = tf.gather(grad, columns if adjoint_a else rows)
    from_dense = tf.gather(tf.transpose(dense) if adjoint_b else dense, rows if adjoint_a else columns)
    return None, tf.reduce_sum(from_grad * from_dense, axis=1), None, along_dense
