"""Batch normalization after training is a factor and an offset per channel: both go into the layer before it."""

from __future__ import annotations

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms.nodes import graph_of, node_name
from tf1.tools.graph_transforms.parameters import Arguments

_LAYERS = ('Conv2D', 'MatMul', 'DepthwiseConv2dNative')
_FUSED = ('BatchNormWithGlobalNormalization', 'FusedBatchNorm')


def fold_batch_norms(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Multiplies the weights of a layer by the constant that its result is multiplied by.

    The layer moves, with its weights and what it reads, to the place of the product.
    """
    by_name = {node.name: node for node in graph_def.node}
    users = _users(graph_def)
    gone: set[str] = set()
    moved: dict[str, tuple[str, ...]] = {}
    for product in graph_def.node:
        found = _layer_and_factor(product, by_name, users)
        if found is None:
            continue
        layer, factor = found
        weights = by_name[node_name(layer.input[1])]
        values = tf.make_ndarray(weights.attr['value'].tensor)
        _set(weights, _scaled(layer.op, values, tf.make_ndarray(factor.attr['value'].tensor).reshape(-1)))
        gone |= {layer.name, factor.name} if users.get(factor.name, 0) == 1 else {layer.name}
        name = product.name
        product.CopyFrom(layer)
        product.name = name
        moved[name] = (weights.name, node_name(layer.input[0]))
    elsewhere = {name for names in moved.values() for name in names} | gone
    nodes: dict[str, tf.NodeDef] = {}

    def place(name: str) -> None:
        for before in moved.get(name, ()):
            place(before)
        nodes[name] = by_name[name]

    for node in graph_def.node:
        if node.name not in elsewhere:
            place(node.name)
    return graph_of(nodes.values(), graph_def)


def _layer_and_factor(
    product: tf.NodeDef, by_name: dict[str, tf.NodeDef], users: dict[str, int]
) -> tuple[tf.NodeDef, tf.NodeDef] | None:
    if product.op != 'Mul':
        return None
    layer, factor = (by_name.get(node_name(tensor)) for tensor in product.input[:2])
    if layer is None or factor is None or layer.op not in _LAYERS or factor.op != 'Const':
        return None
    weights = by_name.get(node_name(layer.input[1]))
    if weights is None or weights.op != 'Const' or users.get(weights.name) != 1 or users.get(layer.name) != 1:
        return None
    channels = tf.make_ndarray(factor.attr['value'].tensor).size
    shape = [size.size for size in weights.attr['value'].tensor.tensor_shape.dim]
    columns = shape[2] * shape[3] if layer.op == 'DepthwiseConv2dNative' else shape[-1]
    return (layer, factor) if channels == columns else None


def fold_old_batch_norms(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Puts `FusedBatchNorm` of constants, and its predecessor, into the weights and an offset of the layer before."""
    by_name = {node.name: node for node in graph_def.node}
    users = _users(graph_def)
    gone: set[str] = set()
    nodes = []
    for node in graph_def.node:
        layer = by_name.get(node_name(node.input[0])) if node.op in _FUSED else None
        statistics = [by_name.get(node_name(tensor)) for tensor in node.input[1:5]]
        if layer is None or layer.op not in _LAYERS or any(s is None or s.op != 'Const' for s in statistics):
            nodes.append(node)
            continue
        weights = by_name.get(node_name(layer.input[1]))
        if weights is None or weights.op != 'Const' or users.get(weights.name) != 1 or users.get(layer.name) != 1:
            nodes.append(node)
            continue
        factor, offset = _factor_and_offset(node, statistics)
        _set(weights, _scaled(layer.op, tf.make_ndarray(weights.attr['value'].tensor), factor))
        gone |= {s.name for s in statistics if users.get(s.name) == 1}
        nodes += _offset_nodes(node, layer, offset)
    return graph_of([node for node in nodes if node.name not in gone], graph_def)


def _factor_and_offset(node: tf.NodeDef, statistics: list[tf.NodeDef]) -> tuple[np.ndarray, np.ndarray]:
    values = [tf.make_ndarray(constant.attr['value'].tensor) for constant in statistics]
    if node.op == 'FusedBatchNorm':
        scale, offset, mean, variance = values
        epsilon, scaled = node.attr['epsilon'].f, True
    else:
        mean, variance, offset, scale = values
        epsilon, scaled = node.attr['variance_epsilon'].f, node.attr['scale_after_normalization'].b
    factor = (scale if scaled else 1.0) / np.sqrt(variance + np.float32(epsilon))
    return factor, offset - mean * factor


def _offset_nodes(node: tf.NodeDef, layer: tf.NodeDef, offset: np.ndarray) -> list[tf.NodeDef]:
    constant = tf.NodeDef(name=f'{layer.name}_bn_offset', op='Const')
    constant.attr['dtype'].CopyFrom(layer.attr['T'])
    _set(constant, offset.astype(np.float32))
    added = tf.NodeDef(name=node.name, op='BiasAdd', input=[layer.name, constant.name])
    added.attr['T'].CopyFrom(layer.attr['T'])
    if 'data_format' in layer.attr:
        added.attr['data_format'].CopyFrom(layer.attr['data_format'])
    return [constant, added]


def _scaled(operation: str, weights: np.ndarray, factor: np.ndarray) -> np.ndarray:
    if operation == 'DepthwiseConv2dNative':
        factor = factor.reshape(weights.shape[2:])
    return (weights * factor).astype(weights.dtype)


def _set(node: tf.NodeDef, values: np.ndarray) -> None:
    node.attr['value'].tensor.CopyFrom(tf.make_tensor_proto(values))


def _users(graph_def: tf.GraphDef) -> dict[str, int]:
    counts: dict[str, int] = {}
    for node in graph_def.node:
        for tensor in node.input:
            counts[node_name(tensor)] = counts.get(node_name(tensor), 0) + 1
    return counts
