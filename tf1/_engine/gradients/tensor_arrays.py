"""Gradients of what is written to a TensorArray.

TensorFlow today makes them wait for the forward write, too, through two identities and, in loops, a stack. The flow of
gradients that comes in waits for all forward writes anyway.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


def write(usual: Any, op: tf.Operation, flow: tf.Tensor) -> list[tf.Tensor | None]:
    """Returns the gradient of a value that was written at an index."""
    handle, index, value, _ = op.inputs
    return [None, None, _gradients(op, handle, value, flow).read(index), flow]


def scatter(usual: Any, op: tf.Operation, flow: tf.Tensor) -> list[tf.Tensor | None]:
    """Returns the gradient of the values that were written at several indices."""
    handle, indices, value, _ = op.inputs
    return [None, None, _gradients(op, handle, value, flow).gather(indices), flow]


def _gradients(op: tf.Operation, handle: tf.Tensor, value: tf.Tensor, flow: tf.Tensor) -> Any:
    array = tf.TensorArray(dtype=value.dtype, handle=handle, flow=flow, colocate_with_first_write_call=False)
    return array.grad(source=_source(flow), flow=flow)


def _source(tensor: tf.Tensor) -> str:
    """Returns the scope of the call of `tf.gradients` that the tensor is from: different calls may not share arrays."""
    parts = tensor.op.name.split('/')
    last = max(index for index, part in enumerate(parts) if part.startswith('gradients'))
    return '/'.join(parts[: last + 1])
