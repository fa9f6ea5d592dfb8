"""What an ensemble says of examples: the sum of the leaves that they end in."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.ensemble import LEAF, Ensemble

_PAIRS_AT_ONCE = 1 << 20
"""How many pairs of a tree and an example are looked at together: many trees for few examples, few for many."""


class Places(NamedTuple):
    """Where examples stand in an ensemble that grows: each in a node of one tree, with the logits up to there.

    Attributes:
      logits: [batch] float32.
      tree: [batch] int32.
      node: [batch] int32, counted from the tree's root; -1 where an example has not entered its tree.
    """

    logits: tf.Tensor
    tree: tf.Tensor
    node: tf.Tensor


def nowhere(batch: tf.Tensor) -> Places:
    """Returns the places of `batch` examples that no tree has seen."""
    return Places(tf.zeros([batch]), tf.zeros([batch], tf.int32), tf.fill([batch], -1))


def predict(ensemble: Ensemble, features: tf.Tensor) -> tf.Tensor:
    """Returns the logits of examples, [batch] float32.

    Args:
      ensemble: the trees.
      features: [features, batch] int32, buckets.
    """
    walk = _Walk(ensemble.with_tree(), features)
    return walk.through_trees(tf.constant(0), nowhere(tf.shape(features)[1])).logits


def advance(ensemble: Ensemble, features: tf.Tensor, places: Places) -> Places:
    """Returns the places of examples in the last tree, from where they stood before the ensemble grew.

    Args:
      ensemble: the trees.
      features: [features, batch] int32, buckets.
      places: where the examples stand.
    """
    walk = _Walk(ensemble.with_tree(), features)
    return walk.through_trees(tf.reduce_min(places.tree) + 1, walk.to_leaf(places))


class _Walk:
    """Takes examples from nodes to leaves; nodes are counted through all trees."""

    def __init__(self, ensemble: Ensemble, features: tf.Tensor):
        is_leaf = tf.equal(ensemble.feature, LEAF)
        every_node = tf.range(tf.size(ensemble.feature))
        self._ensemble = ensemble
        self._roots = ensemble.roots
        self._depth = tf.reduce_max(ensemble.layers_grown)
        # A leaf is its own left child, and no bucket is above its threshold.
        self._feature = tf.maximum(ensemble.feature, 0)
        self._threshold = tf.where(is_leaf, tf.fill(tf.shape(every_node), tf.int32.max), ensemble.threshold)
        left = ensemble.left + ensemble.root_of_each_node
        self._left = tf.where(is_leaf, every_node, left)
        self._batch = tf.shape(features)[1]
        self._buckets = tf.reshape(features, [-1])
        self._columns = tf.range(self._batch)

    def leaves(self, nodes: tf.Tensor) -> tf.Tensor:
        """Returns the leaves below nodes, both [..., batch] int32."""

        def deeper(step: tf.Tensor, _: tf.Tensor, nodes: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
            places = tf.gather(self._feature, nodes) * self._batch + self._columns
            is_right = tf.gather(self._buckets, places) > tf.gather(self._threshold, nodes)
            children = tf.gather(self._left, nodes) + tf.cast(is_right, tf.int32)
            return step + 1, tf.reduce_any(tf.not_equal(children, nodes)), children

        *_, nodes = tf.while_loop(
            # Of examples that were in leaves of a tree that grows, many are in leaves after a single layer.
            lambda step, is_moving, _: tf.logical_and(step < self._depth, is_moving),
            deeper,
            [tf.constant(0), tf.constant(True), nodes],
            [tf.TensorShape([]), tf.TensorShape([]), nodes.shape],
            parallel_iterations=1,
            back_prop=False,
        )
        return nodes

    def to_leaf(self, places: Places) -> Places:
        """Returns the places at the ends of the trees that the examples stand in."""
        ensemble = self._ensemble
        is_new = places.node < 0
        node, change = self._unpruned(places.tree, tf.maximum(places.node, 0))
        root = tf.gather(self._roots, places.tree)
        weight = tf.gather(ensemble.tree_weights, places.tree)
        counted = tf.where(is_new, tf.zeros_like(change), tf.gather(ensemble.value, root + node))
        leaf = self.leaves(root + node)
        logits = places.logits + (weight * change + weight * (tf.gather(ensemble.value, leaf) - counted))
        return Places(logits, places.tree, leaf - root)

    def _unpruned(self, tree: tf.Tensor, node: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the nodes that others became when their tree was pruned, and how much logits change with that."""
        ensemble = self._ensemble
        starts = tf.cumsum(ensemble.pruned_counts, exclusive=True)
        is_pruned = tf.gather(ensemble.pruned_counts, tree) > 0
        # One entry more stands for trees that were not pruned.
        none = tf.fill(tf.shape(node), tf.size(ensemble.pruned_node))
        place = tf.where(is_pruned, tf.gather(starts, tree) + node, none)
        target = tf.gather(tf.concat([ensemble.pruned_node, [0]], 0), place)
        change = tf.gather(tf.concat([ensemble.pruned_change, [0.0]], 0), place)
        return tf.where(is_pruned, target, node), change

    def through_trees(self, first: tf.Tensor, places: Places) -> Places:
        """Returns the places in the last tree, of examples that stand in any, past the trees from `first` on."""
        count = self._ensemble.tree_count
        at_once = tf.maximum(_PAIRS_AT_ONCE // tf.maximum(self._batch, 1), 1)

        def further(start: tf.Tensor, *state: tf.Tensor) -> tuple[tf.Tensor, ...]:
            before = Places(*state)
            end = tf.minimum(start + at_once, count)
            trees = tf.range(start, end)[:, None]
            roots = self._roots[start:end, None]
            leaves = self.leaves(tf.tile(roots, [1, self._batch]))
            values = self._ensemble.tree_weights[start:end, None] * tf.gather(self._ensemble.value, leaves)
            is_ahead = tf.logical_or(trees > before.tree, tf.logical_and(before.node < 0, tf.equal(trees, before.tree)))
            values = tf.where(is_ahead, values, tf.zeros_like(values))
            # The order of adding decides the last bit.
            logits = tf.cumsum(tf.concat([before.logits[None], values], 0))[-1]
            node = tf.where(is_ahead[-1], leaves[-1] - roots[-1], before.node)
            return end, logits, tf.fill([self._batch], end - 1), node

        shapes = [tf.TensorShape([]), *[tf.TensorShape([None])] * 3]
        _, *state = tf.while_loop(
            lambda start, *_: start < count, further, [first, *places], shapes, parallel_iterations=1, back_prop=False
        )
        return Places(*state)
