"""Modules of TensorFlow as one other module sees them, with single functions that build TF 1.15's nodes.

A function that is right for everybody else, such as `tf.divide`, has other nodes where one old function calls it.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import (
    check_ops,
    data_flow_grad,
    image_ops_impl,
    math_grad,
    metrics_impl,
    nn_impl,
    parsing_ops,
)
from tensorflow.python.ops.linalg import (
    linear_operator,
    linear_operator_householder,
    linear_operator_low_rank_update,
    linear_operator_lower_triangular,
)
from tensorflow.python.ops.ragged import row_partition
from tensorflow.python.ops.signal import dct_ops, fft_ops, mel_ops, reconstruction_ops
from tf_keras.src import backend
from tf_keras.src.metrics import base_metric
from tf_keras.src.optimizers.legacy import optimizer_v2

from tf1._engine import linear_algebra, parsing, signals, slices

try:
    from tensorflow.python.ops import tensor_getitem_override
except ImportError:  # Earlier versions have the same elsewhere.
    tensor_getitem_override = types.ModuleType('tensor_getitem_override')
    tensor_getitem_override.tensor_lib = tensor_getitem_override


def _div(x: Any, y: Any, name: str | None = None) -> tf.Tensor:
    return tf.math.divide(x, y, name or 'div')


def _by_reciprocal(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Returns `x / y` as a product with the reciprocal of `y`, which is built once."""
    built = next((op for op in y.consumers() if op.type == 'Reciprocal'), None)
    reciprocal = built.outputs[0] if built else tf.raw_ops.Reciprocal(x=y, name='inv_weight_sum')
    return tf.multiply(x, reciprocal)


def _where(condition: tf.Tensor, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Returns a choice between tensors, by Select where nothing is broadcast."""
    shapes = [tensor.shape for tensor in (condition, x, y)]
    if shapes[0].rank is not None and all(shape.is_compatible_with(shapes[0]) for shape in shapes):
        return tf.where(condition, x, y)
    return tf.where_v2(condition, x, y)


def _select(condition: Any, x: Any = None, y: Any = None, name: str | None = None) -> tf.Tensor:
    """Returns `tf.where_v2` under the name that a choice had."""
    return tf.where_v2(condition, x, y, name or (None if x is None else 'Select'))


def _cast_unless_number(value: Any, dtype: Any, name: str | None = None) -> Any:
    """Returns `tf.cast`, which leaves a number of Python's that is to be float64 as it is."""
    return value if isinstance(value, float) and dtype == tf.float64 else tf.cast(value, dtype, name)


def _scope_unless_ssim(name: str | None, default_name: str | None = None, values: Any = None) -> Any:
    """Returns `tf.name_scope`, which `tf.image.ssim` did not enter."""
    return contextlib.nullcontext() if default_name == 'SSIM' else tf.name_scope(name, default_name, values)


def _joined_checks(checks: Any) -> tf.Operation:
    """Returns the group of the checks of `tf.debugging.assert_shapes`, in their name scope."""
    scopes = {check.name.rpartition('/')[0].rpartition('/')[0] for check in checks}
    with tf.name_scope(f'{min(scopes, key=len)}/' if all(scopes) and scopes else None):
        return tf.group(checks)


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


def _triangular_solve(matrix: Any, rhs: Any, **how: Any) -> tf.Tensor:
    with tf.name_scope('MatrixTriangularSolve'):
        return tf.linalg.triangular_solve(matrix, rhs, **how)


def _cholesky_solve(matrix: Any, rhs: Any, **how: Any) -> tf.Tensor:
    with tf.name_scope('CholeskySolveWithBroadcast'):
        return tf.linalg.cholesky_solve(matrix, rhs, **how)


VIEWS: tuple[tuple[types.ModuleType, str, Mapping[str, Callable[..., Any]]], ...] = (
    (metrics_impl, 'math_ops', {'divide': _div}),
    (parsing_ops, 'gen_parsing_ops', {'parse_example_v2': parsing.parse_example}),
    (backend, 'tf', {'where': _select}),
    (base_metric, 'tf', {'control_dependencies': _control_dependencies}),
    (optimizer_v2, 'tf', {'control_dependencies': _control_dependencies, 'group': _flat_group}),
    (nn_impl, 'math_ops', {'div_no_nan': _by_reciprocal}),
    (check_ops, 'control_flow_ops', {'group': _joined_checks}),
    (data_flow_grad, 'data_flow_ops', {'parallel_dynamic_stitch': tf.dynamic_stitch}),
    (image_ops_impl, 'math_ops', {'cast': _cast_unless_number}),
    (image_ops_impl, 'ops', {'name_scope': _scope_unless_ssim}),
    (math_grad, 'array_ops', {'where_v2': _where}),
    (linear_operator, 'linalg_ops', {'cholesky_solve': _cholesky_solve}),
    (linear_operator_low_rank_update, 'linalg_ops', {'cholesky_solve': _cholesky_solve}),
    (linear_operator_lower_triangular, 'linalg', {'triangular_solve': _triangular_solve}),
    (linear_operator_householder, 'nn', {'l2_normalize': linear_algebra.divided_by_norm}),
    (dct_ops, '_ops', {'convert_to_tensor': signals.zero_or_tensor}),
    (fft_ops, '_tensor_util', {'constant_value': signals.unknown}),
    (mel_ops, 'math_ops', {'cast': signals.cast_number}),
    (reconstruction_ops, 'tensor_util', {'constant_value': signals.unknown}),
    (tensor_getitem_override, 'tensor_lib', {'Tensor': slices.Mask}),
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
