"""Names of layers, weights and metrics as in Keras 2 up to 2.3 and tf.keras up to 1.15: files are loaded by them.

A recurrent layer's weights are called `lstm/kernel`, without the cell. A program that imports the package `keras`
(`use_package_names`) has its layers numbered from 1, and metrics called as they were written.
"""

from __future__ import annotations

import contextlib
import functools
import re
from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras
from tf_keras.src.engine import functional

_zero_based = True


def install() -> None:
    """Changes the names, for the process."""
    from tf_keras.src.engine import base_layer, base_layer_v1, training_utils_v1

    for layer in (base_layer.Layer, base_layer_v1.Layer, functional.Functional):
        _name_by_rule(layer)
    _build_cells_in_the_layers_scope(tf_keras.layers.RNN)
    usual = training_utils_v1.get_metric_name
    training_utils_v1.get_metric_name = functools.wraps(usual)(functools.partial(_metric_name, usual))


def use_package_names() -> None:
    """Names what is built from now on as the package `keras` does."""
    global _zero_based
    _zero_based = False


def uses_package_names() -> bool:
    """Returns whether `use_package_names` was called."""
    return not _zero_based


def snake_case(name: str) -> str:
    """Returns the name of a layer of class `name`: conv_lst_m2d for ConvLSTM2D."""
    name = re.sub(r'(.)([A-Z][a-z0-9]+)', r'\1_\2', name)
    name = re.sub(r'([a-z])([A-Z])', r'\1_\2', name).lower()
    return f'private{name}' if name.startswith('_') else name


def _name_by_rule(layer: type) -> None:
    usual = layer._init_set_name

    def _init_set_name(self: Any, name: str | None, zero_based: bool = True) -> None:
        if name is None:
            # The class of a model of layers was `Model` itself.
            kind = snake_case('Model' if type(self) is functional.Functional else type(self).__name__)
            name = tf_keras.src.backend.unique_object_name(kind, zero_based=zero_based and _zero_based)
        usual(self, name, zero_based)

    layer._init_set_name = _init_set_name


def _build_cells_in_the_layers_scope(layer: type) -> None:
    usual = layer.build

    @functools.wraps(usual)
    def build(self: Any, input_shape: Any) -> None:
        with contextlib.ExitStack() as stack:
            if not tf.executing_eagerly() and not isinstance(self.cell, tf.nn.rnn_cell.RNNCell):
                scope = tf.get_default_graph().get_name_scope()
                for cell in (self.cell, *getattr(self.cell, 'cells', ())):
                    stack.enter_context(_built_in(cell, scope))
            usual(self, input_shape)

    layer.build = build


@contextlib.contextmanager
def _built_in(cell: Any, scope: str) -> Any:
    """While it lasts, `cell` is built in name scope `scope`."""
    usual = cell.build

    def build(input_shape: Any) -> Any:
        with tf.name_scope(f'{scope}/' if scope else None):
            return usual(input_shape)

    object.__setattr__(cell, 'build', build)
    try:
        yield
    finally:
        object.__delattr__(cell, 'build')


def _metric_name(usual: Any, metric: Any, weighted: bool = False) -> str:
    if isinstance(metric, str) and (not _zero_based or metric == 'cosine_proximity'):
        return metric
    return usual(metric, weighted)
