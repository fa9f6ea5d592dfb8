"""`Ensemble`: decision trees as dense tensors."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

LEAF = -1
"""Stands for the feature that a node is split by, where it is a leaf."""


class Ensemble(NamedTuple):
    """Trees, and how far they have grown.

    The last tree is the one that grows; it is a lone leaf when it is new. The nodes of all trees follow each other, a
    tree's in the order of their making, so that children come after their parent; the right child follows the left.

    Attributes:
      stamp: [] int64, counts the changes of the ensemble.
      trees_attempted: [] int64, trees begun, those given up included.
      layers_attempted: [] int64, layers begun.
      last_layer: [2] int32, first node of the newest layer in the last tree and the one after its end.
      tree_weights: [trees] float32, factors of the trees' values.
      layers_grown: [trees] int32.
      is_finalized: [trees] bool, whether a tree grows no more.
      node_counts: [trees] int32.
      feature: [nodes] int32, the feature that a node is split by; `LEAF` for leaves.
      threshold: [nodes] int32, the highest bucket that goes to the left child.
      left: [nodes] int32, the left child, counted from the tree's root.
      value: [nodes] float32, of a leaf; of another node what it was as a leaf.
      gain: [nodes] float32, how much splitting lowered the loss.
      pruned_counts: [trees] int32, nodes that a tree had before it was pruned; 0 for trees that were not.
      pruned_node: [pruned nodes] int32, the node that each of these ends in now.
      pruned_change: [pruned nodes] float32, what to add to its value to have that node's.
    """

    stamp: tf.Tensor
    trees_attempted: tf.Tensor
    layers_attempted: tf.Tensor
    last_layer: tf.Tensor
    tree_weights: tf.Tensor
    layers_grown: tf.Tensor
    is_finalized: tf.Tensor
    node_counts: tf.Tensor
    feature: tf.Tensor
    threshold: tf.Tensor
    left: tf.Tensor
    value: tf.Tensor
    gain: tf.Tensor
    pruned_counts: tf.Tensor
    pruned_node: tf.Tensor
    pruned_change: tf.Tensor

    @property
    def tree_count(self) -> tf.Tensor:
        """How many trees there are, [] int32."""
        return tf.size(self.node_counts)

    @property
    def finalized_count(self) -> tf.Tensor:
        """How many trees grow no more, [] int32."""
        return tf.reduce_sum(tf.cast(self.is_finalized, tf.int32))

    @property
    def roots(self) -> tf.Tensor:
        """Place of each tree's root among all nodes, [trees] int32."""
        return tf.cumsum(self.node_counts, exclusive=True)

    @property
    def root_of_each_node(self) -> tf.Tensor:
        """Place of the root of each node's tree, [nodes] int32."""
        ends = tf.cumsum(self.node_counts)
        return tf.gather(self.roots, tf.searchsorted(ends, tf.range(tf.size(self.feature)), 'right'))

    def plus_tree(self, when: tf.Tensor) -> Ensemble:
        """Returns the ensemble with a new tree, a leaf of value 0, behind its trees if `when`, [] bool, is true."""
        count = tf.cast(when, tf.int32)

        def extended(tensor: tf.Tensor, value: float | bool) -> tf.Tensor:
            return tf.concat([tensor, tf.fill([count], tf.constant(value, tensor.dtype))], 0)

        return self._replace(
            tree_weights=extended(self.tree_weights, 1.0),
            layers_grown=extended(self.layers_grown, 0),
            is_finalized=extended(self.is_finalized, False),
            node_counts=extended(self.node_counts, 1),
            feature=extended(self.feature, LEAF),
            threshold=extended(self.threshold, 0),
            left=extended(self.left, 0),
            value=extended(self.value, 0.0),
            gain=extended(self.gain, 0.0),
            pruned_counts=extended(self.pruned_counts, 0),
        )

    def with_tree(self) -> Ensemble:
        """Returns the ensemble with at least one tree."""
        return self.plus_tree(tf.equal(self.tree_count, 0))


SHAPES: dict[str, Any] = {
    'stamp': [],
    'trees_attempted': [],
    'layers_attempted': [],
    'last_layer': [2],
    **{field: [None] for field in Ensemble._fields[4:]},
}
DTYPES = {
    **dict.fromkeys(Ensemble._fields, tf.int32),
    **dict.fromkeys(('stamp', 'trees_attempted', 'layers_attempted'), tf.int64),
    **dict.fromkeys(('tree_weights', 'value', 'gain', 'pruned_change'), tf.float32),
    'is_finalized': tf.bool,
}


def empty() -> Ensemble:
    """Returns an ensemble without trees."""
    return Ensemble(**{k: tf.zeros([size or 0 for size in SHAPES[k]], DTYPES[k]) for k in Ensemble._fields})
