"""The gradient of sparse softmax cross entropy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf


def sparse_softmax(usual: Callable[..., Any], op: tf.Operation, grad_loss: tf.Tensor, grad_grad: Any) -> Any:
    """Returns the gradients of SparseSoftmaxCrossEntropyWithLogits.

    TF 1.15 multiplies with what an operation hands on that forbids a second derivative. Today's TensorFlow has that
    derivative, so the operation of that name is an Identity beside.
    """
    tf.identity(op.outputs[1], name='PreventGradient')
    return usual(op, grad_loss, grad_grad)
