"""`tf.contrib.copy_graph`: operations and variables copied into another graph."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.copy_graph.copying import copy_op_to_graph, copy_variable_to_graph, get_copied_op

__all__ = ['copy_op_to_graph', 'copy_variable_to_graph', 'get_copied_op']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.copy_graph', name)
