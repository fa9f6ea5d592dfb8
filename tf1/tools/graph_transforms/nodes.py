"""Transforms that remove, rename and order nodes."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterable

import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms.parameters import Arguments, one

_DIGITS = string.digits + string.ascii_letters


def node_name(tensor: str) -> str:
    """Returns the node that an input of a node comes from: 'a' for 'a:1' and '^a'."""
    return tensor.removeprefix('^').partition(':')[0]


def graph_of(nodes: Iterable[tf.NodeDef], like: tf.GraphDef) -> tf.GraphDef:
    """Returns a graph of `nodes`, with the functions and versions of `like`."""
    graph_def = tf.GraphDef(versions=like.versions, library=like.library)
    graph_def.node.extend(nodes)
    return graph_def


def needed(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str]) -> set[str]:
    """Returns the names of the nodes that `outputs` depend on, without what only `inputs` depend on.

    Raises:
      InvalidArgumentError: an output is not in the graph.
    """
    by_name = {node.name: node for node in graph_def.node}
    found: set[str] = set()
    waiting = [node_name(name) for name in outputs]
    for name in waiting:
        if name not in by_name:
            raise tf.errors.InvalidArgumentError(None, None, f'Input node {name} not found in graph')
    stops = {node_name(name) for name in inputs}
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if name not in stops:
            waiting += [node_name(tensor) for tensor in by_name[name].input]
    return found


def strip_unused_nodes(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Keeps what the outputs need; inputs become placeholders.

    Arguments `type` and `shape` say which; `name`, `type_for_name` and `shape_for_name` for single inputs.
    """
    kept = needed(graph_def, inputs, outputs)
    types = dict(zip(arguments.get('name', []), arguments.get('type_for_name', []), strict=False))
    shapes = dict(zip(arguments.get('name', []), arguments.get('shape_for_name', []), strict=False))
    common_type, common_shape = one(arguments, 'type', 'float'), one(arguments, 'shape', '')
    fed = {node_name(name) for name in inputs}
    nodes = []
    for node in graph_def.node:
        if node.name in kept and node.name in fed and node.op != 'Placeholder':
            nodes.append(
                _placeholder(node.name, types.get(node.name, common_type), shapes.get(node.name, common_shape))
            )
        elif node.name in kept:
            nodes.append(node)
    return graph_of(nodes, graph_def)


def _placeholder(name: str, dtype: str, shape: str) -> tf.NodeDef:
    sizes = [None if int(size) < 0 else int(size) for size in shape.split(',') if size.strip()]
    node = tf.NodeDef(name=name, op='Placeholder')
    node.attr['dtype'].type = tf.as_dtype({'float': 'float32', 'double': 'float64'}.get(dtype, dtype)).as_datatype_enum
    node.attr['shape'].shape.CopyFrom(tf.TensorShape(sizes).as_proto())
    return node


