"""How an ensemble changes: a layer more, or another bias."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees import pruning
from tf1.estimator.canned.boosted_trees.ensemble import LEAF, Ensemble
from tf1.estimator.canned.boosted_trees.splits import Regularization, Splits, weight_and_gain

_BIAS_CHANGE = 0.01
"""The bias is centered again while it changes by more than this share."""


def layer_of(ensemble: Ensemble) -> tf.Tensor:
    """Returns the nodes of the last tree that may be split next: the first and the one after the last, [2] int32."""
    return tf.maximum(ensemble.last_layer, [0, 1])


def grow(ensemble: Ensemble, splits: Splits, max_depth: int, learning_rate: float, pruning_mode: str) -> Ensemble:
    """Returns the ensemble after one more layer of its last tree, or of its first tree if it has none.

    Args:
      ensemble: the trees.
      splits: for the nodes of `layer_of`.
      max_depth: layers that a tree has; after the last one a new tree begins.
      learning_rate: factor of what the children add.
      pruning_mode: 'none', 'pre' or 'post'.
    """
    layer = layer_of(ensemble)
    ensemble = ensemble.with_tree()
    is_new = tf.equal(ensemble.layers_grown[-1], 0)
    ensemble = ensemble._replace(
        trees_attempted=ensemble.trees_attempted + tf.cast(is_new, tf.int64),
        layers_attempted=ensemble.layers_attempted + 1,
        stamp=ensemble.stamp + 1,
    )
    is_wanted = splits.gain >= 0.0 if pruning_mode == 'pre' else splits.gain > float('-inf')
    wanted = tf.where(is_wanted)[:, 0]
    nodes = layer[0] + tf.cast(wanted, tf.int32)
    chosen = Splits(*(tf.gather(values, wanted) for values in splits))
    grown, has_grown = _with_children(ensemble, nodes, chosen, learning_rate)
    is_complete = tf.logical_and(has_grown, grown.layers_grown[-1] >= max_depth)
    if pruning_mode == 'post':
        grown = pruning.prune_last_tree(grown, is_complete)
    grown = grown._replace(is_finalized=_with_last(grown.is_finalized, is_complete))
    new_layer = tf.where(is_complete, [0, 1], grown.last_layer)
    return grown.plus_tree(is_complete)._replace(last_layer=new_layer)


def _with_children(
    ensemble: Ensemble, nodes: tf.Tensor, splits: Splits, learning_rate: float
) -> tuple[Ensemble, tf.Tensor]:
    """Returns the ensemble with `nodes` of the last tree split, and whether there are any, [] bool."""
    count = tf.size(nodes)
    has_grown = count > 0
    size = ensemble.node_counts[-1]
    places = (tf.size(ensemble.feature) - size + nodes)[:, None]
    contributions = tf.constant(learning_rate, tf.float32) * tf.stack([splits.left, splits.right], 1)
    values = tf.gather(ensemble.value, places) + contributions

    def split(tensor: tf.Tensor, parents: tf.Tensor, children: tf.Tensor | float) -> tf.Tensor:
        changed = tf.tensor_scatter_nd_update(tensor, places, parents)
        return tf.concat([changed, tf.broadcast_to(tf.cast(children, tensor.dtype), [2 * count])], 0)

    layer = tf.where(has_grown, tf.stack([size, size + 2 * count]), ensemble.last_layer)
    grown = ensemble._replace(
        feature=split(ensemble.feature, splits.feature, LEAF),
        threshold=split(ensemble.threshold, splits.threshold, 0),
        left=split(ensemble.left, size + 2 * tf.range(count), 0),
        gain=split(ensemble.gain, splits.gain, 0.0),
        value=tf.concat([ensemble.value, tf.reshape(values, [-1])], 0),
        node_counts=_with_last(ensemble.node_counts, size + 2 * count),
        layers_grown=_with_last(ensemble.layers_grown, ensemble.layers_grown[-1] + tf.cast(has_grown, tf.int32)),
        last_layer=layer,
    )
    return grown, has_grown


def center_bias(
    ensemble: Ensemble, gradient: tf.Tensor, hessian: tf.Tensor, regularization: Regularization
) -> tuple[Ensemble, tf.Tensor]:
    """Returns the ensemble with a better bias, the value of its first root, and whether to go on, [] bool.

    Args:
      ensemble: an ensemble that has not grown.
      gradient: mean of the examples' gradients, [] float32.
      hessian: mean of the examples' hessians, [] float32.
      regularization: what keeps trees small.
    """
    is_first = tf.equal(ensemble.tree_count, 0)
    ensemble = ensemble.with_tree()
    weight, _ = weight_and_gain(gradient, hessian, regularization)
    before = ensemble.value[0]
    after = before + weight
    goes_on = tf.logical_or(is_first, tf.abs(after / before - 1.0) > _BIAS_CHANGE)
    value = tf.concat([after[None], ensemble.value[1:]], 0)
    return ensemble._replace(stamp=ensemble.stamp + 1, value=value), goes_on


def _with_last(tensor: tf.Tensor, value: tf.Tensor) -> tf.Tensor:
    return tf.concat([tensor[:-1], value[None]], 0)
