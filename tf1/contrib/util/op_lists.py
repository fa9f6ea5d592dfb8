"""Which operations a graph uses."""

from __future__ import annotations

import tf1 as tf


def ops_used_by_graph_def(graph_def: tf.GraphDef) -> list[str]:
    """Returns the types of operations in a graph, those of functions that it calls included, in no order."""
    functions = {function.signature.name: function for function in graph_def.library.function}
    used, waiting = set(), [graph_def.node]
    while waiting:
        for node in waiting.pop():
            if node.op not in used:
                used.add(node.op)
                if node.op in functions:
                    waiting.append(functions[node.op].node_def)
    return [op for op in used if op not in functions]