def remove_nodes(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Removes nodes of the operations `op` that have one input: whoever used them gets that input."""
    operations = arguments.get('op', [])
    most = int(one(arguments, 'max_inputs', '1'))
    fixed = {node_name(name) for name in (*inputs, *outputs)}
    instead = {
        node.name: node.input[0]
        for node in graph_def.node
        if node.op in operations and node.name not in fixed and 1 <= len(node.input) <= most
    }

    def resolved(tensor: str) -> str:
        while node_name(tensor) in instead:
            source = instead[node_name(tensor)]
            tensor = f'^{node_name(source)}' if tensor.startswith('^') else source
        return tensor

    kept = [node for node in graph_def.node if node.name not in instead]
    for node in kept:
        node.input[:] = [resolved(tensor) for tensor in node.input]
    return graph_of(kept, graph_def)


def sort_by_execution_order(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Puts each node behind those that it needs; of those that could be next, the last one is."""
    missing = {node.name: len(node.input) for node in graph_def.node}
    users: dict[str, list[tf.NodeDef]] = {}
    for node in graph_def.node:
        for tensor in node.input:
            users.setdefault(node_name(tensor), []).append(node)
    ready = [node for node in graph_def.node if not node.input]
    ordered = []
    while ready:
        node = ready.pop()
        ordered.append(node)
        for user in users.get(node.name, ()):
            missing[user.name] -= 1
            if not missing[user.name]:
                ready.append(user)
    return graph_of(ordered, graph_def)


def _of_operation(node: tf.NodeDef, arguments: Arguments) -> bool:
    return one(arguments, 'op_name', '*') in ('*', '', node.op)


def rename_attribute(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Calls attribute `old_attribute_name` of the nodes of `op_name` (`*` for all) `new_attribute_name`."""
    old, new = one(arguments, 'old_attribute_name'), one(arguments, 'new_attribute_name')
    for node in graph_def.node:
        if _of_operation(node, arguments) and old in node.attr:
            node.attr[new].CopyFrom(node.attr[old])
            del node.attr[old]
    return graph_def


def remove_attribute(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Removes attribute `attribute_name` of the nodes of `op_name` (`*` for all)."""
    for node in graph_def.node:
        if _of_operation(node, arguments):
            node.attr.pop(one(arguments, 'attribute_name'), None)
    return graph_def


def rename_op(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Gives the nodes of operation `old_op_name` the operation `new_op_name`."""
    old, new = one(arguments, 'old_op_name'), one(arguments, 'new_op_name')
    for node in graph_def.node:
        if node.op == old:
            node.op = new
    return graph_def


def set_device(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Puts all nodes on `device`; with `if_default=true` only those that have none."""
    only_default = one(arguments, 'if_default', 'false') == 'true'
    for node in graph_def.node:
        if not (only_default and node.device):
            node.device = one(arguments, 'device', '')
    return graph_def


def remove_device(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Takes all nodes off their devices."""
    for node in graph_def.node:
        node.device = ''
    return graph_def


def remove_control_dependencies(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Lets no node wait for others whose values it does not use."""
    for node in graph_def.node:
        node.input[:] = [tensor for tensor in node.input if not tensor.startswith('^')]
    return graph_def


def add_default_attributes(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Gives nodes the attributes that they lack, with the defaults of their operations."""
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name='')
    for node in graph_def.node:
        for name, value in graph.get_operation_by_name(node.name).node_def.attr.items():
            if name not in node.attr:
                node.attr[name].CopyFrom(value)
    return graph_def


def merge_duplicate_nodes(
    graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments
) -> tf.GraphDef:
    """Keeps one of the nodes that have the same operation, attributes, device and inputs."""
    fixed = {node_name(name) for name in (*inputs, *outputs)}
    while True:
        first: dict[bytes, str] = {}
        instead: dict[str, str] = {}
        for node in graph_def.node:
            if node.name in fixed:
                continue
            unnamed = tf.NodeDef()
            unnamed.CopyFrom(node)
            unnamed.name = ''
            kept = first.setdefault(unnamed.SerializeToString(deterministic=True), node.name)
            if kept != node.name:
                instead[node.name] = kept
        if not instead:
            return graph_def
        kept_nodes = [node for node in graph_def.node if node.name not in instead]
        for node in kept_nodes:
            node.input[:] = [_renamed(tensor, instead) for tensor in node.input]
        graph_def = graph_of(kept_nodes, graph_def)


def obfuscate_names(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Gives all nodes but inputs and outputs short names."""
    fixed = {node_name(name) for name in (*inputs, *outputs)}
    free = [node.name for node in graph_def.node if node.name not in fixed]
    short = (name for name in map(_numeral, itertools.count()) if name not in fixed)
    names = dict(zip(free, short, strict=False))
    for node in graph_def.node:
        node.name = names.get(node.name, node.name)
        node.input[:] = [_renamed(tensor, names) for tensor in node.input]
    return graph_def


def _numeral(number: int) -> str:
    """Returns a number in digits, small letters and capital letters."""
    digits = _DIGITS[number % len(_DIGITS)]
    while number := number // len(_DIGITS):
        digits = _DIGITS[number % len(_DIGITS)] + digits
    return digits


def _renamed(tensor: str, names: dict[str, str]) -> str:
    name = node_name(tensor)
    return tensor.replace(name, names[name], 1) if name in names else tensor
