"""The best split of each node: by which feature, at which bucket, and what its children add to the logits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import tensorflow.compat.v1 as tf

_LEAST_HESSIAN = 1e-15


class Regularization(NamedTuple):
    """What keeps trees small.

    Attributes:
      l1: factor of the leaves' absolute weights.
      l2: factor of the leaves' squared weights.
      tree_complexity: what a split must gain at least.
      min_node_weight: the hessian that a node must have to be split.
    """

    l1: float
    l2: float
    tree_complexity: float
    min_node_weight: float


class Splits(NamedTuple):
    """A split for each node of a layer, or for each feature and node.

    Attributes:
      feature: [..., nodes] int32.
      threshold: [..., nodes] int32, the highest bucket that goes left.
      gain: [..., nodes] float32; -inf where a node must not be split.
      left: [..., nodes] float32, what the left child adds to the node's value, before the learning rate.
      right: [..., nodes] float32.
    """

    feature: tf.Tensor
    threshold: tf.Tensor
    gain: tf.Tensor
    left: tf.Tensor
    right: tf.Tensor


def best(sums: Sequence[tf.Tensor], feature_ids: Sequence[Sequence[int]], regularization: Regularization) -> Splits:
    """Returns the best splits of a layer; of equal ones that of the lowest feature and bucket.

    Args:
      sums: for each group of features, [features, nodes, buckets, 2] float32: sums of gradients and hessians.
      feature_ids: for each group the numbers of its features.
      regularization: what keeps trees small.
    """
    by_feature = [_best_per_feature(s, ids, regularization) for s, ids in zip(sums, feature_ids, strict=True)]
    concatenated = [tf.concat(values, 0) for values in zip(*by_feature, strict=True)]
    ids = [number for group in feature_ids for number in group]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    joined = Splits(*(tf.gather(values, order) for values in concatenated))
    return _choose(joined, tf.argmax(joined.gain, 0, output_type=tf.int32))


def _best_per_feature(sums: tf.Tensor, feature_ids: Sequence[int], regularization: Regularization) -> Splits:
    left = tf.cumsum(sums, axis=2)
    total = left[:, :, -1:]
    # Stacked, so that TensorFlow does not join the subtraction with the next addition, which rounds otherwise.
    gradients, hessians = tf.unstack(tf.stack([left, total - left]), axis=4)
    weight, gain = weight_and_gain(gradients, hessians, regularization)
    both_gain = tf.add(*tf.unstack(gain))
    threshold = tf.argmax(both_gain, 2, output_type=tf.int32)
    total = tf.unstack(total[:, :, 0], axis=2)
    gained = tf.gather(both_gain, threshold, batch_dims=2) - weight_and_gain(total[0], total[1], regularization)[1]
    is_heavy = total[1] >= tf.constant(regularization.min_node_weight, tf.float32)
    gained = tf.where(is_heavy, gained, tf.fill(tf.shape(gained), float('-inf')))
    left_weight, right_weight = tf.unstack(weight)
    return Splits(
        feature=tf.tile(tf.constant(list(feature_ids), tf.int32)[:, None], [1, tf.shape(gained)[1]]),
        threshold=threshold,
        gain=gained - tf.constant(regularization.tree_complexity, tf.float32),
        left=tf.gather(left_weight, threshold, batch_dims=2),
        right=tf.gather(right_weight, threshold, batch_dims=2),
    )


def weight_and_gain(
    gradient: tf.Tensor, hessian: tf.Tensor, regularization: Regularization
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns the weight of a leaf that lowers the loss most, and how far it does, both shaped like the sums."""
    l1 = tf.constant(regularization.l1, tf.float32)
    shrunk = tf.where(gradient > l1, gradient - l1, tf.where(gradient < -l1, gradient + l1, tf.zeros_like(gradient)))
    curvature = hessian + tf.constant(regularization.l2, tf.float32)
    is_flat = curvature <= _LEAST_HESSIAN
    safe = tf.where(is_flat, tf.ones_like(curvature), curvature)
    weight = tf.where(is_flat, tf.zeros_like(curvature), -shrunk / safe)
    return weight, -shrunk * weight


def _choose(splits: Splits, index: tf.Tensor) -> Splits:
    """Returns one split per node: that of the feature at `index`, [nodes] int32."""
    places = tf.stack([index, tf.range(tf.size(index))], 1)
    return Splits(*(tf.gather_nd(values, places) for values in splits))
