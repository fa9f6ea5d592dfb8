"""Graphs read from what TensorFlow leaves on disk: GraphDef, MetaGraph, SavedModel, model_dir."""

from __future__ import annotations

import os

import tensorflow.compat.v1 as tf
from google.protobuf import message, text_format
from tensorflow.core.protobuf import saved_model_pb2

from tf1._files import regular_files

__all__ = ['UnreadableGraphError', 'read_graph']

# Of a folder, the first that is there: an export, or what a training leaves.
_IN_FOLDERS = ('saved_model.pb', 'saved_model.pbtxt', 'graph.pbtxt', 'graph.pb')


class UnreadableGraphError(ValueError):
    """A path that holds no graph; the text names it and the remedy."""


def read_graph(path: str, tags: tuple[str, ...] = ()) -> tf.GraphDef:
    """Returns the graph that a file or folder holds.

    Args:
      path: A GraphDef (.pb, .pbtxt), a MetaGraph (.meta, binary or text), a SavedModel (its folder or file) or the
        folder of a training with graph.pbtxt.
      tags: Of a SavedModel with several graphs, the tags of the one that is meant; the first graph if empty.

    Raises:
      UnreadableGraphError: There is no such file, or no graph in it.
    """
    file = _file(path)
    try:
        data = regular_files.read_bytes(file)
    except OSError as error:
        raise UnreadableGraphError(f'{file} cannot be read ({error.strerror}); name a readable file.') from error
    name = os.path.basename(file)
    if name.startswith('saved_model.'):
        return _of_saved_model(file, data, tags)
    if name.endswith('.meta'):
        return _parsed(tf.MetaGraphDef(), file, data).graph_def
    return _parsed(tf.GraphDef(), file, data)


def _file(path: str) -> str:
    if not os.path.exists(path):
        raise UnreadableGraphError(
            f'{path} does not exist; name a .pb, .pbtxt or .meta file, a SavedModel or a folder with graph.pbtxt.'
        )
    if not os.path.isdir(path):
        return path
    for name in _IN_FOLDERS:
        if os.path.exists(os.path.join(path, name)):
            return os.path.join(path, name)
    raise UnreadableGraphError(f'{path} holds none of {", ".join(_IN_FOLDERS)}; name the file that holds the graph.')


def _of_saved_model(file: str, data: bytes, tags: tuple[str, ...]) -> tf.GraphDef:
    graphs = _parsed(saved_model_pb2.SavedModel(), file, data).meta_graphs
    for graph in graphs:
        if not tags or set(tags) == set(graph.meta_info_def.tags):
            return graph.graph_def
    there = '; '.join(','.join(graph.meta_info_def.tags) for graph in graphs) or 'none'
    raise UnreadableGraphError(f'{file} has no graph tagged {",".join(tags)}; its graphs are tagged: {there}.')


def _parsed(proto: message.Message, file: str, data: bytes) -> message.Message:
    kind = type(proto).__name__
    if not data:
        raise UnreadableGraphError(f'{file} is empty; name a file that holds a {kind}.')
    try:
        proto.ParseFromString(data)
    except message.DecodeError:
        pass
    else:
        return proto
    proto.Clear()
    try:
        # Fields that this version of TensorFlow does not know are passed over, as in binary files.
        return text_format.Parse(data.decode('utf-8'), proto, allow_unknown_field=True)
    except (UnicodeDecodeError, text_format.ParseError) as error:
        raise UnreadableGraphError(f'{file} is no {kind}, binary or text; name a file that holds one.') from error
