"""Gradients of operations whose two operands broadcast against each other.

An operand that was broadcast gets the sum over the axes that were added. TF 1.15 asks BroadcastGradientArgs for these
axes even where the shapes are known, once for each pair of shapes. Only some operations then
leave out sums over no axis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.gradients import once

Reduce = Callable[[tf.Tensor], tf.Tensor]
Pair = tuple[tf.Tensor, tf.Tensor]


def add(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of the two terms of a sum."""
    x, y = op.inputs
    if _are_alike(grad, x, y):
        return grad, grad
    reduce_x, reduce_y = _known_reductions(x, y)
    return reduce_x(grad), reduce_y(grad)


def subtract(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of the two terms of a difference."""
    x, y = op.inputs
    if _are_alike(grad, x, y):
        return grad, -grad
    reduce_x, reduce_y = _known_reductions(x, y)
    return reduce_x(grad), reduce_y(-grad)


def multiply(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of two factors."""
    x, y = op.inputs
    if _are_alike(grad, x, y) and grad.dtype in (tf.int32, tf.float32):
        return tf.raw_ops.Mul(x=grad, y=y), tf.raw_ops.Mul(x=grad, y=x)
    reduce_x, reduce_y = _known_reductions(x, y)
    x, y = tf.conj(x), tf.conj(y)
    return reduce_x(tf.raw_ops.Mul(x=grad, y=y)), reduce_y(tf.raw_ops.Mul(x=x, y=grad))


def squared_difference(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of both operands of a squared difference."""
    x, y = op.inputs
    with tf.control_dependencies([grad]):
        twice = tf.raw_ops.Mul(x=tf.constant(2, dtype=grad.dtype, name='scalar'), y=grad)
        along_x = twice * (x - y)
    if _are_alike(grad, x, y):
        return along_x, -along_x
    reduce_x, reduce_y = _known_reductions(x, y)
    return reduce_x(along_x), -reduce_y(along_x)


def power(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of base and exponent."""
    x, y = op.inputs
    z = op.outputs[0]
    reduce_x, reduce_y = _known_reductions(x, y)
    x, y, z = tf.conj(x), tf.conj(y), tf.conj(z)
    along_x = reduce_x(grad * y * tf.pow(x, y - 1))
    positive = tf.not_equal(x, 0) if x.dtype.is_complex else x > 0
    # Neither branch may pass on the logarithm of what is not positive.
    logarithm = tf.where(positive, tf.log(tf.where(positive, x, tf.ones_like(x))), tf.zeros_like(x))
    return along_x, reduce_y(grad * z * logarithm)


def real_divide(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of dividend and divisor."""
    return _divided(op, grad, lambda a, b: tf.raw_ops.RealDiv(x=a, y=b))


def div_no_nan(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of dividend and divisor of a division that gives 0 for x / 0."""
    return _divided(op, grad, tf.div_no_nan)


def floor_mod(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of both operands of a remainder."""
    x, y = op.inputs
    reduce_x, reduce_y = _reductions(x, y)
    quotient = tf.raw_ops.FloorDiv(x=x, y=y)
    return reduce_x(grad), reduce_y(grad * -quotient)


def arc_tangent(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of y and x of `tf.atan2(y, x)`."""
    y, x = op.inputs
    if not _are_alike(grad, y, x):
        return usual(op, grad)
    with tf.control_dependencies([grad]):
        share = grad / (tf.square(x) + tf.square(y))
        return x * share, -y * share


def broadcast_to(usual: Any, op: tf.Operation, grad: tf.Tensor) -> list[tf.Tensor | None]:
    """Returns the gradient of what was broadcast to a shape."""
    x, shape = op.inputs
    own_shape = tf.shape(x, out_type=shape.dtype)
    _, axes = tf.raw_ops.BroadcastGradientArgs(s0=shape, s1=own_shape)
    return [tf.reshape(tf.reduce_sum(grad, axes, keepdims=True), own_shape), None]


def select(usual: Any, op: tf.Operation, grad: tf.Tensor) -> tuple[None, tf.Tensor, tf.Tensor]:
    """Returns the gradients of both choices of `tf.where_v2`."""
    condition, x, y = op.inputs
    zeros = tf.zeros([], grad.dtype.base_dtype)
    along_x = tf.raw_ops.SelectV2(condition=condition, t=grad, e=zeros)
    shape_of_x, shape = tf.shape(x), tf.shape(op.outputs[0])
    along_x = _summed_to(along_x, shape_of_x, shape)
    along_y = tf.raw_ops.SelectV2(condition=condition, t=zeros, e=grad)
    return None, along_x, _summed_to(along_y, tf.shape(y), shape)


def _summed_to(grad: tf.Tensor, shape: tf.Tensor, broadcast_shape: tf.Tensor) -> tf.Tensor:
    axes, _ = tf.raw_ops.BroadcastGradientArgs(s0=shape, s1=broadcast_shape)
    return tf.reshape(tf.reduce_sum(grad, axes, keepdims=True), shape)


def maximum(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of both operands: each gets it where it was chosen; the first one where both are equal."""
    return _chosen(op, grad, tf.greater_equal)


def minimum(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Pair:
    """Returns the gradients of both operands, as `maximum` does."""
    return _chosen(op, grad, tf.less_equal)


def _divided(op: tf.Operation, grad: tf.Tensor, divide: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]) -> Pair:
    x, y = op.inputs
    reduce_x, reduce_y = _reductions(x, y)
    x, y = tf.conj(x), tf.conj(y)
    along_x = reduce_x(divide(grad, y))
    return along_x, reduce_y(grad * divide(divide(-x, y), y))


def _chosen(op: tf.Operation, grad: tf.Tensor, first_wins: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]) -> Pair:
    x, y = op.inputs
    shapes = tf.shape(x), tf.shape(y)
    shape = tf.shape(grad)
    with tf.name_scope('zeros') as scope:
        zeros = tf.fill(shape, tf.constant(0, dtype=grad.dtype), name=scope)
    is_first = first_wins(x, y)
    reduce_x, reduce_y = _summed(shapes)
    along_x = reduce_x(tf.where(is_first, grad, zeros))
    return along_x, reduce_y(tf.where(is_first, zeros, grad))


def _are_alike(*tensors: tf.Tensor) -> bool:
    shapes = [tensor.shape for tensor in tensors]
    return shapes[0].is_fully_defined() and all(shape.is_fully_defined() and shape == shapes[0] for shape in shapes)


def _reductions(x: tf.Tensor, y: tf.Tensor) -> tuple[Reduce, Reduce]:
    return _summed((tf.shape(x), tf.shape(y)))


def _summed(shapes: Pair) -> tuple[Reduce, Reduce]:
    axes = tf.raw_ops.BroadcastGradientArgs(s0=shapes[0], s1=shapes[1])
    return tuple(
        lambda grad, shape=shape, over=over: tf.reshape(tf.reduce_sum(grad, over), shape)
        for shape, over in zip(shapes, axes, strict=True)
    )


def _known_reductions(x: tf.Tensor, y: tf.Tensor) -> tuple[Reduce, Reduce]:
    """Returns what `_reductions` does, without sums over no axis where both shapes are known."""
    if not (x.shape.is_fully_defined() and y.shape.is_fully_defined()):
        return _summed((tf.raw_ops.Shape(input=x), tf.raw_ops.Shape(input=y)))
    shapes = [np.array(tensor.shape.as_list(), np.int32) for tensor in (x, y)]
    if once.is_first(('broadcast', tuple(shapes[0].tolist()), tuple(shapes[1].tolist()))):
        tf.raw_ops.BroadcastGradientArgs(s0=shapes[0], s1=shapes[1])
    whole = tf.broadcast_static_shape(x.shape, y.shape).as_list()
    return tuple(_known_reduction(shape, whole) for shape in shapes)


def _known_reduction(shape: np.ndarray, whole: list[int]) -> Reduce:
    if shape.tolist() == whole:
        return lambda grad: grad
    padded = [1] * (len(whole) - shape.size) + shape.tolist()
    axes = [axis for axis, size in enumerate(padded) if size == 1]
    return lambda grad: tf.reshape(tf.reduce_sum(grad, axes), shape)
