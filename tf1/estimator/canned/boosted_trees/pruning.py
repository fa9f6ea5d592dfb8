"""Pruning of a complete tree: splits that lose more than they gain become leaves again."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.ensemble import LEAF, Ensemble


def prune_last_tree(ensemble: Ensemble, when: tf.Tensor) -> Ensemble:
    """Returns the ensemble with its last tree pruned if `when`, [] bool, is true.

    A split of negative gain goes if both its children are leaves, be it for the same reason. What became of the nodes
    is noted in `pruned_node` and `pruned_change`, for examples that stand in them, unless all are kept.
    """
    return tf.cond(when, lambda: _pruned(ensemble), lambda: Ensemble(*map(tf.identity, ensemble)))


def _pruned(ensemble: Ensemble) -> Ensemble:
    root = tf.size(ensemble.feature) - ensemble.node_counts[-1]
    feature, value, left = ensemble.feature[root:], ensemble.value[root:], ensemble.left[root:]
    nodes = tf.range(tf.size(feature))
    depth = ensemble.layers_grown[-1]
    is_leaf = _leaves(feature, left, ensemble.gain[root:], depth)
    target = _kept_ancestors(feature, left, is_leaf, depth)
    is_kept = tf.equal(target, nodes)
    number = tf.cumsum(tf.cast(is_kept, tf.int32)) - 1
    any_gone = tf.logical_not(tf.reduce_all(is_kept))
    kept = tf.where(is_kept)[:, 0]

    def remaining(tensor: tf.Tensor, of_leaf: float, tail: tf.Tensor | None = None) -> tf.Tensor:
        tail = tensor[root:] if tail is None else tail
        tail = tf.where(is_leaf, tf.fill(tf.shape(tail), tf.constant(of_leaf, tail.dtype)), tail)
        return tf.concat([tensor[:root], tf.gather(tail, kept)], 0)

    count = tf.where(any_gone, tf.size(nodes), 0)
    return ensemble._replace(
        feature=remaining(ensemble.feature, LEAF),
        threshold=remaining(ensemble.threshold, 0),
        left=remaining(ensemble.left, 0, tf.gather(number, left)),
        gain=remaining(ensemble.gain, 0.0),
        value=tf.concat([ensemble.value[:root], tf.gather(value, kept)], 0),
        node_counts=tf.concat([ensemble.node_counts[:-1], tf.size(kept)[None]], 0),
        pruned_counts=tf.concat([ensemble.pruned_counts[:-1], count[None]], 0),
        pruned_node=tf.concat([ensemble.pruned_node, tf.gather(number, target)[:count]], 0),
        pruned_change=tf.concat([ensemble.pruned_change, (tf.gather(value, target) - value)[:count]], 0),
    )


def _leaves(feature: tf.Tensor, left: tf.Tensor, gain: tf.Tensor, depth: tf.Tensor) -> tf.Tensor:
    """Returns which nodes are leaves, or become leaves by pruning, [nodes] bool."""

    def once_more(step: tf.Tensor, is_leaf: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        both = tf.logical_and(tf.gather(is_leaf, left), tf.gather(is_leaf, tf.where(is_leaf, left, left + 1)))
        return step + 1, tf.logical_or(is_leaf, tf.logical_and(both, gain < 0.0))

    return _repeat(once_more, tf.equal(feature, LEAF), depth)


def _kept_ancestors(feature: tf.Tensor, left: tf.Tensor, is_leaf: tf.Tensor, depth: tf.Tensor) -> tf.Tensor:
    """Returns the node that each node ends in, itself where it stays, [nodes] int32."""
    nodes = tf.range(tf.size(feature))
    parents = tf.cast(tf.where(tf.not_equal(feature, LEAF))[:, 0], tf.int32)
    children = tf.gather(left, parents)
    both = tf.concat([children, children + 1], 0)
    parent = tf.tensor_scatter_nd_update(nodes, both[:, None], tf.tile(parents, [2]))

    def once_more(step: tf.Tensor, target: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        # Below a leaf there is nothing: its children take its target.
        above = tf.gather(parent, nodes)
        return step + 1, tf.where(tf.gather(is_gone_below, above), tf.gather(target, above), nodes)

    is_gone_below = tf.logical_and(is_leaf, tf.not_equal(feature, LEAF))
    is_gone_below = _repeat(
        lambda step, gone: (step + 1, tf.logical_or(gone, tf.gather(gone, parent))), is_gone_below, depth
    )
    return _repeat(once_more, nodes, depth)


def _repeat(body: object, start: tf.Tensor, times: tf.Tensor) -> tf.Tensor:
    return tf.while_loop(
        lambda step, _: step < times,
        body,
        [tf.constant(0), start],
        [tf.TensorShape([]), start.shape],
        parallel_iterations=1,
        back_prop=False,
    )[1]
