"""`insert_logging`: nodes that print what flows through a graph."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms.nodes import graph_of, node_name
from tf1.tools.graph_transforms.parameters import Arguments, one


def insert_logging(graph_def: tf.GraphDef, inputs: list[str], outputs: list[str], arguments: Arguments) -> tf.GraphDef:
    """Puts a node `Print` behind the nodes of operation `op`, and those whose names begin with `prefix`.

    Outputs are not printed. Arguments `show_name`, `show_op`, `message`, `first_n` and `summarize` as TF 1.15 has them.
    """
    operations, prefixes = arguments.get('op', []), arguments.get('prefix', [])
    fetched = {node_name(name) for name in outputs}
    nodes, printed = [], {}
    for node in graph_def.node:
        nodes.append(node)
        named = any(node.name.startswith(prefix) for prefix in prefixes)
        dtype = node.attr['T'] if 'T' in node.attr else node.attr['dtype']
        if (node.op in operations or named) and node.name not in fetched and dtype.type:
            nodes.append(_print(node, dtype, arguments))
            printed[node.name] = f'{nodes[-1].name}:0'
    added = set(printed.values())
    for node in nodes:
        if f'{node.name}:0' not in added:
            node.input[:] = [printed.get(tensor.removesuffix(':0'), tensor) for tensor in node.input]
    return graph_of(nodes, graph_def)


def _print(node: tf.NodeDef, dtype: tf.AttrValue, arguments: Arguments) -> tf.NodeDef:
    tensor = f'{node.name}:0'
    printing = tf.NodeDef(name=f'{node.name}__print__', op='Print', input=[tensor, tensor])
    printing.attr['T'].CopyFrom(dtype)
    printing.attr['U'].list.type.append(dtype.type)
    message = ''
    if one(arguments, 'show_op', 'false') == 'true':
        message += f';{node.op};'
    if one(arguments, 'show_name', 'false') == 'true':
        message += f';{printing.name};'
    printing.attr['message'].s = (message + one(arguments, 'message', '')).encode()
    printing.attr['first_n'].i = int(one(arguments, 'first_n', '-1'))
    printing.attr['summarize'].i = int(one(arguments, 'summarize', '1024'))
    return printing
