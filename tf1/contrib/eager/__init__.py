"""`tf.contrib.eager`: what eager programs of TF 1 used before it became part of `tf` itself."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.eager import metrics
from tf1.contrib.eager.execution import (
    ASYNC,
    DEVICE_PLACEMENT_EXPLICIT,
    DEVICE_PLACEMENT_SILENT,
    DEVICE_PLACEMENT_WARN,
    SYNC,
    async_clear_error,
    async_wait,
    defun,
    execution_mode,
    list_devices,
    num_gpus,
    run,
    set_execution_mode,
)
from tf1.contrib.eager.gradients import (
    gradients_function,
    implicit_gradients,
    implicit_value_and_gradients,
    value_and_gradients_function,
)
from tf1.contrib.eager.iterator import Iterator
from tf1.contrib.eager.network import Network, Sequential
from tf1.contrib.eager.saver import Saver, get_optimizer_variables, restore_variables_on_create
from tf1.contrib.eager.two_modes import run_all_tests_in_graph_and_eager_modes, run_test_in_graph_and_eager_modes
from tf1.contrib.eager.variables import EagerVariableStore, Variable

Checkpoint = tf.train.Checkpoint
Checkpointable = tf.Module
GradientTape = tf.GradientTape
TensorSpec = tf.TensorSpec
custom_gradient = tf.custom_gradient
enable_eager_execution = tf.enable_eager_execution
executing_eagerly = tf.executing_eagerly
function = tf.function
in_eager_mode = tf.executing_eagerly
make_template = tf.make_template
py_func = tf.py_function

__all__ = [
    'ASYNC',
    'Checkpoint',
    'Checkpointable',
    'DEVICE_PLACEMENT_EXPLICIT',
    'DEVICE_PLACEMENT_SILENT',
    'DEVICE_PLACEMENT_WARN',
    'EagerVariableStore',
    'GradientTape',
    'Iterator',
    'Network',
    'SYNC',
    'Saver',
    'Sequential',
    'TensorSpec',
    'Variable',
    'async_clear_error',
    'async_wait',
    'custom_gradient',
    'defun',
    'enable_eager_execution',
    'executing_eagerly',
    'execution_mode',
    'function',
    'get_optimizer_variables',
    'gradients_function',
    'implicit_gradients',
    'implicit_value_and_gradients',
    'in_eager_mode',
    'list_devices',
    'make_template',
    'metrics',
    'num_gpus',
    'py_func',
    'restore_variables_on_create',
    'run',
    'run_all_tests_in_graph_and_eager_modes',
    'run_test_in_graph_and_eager_modes',
    'set_execution_mode',
    'value_and_gradients_function',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.eager', name)
