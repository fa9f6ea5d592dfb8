"""`tensorflow.tools.graph_transforms`: rewrites of a frozen graph for inference, without kernels of C++."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow.compat.v1 as tf

from tf1.tools.graph_transforms import batch_norms, constants, nodes, parameters, print_nodes, weights

__all__ = ['TransformGraph']

_TRANSFORMS = {
    'add_default_attributes': nodes.add_default_attributes,
    'fold_batch_norms': batch_norms.fold_batch_norms,
    'fold_constants': constants.fold_constants,
    'fold_old_batch_norms': batch_norms.fold_old_batch_norms,
    'insert_logging': print_nodes.insert_logging,
    'merge_duplicate_nodes': nodes.merge_duplicate_nodes,
    'obfuscate_names': nodes.obfuscate_names,
    'quantize_weights': weights.quantize_weights,
    'remove_attribute': nodes.remove_attribute,
    'remove_control_dependencies': nodes.remove_control_dependencies,
    'remove_device': nodes.remove_device,
    'remove_nodes': nodes.remove_nodes,
    'rename_attribute': nodes.rename_attribute,
    'rename_op': nodes.rename_op,
    'round_weights': weights.round_weights,
    'set_device': nodes.set_device,
    'sort_by_execution_order': nodes.sort_by_execution_order,
    'strip_unused_nodes': nodes.strip_unused_nodes,
}
_NOT_HERE = (
    'backport_concatv2',
    'backport_tensor_array_v3',
    'flatten_atrous_conv',
    'freeze_requantization_ranges',
    'fuse_pad_and_conv',
    'fuse_remote_graph',
    'fuse_resize_and_conv',
    'fuse_resize_pad_and_conv',
    'place_remote_graph_arguments',
    'quantize_nodes',
    'sparsify_gather',
)


def TransformGraph(
    input_graph_def: tf.GraphDef, inputs: Sequence[str], outputs: Sequence[str], transforms: Sequence[str]
) -> tf.GraphDef:
    """Returns the graph after `transforms`, applied in order.

    Args:
      input_graph_def: a frozen graph; it is not changed.
      inputs: names of the nodes that are fed.
      outputs: names of the nodes that are fetched.
      transforms: such as `'fold_constants(ignore_errors=true)'`.

    Raises:
      InvalidArgumentError: there is no such transform, or no such output.
      UnimplementedError: the transform builds operations for one device or for another TensorFlow.
    """
    graph_def = tf.GraphDef()
    graph_def.CopyFrom(input_graph_def)
    for text in transforms:
        name, arguments = parameters.parse(text)
        if name in _NOT_HERE:
            raise tf.errors.UnimplementedError(
                None,
                None,
                f"Transform '{name}' is not in tf1: it builds operations for one device or for another TensorFlow. "
                'Leave it out; tf.lite.TFLiteConverter quantizes.',
            )
        if name not in _TRANSFORMS:
            raise tf.errors.InvalidArgumentError(None, None, f"Transform '{name}' not recognized.")
        graph_def = _TRANSFORMS[name](graph_def, list(inputs), list(outputs), arguments)
    return graph_def
