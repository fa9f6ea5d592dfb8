"""Transforms that make the weights of a graph smaller: 8 bits each, or few different values that compress well."""

from __future__ import annotations

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms.nodes import graph_of
from tf1.tools.graph_transforms.parameters import Arguments, one

_LEVELS = 255
"""Steps between the least and the greatest value of 8 bits."""
_FEWEST_ROUNDED = 16
"""Constants of fewer elements are not rounded."""


def quantize_weights(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Stores constants of float32 as 8 bits between their extremes; a node `Dequantize` of their name restores them.

    Argument `minimum_size`: constants of fewer elements stay, 1024 by default.
    """
    least = int(one(arguments, 'minimum_size', '1024'))
    nodes = []
    for node in graph_def.node:
        values = _weights(node)
        nodes += [node] if values is None or values.size < least else _quantized(node.name, values)
    return graph_of(nodes, graph_def)


def _weights(node: tf.NodeDef) -> np.ndarray | None:
    if node.op != 'Const' or node.attr['dtype'].type != tf.float32.as_datatype_enum:
        return None
    return tf.make_ndarray(node.attr['value'].tensor)


def _quantized(name: str, values: np.ndarray) -> list[tf.NodeDef]:
    low, high = np.minimum(values.min(), np.float32(0)), _greatest(values)
    scale = _LEVELS / (float(high) - float(low))
    levels = np.round(values.astype(np.float64) * scale) - np.round(float(low) * scale)
    stored = tf.NodeDef(name=f'{name}_quantized_const', op='Const')
    stored.attr['dtype'].type = tf.quint8.as_datatype_enum
    stored.attr['value'].tensor.CopyFrom(
        tf.make_tensor_proto(np.clip(levels, 0, _LEVELS).astype(np.uint8), dtype=tf.uint8)
    )
    stored.attr['value'].tensor.dtype = tf.quint8.as_datatype_enum
    ends = [_constant(f'{name}_quantized_min', low), _constant(f'{name}_quantized_max', high)]
    restored = tf.NodeDef(name=name, op='Dequantize', input=[stored.name, *(end.name for end in ends)])
    restored.attr['T'].type = tf.quint8.as_datatype_enum
    restored.attr['mode'].s = b'MIN_FIRST'
    return [stored, *ends, restored]


def _greatest(values: np.ndarray) -> np.float32:
    """Returns the greatest value, and the least positive number where none is positive, as TF 1.15 does."""
    return np.maximum(values.max(), np.finfo(np.float32).tiny)


def _constant(name: str, value: np.float32) -> tf.NodeDef:
    node = tf.NodeDef(name=name, op='Const')
    node.attr['dtype'].type = tf.float32.as_datatype_enum
    node.attr['value'].tensor.CopyFrom(tf.make_tensor_proto(value))
    return node


def round_weights(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Moves each value of a constant of float32 to the middle of one of `num_steps` steps, 256 by default."""
    steps = int(one(arguments, 'num_steps', '256'))
    for node in graph_def.node:
        values = _weights(node)
        if values is not None and values.size >= _FEWEST_ROUNDED:
            low, high = values.min(), _greatest(values)
            if low == high:
                high = low + (np.abs(low) if np.abs(low) >= 1e-6 else np.float32(1))
            step = (high - low) / np.float32(steps)
            middle = low + (np.floor((values - low) / step) + np.float32(0.5)) * step
            node.attr['value'].tensor.CopyFrom(tf.make_tensor_proto(middle.astype(np.float32)))
    return graph_def
