"""Modules of TensorFlow as one other module sees them, with single functions that build TF 1.15's nodes.

A function that is right for everybody else, such as `tf.divide`, has other nodes where one old function calls it.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import metrics_impl, nn_impl, parsing_ops
from tensorflow.python.ops.ragged import row_partition
from tf_keras.src.metrics import base_metric
from tf_keras.src.optimizers.legacy import optimizer_v2

from tf1._engine import parsing


def _div(x: Any, y: Any, name: str | None = None) -> tf.Tensor:
    return tf.math.divide(x, y, name or 'div')


def _by_reciprocal(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Returns `x / y` as a product with the reciprocal of `y`, which is built once."""
    built = next((op for op in y.consumers() if op.type == 'Reciprocal'), None)
    reciprocal = built.outputs[0] if built else tf.raw_ops.Reciprocal(x=y, name='inv_weight_sum')
    return tf.multiply(x, reciprocal)


def _flat_group(*inputs: Any, name: str | None = None) -> list[Any]:
    """Returns the operations themselves, to be control inputs one by one."""
    del name
    return tf.nest.flatten(inputs)


def _control_dependencies(inputs: Any) -> Any:
    """Returns the context in which operations wait for `inputs`, for assignments rather than the reads after them."""
    return tf.control_dependencies([_assignment(item) for item in tf.nest.flatten(inputs)])


def _assignment(item: Any) -> Any:
    op = item if isinstance(item, tf.Operation) else getattr(item, 'op', None)
    if op is not None and op.type == 'ReadVariableOp':
        op = next((before for before in reversed(op.control_inputs) if before.type == 'AssignAddVariableOp'), None)
    return op if op is not None and op.type == 'AssignAddVariableOp' else item


def _no_scope(*arguments: Any) -> Any:
    """Returns a context without a scope: TF 1.15 keeps the rows of a ragged tensor in the tensor itself."""
    del arguments
    return contextlib.nullcontext()


VIEWS: tuple[tuple[types.ModuleType, str, Mapping[str, Callable[..., Any]]], ...] = (
    (metrics_impl, 'math_ops', {'divide': _div}),
    (parsing_ops, 'gen_parsing_ops', {'parse_example_v2': parsing.parse_example}),
    (base_metric, 'tf', {'control_dependencies': _control_dependencies}),
    (optimizer_v2, 'tf', {'control_dependencies': _control_dependencies, 'group': _flat_group}),
    (nn_impl, 'math_ops', {'div_no_nan': _by_reciprocal}),
    (row_partition, 'ops', {'name_scope': _no_scope}),
)
"""Who sees it, the name of the module there, and the functions that are others in its eyes."""


class _View(types.ModuleType):
    def __init__(self, usual: types.ModuleType, functions: Mapping[str, Callable[..., Any]]):
        super().__init__(usual.__name__)
        self._usual = usual
        self._functions = functions

    def __getattr__(self, name: str) -> Any:
        if name in self._functions and not tf.executing_eagerly():
            return self._functions[name]
        return getattr(self._usual, name)


def put_in_place() -> None:
    """Puts the views in place; once is enough."""
    for module, name, functions in VIEWS:
        usual = getattr(module, name)
        if not isinstance(usual, _View):
            setattr(module, name, _View(usual, functions))
