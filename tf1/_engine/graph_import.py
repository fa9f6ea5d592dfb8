"""Graphs that TF 1.15 wrote with shapes of outputs that TensorFlow 2 infers otherwise.

A MetaGraph carries the shapes that were known of each output. With fused batch normalization under a condition, TF 1.15
gives [0] for outputs of the gradient that nobody uses, TensorFlow 2 another shape, and refuses the whole graph.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import tensorflow.compat.v1 as tf

_SHAPES = '_output_shapes'
_REFUSED = re.compile(rf"Node '([^']+)' has an {_SHAPES} attribute inconsistent")


def install() -> None:
    """Lets graphs be imported without the shapes that are refused, for the process."""
    from tensorflow.python.framework import importer

    usual = importer._import_graph_def_internal
    if hasattr(usual, '__wrapped__'):
        return

    @functools.wraps(usual)
    def _import_graph_def_internal(graph_def: tf.GraphDef, *args: Any, **kwargs: Any) -> Any:
        while True:
            try:
                return usual(graph_def, *args, **kwargs)
            except ValueError as error:
                refused = _REFUSED.search(str(error))
                if refused is None:
                    raise
            graph_def = without_shapes(graph_def, refused[1])

    importer._import_graph_def_internal = _import_graph_def_internal


def without_shapes(graph_def: tf.GraphDef, name: str) -> tf.GraphDef:
    """Returns a copy of the graph in which nodes of the operation that node `name` has carry no shapes.

    Raises:
      ValueError: there is no such node.
    """
    copy = tf.GraphDef()
    copy.CopyFrom(graph_def)
    operations = {node.op for node in copy.node if node.name == name or name.endswith(f'/{node.name}')}
    if not operations:
        raise ValueError(f'the graph has no node {name!r}.')
    for node in copy.node:
        if node.op in operations:
            node.attr.pop(_SHAPES, None)
    return copy
