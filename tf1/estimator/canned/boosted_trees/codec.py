"""Ensembles to and from the serialized `TreeEnsemble` of TF 1.x's checkpoints, in the graph."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.ensemble import LEAF, Ensemble
from tf1.estimator.canned.boosted_trees.proto import DESCRIPTOR_SOURCE, PACKAGE

_MESSAGE = tf.string


def decode(stamp: tf.Tensor, serialized: tf.Tensor) -> Ensemble:
    """Returns the ensemble of a checkpoint.

    Args:
      stamp: [] int64.
      serialized: [] string, a `TreeEnsemble`.
    """
    counts, whole = _decoded(
        serialized[None],
        'TreeEnsemble',
        {'trees': _MESSAGE, 'tree_weights': tf.float32, 'tree_metadata': _MESSAGE, 'growing_metadata': _MESSAGE},
    )
    parts = zip(whole, tf.unstack(counts[0]), strict=True)
    trees, weights, metadata, growing = (values[0, :count] for values, count in parts)
    node_counts, (nodes,) = _decoded(trees, 'Tree', {'nodes': _MESSAGE})
    node_counts = node_counts[:, 0]
    _, growth = _decoded(
        _first(growing)[None],
        'GrowingMetadata',
        {
            'num_trees_attempted': tf.int64,
            'num_layers_attempted': tf.int64,
            'last_layer_node_start': tf.int32,
            'last_layer_node_end': tf.int32,
        },
    )
    trees_attempted, layers_attempted, start, end = (_first(values)[0] for values in growth)
    tree_fields = {'num_layers_grown': tf.int32, 'is_finalized': tf.bool, 'post_pruned_nodes_meta': _MESSAGE}
    pruned_counts, (layers_grown, is_finalized, pruned) = _decoded(metadata, 'TreeMetadata', tree_fields)
    pruned_counts = pruned_counts[:, 2]
    _, (pruned_node, pruned_change) = _decoded(
        _flat(pruned, pruned_counts), 'PostPruneNodeUpdate', {'new_node_id': tf.int32, 'logit_change': tf.float32}
    )
    return Ensemble(
        stamp=stamp,
        trees_attempted=trees_attempted,
        layers_attempted=layers_attempted,
        last_layer=tf.stack([start, end]),
        tree_weights=weights,
        layers_grown=_first(layers_grown),
        is_finalized=_first(is_finalized),
        node_counts=node_counts,
        pruned_counts=pruned_counts,
        pruned_node=_first(pruned_node),
        pruned_change=_first(pruned_change),
        **_decoded_nodes(_flat(nodes, node_counts)),
    )


def encode(ensemble: Ensemble) -> tf.Tensor:
    """Returns the ensemble as a serialized `TreeEnsemble`, [] string."""
    nodes = _encoded_nodes(ensemble)
    trees = _encoded('Tree', {'nodes': _padded(nodes, ensemble.node_counts)}, [ensemble.node_counts])
    pruned = _encoded(
        'PostPruneNodeUpdate',
        {'new_node_id': ensemble.pruned_node[:, None], 'logit_change': ensemble.pruned_change[:, None]},
    )
    one_per_tree = tf.ones_like(ensemble.node_counts)
    metadata = _encoded(
        'TreeMetadata',
        {
            'num_layers_grown': ensemble.layers_grown[:, None],
            'is_finalized': ensemble.is_finalized[:, None],
            'post_pruned_nodes_meta': _padded(pruned, ensemble.pruned_counts),
        },
        [one_per_tree, one_per_tree, ensemble.pruned_counts],
    )
    start, end = tf.unstack(ensemble.last_layer)
    growing = _encoded(
        'GrowingMetadata',
        {
            'num_trees_attempted': ensemble.trees_attempted[None, None],
            'num_layers_attempted': ensemble.layers_attempted[None, None],
            'last_layer_node_start': start[None, None],
            'last_layer_node_end': end[None, None],
        },
    )
    count = ensemble.tree_count[None]
    whole = _encoded(
        'TreeEnsemble',
        {
            'trees': trees[None],
            'tree_weights': ensemble.tree_weights[None],
            'tree_metadata': metadata[None],
            'growing_metadata': growing[None],
        },
        [count, count, count, tf.ones_like(count)],
    )
    return whole[0]


def _decoded_nodes(nodes: tf.Tensor) -> dict[str, tf.Tensor]:
    counts, (leaf, split, metadata) = _decoded(
        nodes, 'Node', {'leaf': _MESSAGE, 'bucketized_split': _MESSAGE, 'metadata': _MESSAGE}
    )
    is_split = counts[:, 1] > 0
    fields = ('feature_id', 'threshold', 'left_id', 'right_id')
    _, values = _decoded(_first(split), 'BucketizedSplit', dict.fromkeys(fields, tf.int32))
    feature, threshold, left, right = map(_first, values)
    _, (gain, original) = _decoded(_first(metadata), 'NodeMetadata', {'gain': tf.float32, 'original_leaf': _MESSAGE})
    expected = tf.where(is_split, left + 1, right)
    message = 'The right child of a node must follow the left one in a serialized TreeEnsemble.'
    with tf.control_dependencies([tf.debugging.assert_equal(right, expected, message=message)]):
        left = tf.identity(left)
    return {
        'feature': tf.where(is_split, feature, tf.fill(tf.shape(feature), LEAF)),
        'threshold': threshold,
        'left': left,
        'value': tf.where(is_split, _scalar(_first(original)), _scalar(_first(leaf))),
        'gain': _first(gain),
    }


def _encoded_nodes(ensemble: Ensemble) -> tf.Tensor:
    is_split = tf.not_equal(ensemble.feature, LEAF)
    leaf = _encoded('Leaf', {'scalar': ensemble.value[:, None]})
    split = _encoded(
        'BucketizedSplit',
        {
            'feature_id': ensemble.feature[:, None],
            'threshold': ensemble.threshold[:, None],
            'left_id': ensemble.left[:, None],
            'right_id': ensemble.left[:, None] + 1,
        },
    )
    # A root was a leaf of its own only where the bias was centered.
    is_root = tf.equal(tf.range(tf.size(ensemble.feature)), ensemble.root_of_each_node)
    was_leaf = tf.logical_or(tf.logical_not(is_root), tf.not_equal(ensemble.value, 0.0))
    metadata = _encoded(
        'NodeMetadata',
        {'gain': ensemble.gain[:, None], 'original_leaf': leaf[:, None]},
        [tf.ones_like(ensemble.feature), tf.cast(was_leaf, tf.int32)],
    )
    splits = tf.cast(is_split, tf.int32)
    return _encoded(
        'Node',
        {'leaf': leaf[:, None], 'bucketized_split': split[:, None], 'metadata': metadata[:, None]},
        [1 - splits, splits, splits],
    )


def _scalar(leaf: tf.Tensor) -> tf.Tensor:
    return _first(_decoded(leaf, 'Leaf', {'scalar': tf.float32})[1][0])


def _decoded(messages: tf.Tensor, name: str, fields: dict[str, tf.DType]) -> tuple[tf.Tensor, list[tf.Tensor]]:
    """Returns how many values each message has of each field, and these, [messages, most of them]."""
    # The operation refuses to decode no message at all.
    counts, values = tf.io.decode_proto(
        tf.concat([messages, ['']], 0),
        f'{PACKAGE}.{name}',
        list(fields),
        list(fields.values()),
        descriptor_source=DESCRIPTOR_SOURCE,
    )
    return counts[:-1], [value[:-1] for value in values]


def _encoded(name: str, fields: dict[str, tf.Tensor], counts: Sequence[tf.Tensor] | None = None) -> tf.Tensor:
    """Returns messages, [batch] string, of values [batch, most of them]; `counts` says how many there are, or one."""
    values = list(fields.values())
    if counts is None:
        counts = [tf.ones(tf.shape(value)[:-1], tf.int32) for value in values]
    return tf.io.encode_proto(
        tf.stack(counts, -1), values, list(fields), f'{PACKAGE}.{name}', descriptor_source=DESCRIPTOR_SOURCE
    )


def _first(values: tf.Tensor) -> tf.Tensor:
    """Returns the first value of each message, [...]; that which a field has by default where there is none."""
    default = tf.zeros(tf.concat([tf.shape(values)[:-1], [1]], 0), values.dtype)
    return tf.concat([values, default], -1)[..., 0]


def _flat(values: tf.Tensor, counts: tf.Tensor) -> tf.Tensor:
    return tf.gather_nd(values, tf.where(tf.sequence_mask(counts, tf.shape(values)[1])))


def _padded(values: tf.Tensor, counts: tf.Tensor) -> tf.Tensor:
    mask = tf.sequence_mask(counts)
    return tf.scatter_nd(tf.where(mask), values, tf.shape(mask, out_type=tf.int64))
