"""`tf.contrib.framework`: argument scopes, variables by name, checkpoints, small helpers."""

from __future__ import annotations

from tensorflow import TensorSpec

from tf1._namespace import removed
from tf1.contrib.framework import nest
from tf1.contrib.framework.assignment import (
    assign_from_checkpoint,
    assign_from_checkpoint_fn,
    assign_from_values,
    assign_from_values_fn,
)
from tf1.contrib.framework.bounded_tensor_spec import BoundedTensorSpec
from tf1.contrib.framework.checkpoints import init_from_checkpoint, list_variables, load_checkpoint, load_variable
from tf1.contrib.framework.deprecation import deprecated, deprecated_arg_values, deprecated_args
from tf1.contrib.framework.device_chooser import VariableDeviceChooser
from tf1.contrib.framework.global_step import (
    assert_global_step,
    assert_or_get_global_step,
    create_global_step,
    get_global_step,
    get_or_create_global_step,
)
from tf1.contrib.framework.graphs import (
    get_graph_from_inputs,
    get_name_scope,
    get_placeholders,
    prepend_name_scope,
    strip_name_scope,
)
from tf1.contrib.framework.orthogonal import convolutional_delta_orthogonal
from tf1.contrib.framework.py_func import py_func
from tf1.contrib.framework.record_input import RecordInput
from tf1.contrib.framework.remapping import (
    load_and_remap_matrix_initializer,
    load_embedding_initializer,
    load_linear_multiclass_bias_initializer,
    load_variable_slot_initializer,
)
from tf1.contrib.framework.scopes import (
    add_arg_scope,
    arg_scope,
    arg_scoped_arguments,
    current_arg_scope,
    has_arg_scope,
)
from tf1.contrib.framework.smart_cond import smart_case, smart_cond, smart_constant_value
from tf1.contrib.framework.tensors import (
    argsort,
    assert_same_float_dtype,
    assert_scalar,
    assert_scalar_int,
    convert_to_tensor_or_sparse_tensor,
    is_tensor,
    reduce_sum_n,
    remove_squeezable_dimensions,
    sort,
    with_same_shape,
    with_shape,
)
from tf1.contrib.framework.variable_lookup import (
    filter_variables,
    get_local_variables,
    get_model_variables,
    get_trainable_variables,
    get_unique_variable,
    get_variable_full_name,
    get_variables,
    get_variables_by_name,
    get_variables_by_suffix,
    get_variables_to_restore,
)
from tf1.contrib.framework.variables import (
    add_model_variable,
    global_variable,
    local_variable,
    model_variable,
    variable,
    zero_initializer,
)

__all__ = [
    'BoundedTensorSpec',
    'RecordInput',
    'TensorSpec',
    'VariableDeviceChooser',
    'add_arg_scope',
    'add_model_variable',
    'arg_scope',
    'arg_scoped_arguments',
    'argsort',
    'assert_global_step',
    'assert_or_get_global_step',
    'assert_same_float_dtype',
    'assert_scalar',
    'assert_scalar_int',
    'assign_from_checkpoint',
    'assign_from_checkpoint_fn',
    'assign_from_values',
    'assign_from_values_fn',
    'convert_to_tensor_or_sparse_tensor',
    'convolutional_delta_orthogonal',
    'create_global_step',
    'current_arg_scope',
    'deprecated',
    'deprecated_arg_values',
    'deprecated_args',
    'filter_variables',
    'get_global_step',
    'get_graph_from_inputs',
    'get_local_variables',
    'get_model_variables',
    'get_name_scope',
    'get_or_create_global_step',
    'get_placeholders',
    'get_trainable_variables',
    'get_unique_variable',
    'get_variable_full_name',
    'get_variables',
    'get_variables_by_name',
    'get_variables_by_suffix',
    'get_variables_to_restore',
    'global_variable',
    'has_arg_scope',
    'init_from_checkpoint',
    'is_tensor',
    'list_variables',
    'load_and_remap_matrix_initializer',
    'load_checkpoint',
    'load_embedding_initializer',
    'load_linear_multiclass_bias_initializer',
    'load_variable',
    'load_variable_slot_initializer',
    'local_variable',
    'model_variable',
    'nest',
    'prepend_name_scope',
    'py_func',
    'reduce_sum_n',
    'remove_squeezable_dimensions',
    'smart_case',
    'smart_cond',
    'smart_constant_value',
    'sort',
    'strip_name_scope',
    'variable',
    'with_same_shape',
    'with_shape',
    'zero_initializer',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.framework', name)
