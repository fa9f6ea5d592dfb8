"""`fold_constants`: what depends on constants alone is computed once."""

from __future__ import annotations

import itertools

import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms.nodes import graph_of, needed, node_name, sort_by_execution_order
from tf1.tools.graph_transforms.parameters import Arguments, one

# Operations whose value is another at each run, or that are there for what they do.
_KEPT = ('Placeholder', 'PlaceholderV2', 'PlaceholderWithDefault', 'NoOp', 'Assert', 'Print', 'PrintV2', 'PyFunc')
_KEPT_PARTS = ('Variable', 'VarHandle', 'Random', 'Multinomial', 'Queue', 'Iterator', 'Reader', 'TensorArray')
_FLOW = ('Enter', 'Exit', 'Merge', 'Switch', 'NextIteration', 'LoopCond')
_count = itertools.count()


def fold_constants(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Replaces what depends on constants alone by its values, and drops what the outputs do not need.

    With `ignore_errors=true`, a part that cannot be computed stays as it is.
    """
    fed = {node_name(name) for name in inputs}
    kept = needed(graph_def, inputs, outputs)
    ordered = sort_by_execution_order(graph_of([n for n in graph_def.node if n.name in kept], graph_def), [], [], {})
    constant = _constant_nodes(ordered, fed)
    fetched = {node_name(name) for name in outputs}
    used = {
        name if ':' in name else f'{name}:0': None
        for node in graph_def.node
        if node.name in kept and node.name not in constant
        for name in node.input
        if node_name(name) in constant and not name.startswith('^')
    }
    by_name = {node.name: node for node in graph_def.node}
    folded = sorted(tensor for tensor in used if by_name[node_name(tensor)].op != 'Const')
    try:
        values = _values(graph_def, folded)
    except tf.errors.OpError:
        if one(arguments, 'ignore_errors', 'false') != 'true':
            raise
        return graph_of([node for node in graph_def.node if node.name in kept], graph_def)
    names = {tensor: f'{node_name(tensor)}/_{index}__cf__{next(_count)}' for index, tensor in enumerate(folded)}
    stay = kept - (constant - {node_name(t) for t in used if t not in names} - fetched)
    nodes = [node for node in graph_def.node if node.name in stay and node.name not in fed]
    for node in nodes:
        if node.name not in constant:
            node.input[:] = [_input(tensor, names, fed) for tensor in node.input]
    nodes += [_constant(names[tensor], value) for tensor, value in zip(folded, values, strict=True)]
    nodes += [node for node in graph_def.node if node.name in fed and node.name in kept]
    return graph_of(nodes, graph_def)


def _constant_nodes(ordered: tf.GraphDef, fed: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ordered.node:
        if node.name in fed or node.op in (*_KEPT, *_FLOW) or any(part in node.op for part in _KEPT_PARTS):
            continue
        if node.op == 'Const' or (node.input and all(node_name(tensor) in found for tensor in node.input)):
            found.add(node.name)
    return found


def _values(graph_def: tf.GraphDef, tensors: list[str]) -> list:
    if not tensors:
        return []
    with tf.Graph().as_default() as graph, tf.Session(graph=graph) as session:
        tf.import_graph_def(graph_def, name='')
        return session.run(tensors)


def _constant(name: str, value: object) -> tf.NodeDef:
    proto = tf.make_tensor_proto(value)
    node = tf.NodeDef(name=name, op='Const')
    node.attr['dtype'].type = proto.dtype
    node.attr['value'].tensor.CopyFrom(proto)
    return node


def _input(tensor: str, names: dict[str, str], fed: set[str]) -> str:
    full = tensor if ':' in tensor or tensor.startswith('^') else f'{tensor}:0'
    return names.get(full, full if node_name(tensor) in fed else tensor)
