"""The few changes of a graph that stands for which TensorFlow has no public name: inputs and control inputs of an op.

All of tf1's uses of such private methods of `tf.Operation` are here.
"""

from __future__ import annotations

from collections.abc import Iterable

import tf1 as tf

# Programs that rewire graphs read outputs under the name that TF 1.15 had besides the public one.
if not hasattr(tf.Operation, '_outputs'):
    tf.Operation._outputs = property(lambda op: list(op.outputs))


def set_input(op: tf.Operation, index: int, tensor: tf.Tensor) -> None:
    """Makes `tensor` input number `index` of `op`."""
    op._update_input(index, tensor)


def add_control_inputs(op: tf.Operation, control_inputs: Iterable[tf.Operation]) -> None:
    """Makes `op` wait for more operations."""
    op._add_control_inputs(list(control_inputs))


def set_control_inputs(op: tf.Operation, control_inputs: Iterable[tf.Operation]) -> None:
    """Makes `op` wait for these operations alone."""
    op._remove_all_control_inputs()
    add_control_inputs(op, control_inputs)
