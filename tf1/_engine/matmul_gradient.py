"""The gradient that `tf.matmul` passes on through large weights, on a faster operation of the same name.

TensorFlow passes it on with a MatMul whose second factor is transposed. For float32 weights from half a million values
on, its kernel takes up to five times as long as the other two products of a training step on Intel's processors with
AVX-512 (`python -m benchmarks.matmul_gradient`); the kernel of BatchMatMulV2 does not. TF 1.15 knows that operation,
too. The names, the inputs and, up to rounding, the values stay. On other processors it gains nothing and TensorFlow's
own stays: the choice follows from the processor and not from a measurement, so that a training repeats bit for bit.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine import processor

MIN_VALUES = 2**19
"""Of weights; below, both kernels take as long."""
MIN_ROWS = 16
"""Of a batch; with fewer, MatMul's kernel is the faster one. A batch of unknown size has more."""

Gradient = Callable[[Any, tf.Tensor], tuple[tf.Tensor, tf.Tensor]]


def install() -> None:
    """Registers the gradient for the process; without effect where TensorFlow keeps its gradients elsewhere."""
    try:
        from tensorflow.python.framework import ops

        registered = ops.gradient_registry._registry['MatMul']
        usual = registered['type']
    except (ImportError, AttributeError, KeyError, TypeError):
        return
    if getattr(usual, 'func', None) is not gradient:
        registered['type'] = functools.partial(gradient, usual)


def gradient(usual: Gradient, op: tf.Operation, grad: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the gradients of a MatMul's two factors.

    Args:
      usual: TensorFlow's own gradient.
      op: the MatMul.
      grad: of its output.
    """
    if not _gains(op):
        return usual(op, grad)
    rows, weights = op.inputs
    return (
        tf.raw_ops.BatchMatMulV2(x=grad, y=weights, adj_y=True, name='MatMul'),
        tf.raw_ops.MatMul(a=rows, b=grad, transpose_a=True, name='MatMul_1'),
    )


def _gains(op: tf.Operation) -> bool:
    if not isinstance(op, tf.Operation) or op.get_attr('transpose_a') or op.get_attr('transpose_b'):
        return False
    rows, weights = op.inputs
    if weights.dtype != tf.float32 or not weights.shape.is_fully_defined():
        return False
    batch = rows.shape[:1].as_list()[0] if rows.shape.rank else None
    here = processor.this_one()
    if here.maker != 'GenuineIntel' or 'avx512f' not in here.features:
        return False
    enough = weights.shape.num_elements() >= MIN_VALUES and (batch is None or batch >= MIN_ROWS)
    return enough and not tf2.config.list_physical_devices('GPU')
