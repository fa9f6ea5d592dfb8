"""Questions to a graph, and names within scopes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def get_graph_from_inputs(op_input_list: Sequence[Any], graph: tf.Graph | None = None) -> tf.Graph:
    """Returns the graph that all inputs belong to: `graph`, that of the inputs, or else the default one.

    Raises:
      ValueError: an input belongs to another graph.
    """
    for item in op_input_list:
        found = getattr(item, 'graph', None)
        if not isinstance(found, tf.Graph):
            continue
        if graph is not None and found is not graph:
            raise ValueError(f'{item} is not from the same graph as the others, or not from the one given.')
        graph = found
    return tf.get_default_graph() if graph is None else graph


def get_name_scope() -> str:
    """Returns the name scope that holds here, '' for none."""
    return tf.get_default_graph().get_name_scope()


def get_placeholders(graph: tf.Graph) -> list[tf.Tensor]:
    """Returns the placeholders of a graph."""
    return [operation.outputs[0] for operation in graph.get_operations() if operation.type == 'Placeholder']


def prepend_name_scope(name: str, import_scope: str | None) -> str:
    """Returns a name with a scope before it; a control input's '^' and a colocation's 'loc:@' stay in front."""
    if not import_scope:
        return name
    scope = import_scope[:-1] if import_scope.endswith('/') else import_scope
    return re.sub(r'([\^]|loc:@|^)(.*)', rf'\1{scope}/\2', name, count=1)


def strip_name_scope(name: str, export_scope: str | None) -> str:
    """Returns a name without a scope at its beginning."""
    if not export_scope:
        return name
    scope = export_scope[:-1] if export_scope.endswith('/') else export_scope
    return re.sub(rf'([\^]|loc:@|^){re.escape(scope)}[/]+(.*)', r'\1\2', name, count=1)
