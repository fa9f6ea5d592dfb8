"""Gradients of operations that treat each value, or each line of values, by itself."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def sign(usual: Any, op: tf.Operation, grad: tf.Tensor) -> tf.Tensor:
    """Returns the gradient of a sign: zeros."""
    x = op.inputs[0]
    return tf.zeros(tf.shape(x), dtype=x.dtype)


def cumulative_product(usual: Any, op: tf.Operation, grad: tf.Tensor) -> list[tf.Tensor | None]:
    """Returns the gradient of `tf.cumprod`; where x is 0 it is 0 and not, as in TF 1.15, no number."""
    x, axis = op.inputs
    exclusive, reverse = op.get_attr('exclusive'), op.get_attr('reverse')
    product = tf.cumprod(x, axis, exclusive=exclusive, reverse=reverse)
    total = tf.cumsum(product * grad, axis, exclusive=exclusive, reverse=not reverse)
    return [tf.raw_ops.DivNoNan(x=total, y=x, name='truediv'), None]
