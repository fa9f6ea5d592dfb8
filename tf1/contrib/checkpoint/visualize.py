"""`dot_graph_from_checkpoint`: the objects of a checkpoint as a graph that Graphviz draws."""

from __future__ import annotations

from typing import Any

from tensorflow.core.protobuf import trackable_object_graph_pb2

import tf1 as tf

_GRAPH_KEY = '_CHECKPOINTABLE_OBJECT_GRAPH'
_VALUE = 'VARIABLE_VALUE'


def dot_graph_from_checkpoint(save_path: str) -> str:
    """Returns the objects in a checkpoint in Graphviz's language: variables in blue, slots of optimizers in orange.

    Args:
      save_path: of a checkpoint that `tf.train.Checkpoint` has written.

    Raises:
      NotFoundError: there is none, or a `tf.train.Saver` has written it.
    """
    reader = tf.train.load_checkpoint(save_path)
    graph = trackable_object_graph_pb2.TrackableObjectGraph.FromString(reader.get_tensor(_GRAPH_KEY))
    slots = {slot.slot_variable_node_id for node in graph.nodes for slot in node.slot_variables}
    lines = ['digraph {']
    for index, node in enumerate(graph.nodes):
        lines.append(f'N_{index} [shape=point label=""{_look(reader, node, index in slots)}]')
        lines += [f'N_{index} -> N_{child.node_id} [label="{child.local_name}"]' for child in node.children]
        for slot in node.slot_variables:
            lines.append(f'N_{index} -> N_{slot.slot_variable_node_id} [label="{slot.slot_name}" style=dotted]')
            lines.append(f'N_{slot.original_variable_node_id} -> N_{slot.slot_variable_node_id} [style=dotted]')
    return '\n'.join([*lines, '}', ''])


def _look(reader: Any, node: Any, is_slot: bool) -> str:
    values = [attribute for attribute in node.attributes if attribute.name == _VALUE]
    if not values:
        return ' width=.25' + (' color=red,tooltip="Optimizer"' if node.slot_variables else '')
    key = values[0].checkpoint_key
    kind, color = ('Slot variable', 'orange') if is_slot else ('Variable', 'blue')
    shape = reader.get_variable_to_shape_map()[key]
    dtype = reader.get_variable_to_dtype_map()[key].name
    return f' color={color} width=.25 tooltip="{kind} {values[0].full_name} shape={shape} {dtype}"'
