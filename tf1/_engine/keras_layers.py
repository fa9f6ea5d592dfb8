"""Keras layers that name or order their nodes otherwise than TF 1.15's."""

from __future__ import annotations

import contextlib
import numbers
from collections.abc import Iterator
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def dropout(usual: Function) -> Function:
    """Returns the `call` of dropout layers, which at a rate of 0, too, asks whether it is training, and keeps all."""

    def ours(self: Any, inputs: tf.Tensor, training: Any = None) -> tf.Tensor:
        if not isinstance(self.rate, numbers.Real) or self.rate != 0:
            return usual(self, inputs, training)

        def kept() -> tf.Tensor:
            self._get_noise_shape(inputs)
            return inputs

        training = tf.keras.backend.learning_phase() if training is None else training
        known = tf.get_static_value(training) if isinstance(training, tf.Tensor) else training
        if known is None or isinstance(known, tf.Variable):
            return tf.cond(training, kept, lambda: tf.identity(inputs))
        return kept() if known else tf.identity(inputs)

    return ours


def recurrent_build(usual: Function) -> Function:
    """Returns a convolutional recurrent layer's `build`, which names its variables as `keras_names` does others'."""

    def ours(self: Any, input_shape: Any) -> None:
        scope = tf.get_default_graph().get_name_scope()
        if not scope:
            return usual(self, input_shape)
        with _renamed(_cells(self.cell), scope + '/'):
            return usual(self, input_shape)

    return ours


def _cells(cell: Any) -> list[Any]:
    """Returns a cell and those that it is made of."""
    return [cell] + [inner for part in getattr(cell, 'cells', ()) for inner in _cells(part)]


@contextlib.contextmanager
def _renamed(cells: list[Any], name: str) -> Iterator[None]:
    """Gives layers a name for a while; one that ends in `/` opens the scope that is open already."""
    before = [(cell, cell._name) for cell in cells if hasattr(cell, '_name')]
    for cell, _ in before:
        cell._name = name
    try:
        yield
    finally:
        for cell, own in before:
            cell._name = own


def recurrent_call(usual: Function) -> Function:
    """Returns a recurrent layer's `call`, whose cells open no name scopes of their own."""

    def ours(self: Any, *args: Any, **kwargs: Any) -> Any:
        cells = [
            cell
            for cell in _cells(self.cell)
            if isinstance(cell, tf.keras.layers.Layer) and not isinstance(cell, tf.nn.rnn_cell.RNNCell)
        ]
        for cell in cells:
            # Read by `cell.__call__`, not by `cell(...)`.
            object.__setattr__(cell, '__call__', cell.call)
        try:
            return usual(self, *args, **kwargs)
        finally:
            for cell in cells:
                object.__delattr__(cell, '__call__')

    return ours


def embedding(usual: Function) -> Function:
    """Returns `Embedding.call`, whose result passes through one more Identity."""

    def ours(self: Any, inputs: Any) -> Any:
        found = usual(self, inputs)
        if isinstance(found, tf.Tensor) and found.op.name.endswith('embedding_lookup/Identity'):
            return tf.identity(found, name='embedding_lookup/Identity_1')
        return found

    return ours


def apply_scores(usual: Function) -> Function:
    """Returns what weighs an attention layer's values; without dropout it does not ask whether it trains."""

    def ours(self: Any, scores: Any, value: Any, scores_mask: Any = None, training: Any = None) -> Any:
        if training is None and not self.dropout:
            training = False
        return usual(self, scores, value, scores_mask, training)

    return ours


def aggregate_gradients(usual: Function) -> Function:
    """Returns an optimizer's `_aggregate_gradients`, which leaves gradients as they are where one replica trains."""

    def ours(self: Any, grads_and_vars: Any) -> Any:
        if tf.distribute.has_strategy():
            return usual(self, grads_and_vars)
        return list(grads_and_vars)

    return ours


def distributed_apply(usual: Function) -> Function:
    """Returns what applies an optimizer's gradients and reads its count of steps once more afterwards."""

    def ours(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = usual(self, *args, **kwargs)
        counted = getattr(result, 'op', result)
        if isinstance(counted, tf.Operation) and counted.type == 'AssignAddVariableOp':
            updates = counted.inputs[1].op.control_inputs
            with tf.name_scope(counted.name.rpartition('/')[0] + '/'), tf.control_dependencies([*updates, counted]):
                tf.raw_ops.ReadVariableOp(resource=counted.inputs[0], dtype=tf.int64, name='ReadVariableOp')
        return result

    return ours
