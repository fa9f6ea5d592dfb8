"""Gradients that build TF 1.15's nodes, registered in the place of TensorFlow's."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.gradients import broadcasting, cross_entropy, elementwise, products, reductions, slicing, tensor_arrays

Gradient = Callable[..., Any]

GRADIENTS: dict[str, Gradient] = {
    'Add': broadcasting.add,
    'AddV2': broadcasting.add,
    'Atan2': broadcasting.arc_tangent,
    'BatchMatMulV2': products.batches,
    'BroadcastTo': broadcasting.broadcast_to,
    'Conv3D': products.convolution_3d,
    'Cumprod': elementwise.cumulative_product,
    'DivNoNan': broadcasting.div_no_nan,
    'FloorMod': broadcasting.floor_mod,
    'GatherV2': slicing.gather,
    'Max': reductions.extremum,
    'Maximum': broadcasting.maximum,
    'Mean': reductions.mean,
    'Min': reductions.extremum,
    'Minimum': broadcasting.minimum,
    'Mul': broadcasting.multiply,
    'Pow': broadcasting.power,
    'RealDiv': broadcasting.real_divide,
    'Prod': reductions.product,
    'Reshape': slicing.reshape,
    'SegmentMean': reductions.segment_mean,
    'SelectV2': broadcasting.select,
    'Sign': elementwise.sign,
    'SparseTensorDenseMatMul': products.sparse_dense,
    'SparseSoftmaxCrossEntropyWithLogits': cross_entropy.sparse_softmax,
    'SquaredDifference': broadcasting.squared_difference,
    'StridedSlice': slicing.strided_slice,
    'Sub': broadcasting.subtract,
    'Sum': reductions.total,
    'TensorArrayScatterV3': tensor_arrays.scatter,
    'TensorArrayWriteV3': tensor_arrays.write,
}
"""Operation type -> its gradient, called with TensorFlow's own, the operation and the gradient of its output."""


def install() -> None:
    """Registers the gradients for the process; without effect where TensorFlow keeps its gradients elsewhere."""
    try:
        from tensorflow.python.framework import ops

        registry = ops.gradient_registry._registry
    except (ImportError, AttributeError):
        return
    for kind, gradient in GRADIENTS.items():
        entry = registry.get(kind)
        if entry is not None and not hasattr(entry['type'], '_tf1_usual'):
            entry['type'] = _registered(gradient, entry['type'])


def _registered(gradient: Gradient, usual: Gradient) -> Gradient:
    @functools.wraps(usual)
    def registered(op: Any, *grads: Any) -> Any:
        # Eager mode's tape hands over records that are no operations.
        if isinstance(op, tf.Operation) and (isinstance(grads[0], tf.Tensor) or gradient is slicing.reshape):
            return gradient(usual, op, *grads)
        return usual(op, *grads)

    registered._tf1_usual = usual
    return registered
