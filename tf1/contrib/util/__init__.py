"""`tf.contrib.util`: constants and operations of graphs."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.util.op_lists import ops_used_by_graph_def

constant_value = tf.get_static_value
make_ndarray = tf.make_ndarray
make_tensor_proto = tf.make_tensor_proto

__all__ = ['constant_value', 'make_ndarray', 'make_tensor_proto', 'ops_used_by_graph_def']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.util', name)
