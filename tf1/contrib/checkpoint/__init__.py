"""`tf.contrib.checkpoint`: checkpoints that follow objects, under today's names, and what TF 1.15 had besides."""

from __future__ import annotations

from tensorflow.core.protobuf import trackable_object_graph_pb2 as _proto
from tensorflow.python.checkpoint import checkpoint as _checkpoint
from tensorflow.python.trackable import base as _base
from tensorflow.python.trackable import data_structures as _structures

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.checkpoint.containers import NumpyState, PythonStateWrapper, UniqueNameTracker, list_objects
from tf1.contrib.checkpoint.split_dependency import split_dependency
from tf1.contrib.checkpoint.visualize import dot_graph_from_checkpoint

Checkpointable, CheckpointableBase = tf.Module, _base.Trackable
CheckpointableObjectGraph = _proto.TrackableObjectGraph
CheckpointManager = tf.train.CheckpointManager
List, Mapping, NoDependency = _structures.List, _structures.Mapping, _structures.NoDependency
capture_dependencies, object_metadata = _checkpoint.capture_dependencies, _checkpoint.object_metadata

__all__ = [
    'CheckpointManager',
    'Checkpointable',
    'CheckpointableBase',
    'CheckpointableObjectGraph',
    'List',
    'Mapping',
    'NoDependency',
    'NumpyState',
    'PythonStateWrapper',
    'UniqueNameTracker',
    'capture_dependencies',
    'dot_graph_from_checkpoint',
    'list_objects',
    'object_metadata',
    'split_dependency',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.checkpoint', name)
