"""Sums of gradients and hessians by node and bucket."""

from __future__ import annotations

import math
from collections.abc import Sequence

import tensorflow.compat.v1 as tf

_MOST_OPS = 8
"""A matrix of features is taken in at most so many parts: parts run side by side, operations cost time of their own."""
_BEYOND = 1 << 30
"""A place behind all sums; what stands there is not counted."""


def sums(
    features: tf.Tensor,
    feature_ids: Sequence[int],
    buckets: int,
    node: tf.Tensor,
    layer: tf.Tensor,
    gradients: tf.Tensor,
    hessians: tf.Tensor,
) -> tf.Tensor:
    """Returns the sums over examples, [features, nodes of the layer, buckets, 2] float32, hessians behind gradients.

    They are float64 until they are complete, as in TF 1.15.

    Args:
      features: [all features, batch] int32.
      feature_ids: the features that are wanted.
      buckets: how many buckets these have.
      node: [batch] int32, the examples' nodes in the last tree.
      layer: [2] int32, the first node that counts, and the one after the last.
      gradients: [batch] float32.
      hessians: [batch] float32.
    """
    nodes = layer[1] - layer[0]
    size = nodes * buckets
    at_once = math.ceil(len(feature_ids) / _MOST_OPS)
    weights = [tf.cast(weight, tf.float64) for weight in (gradients, hessians)]
    is_in_layer = tf.logical_and(node >= layer[0], node < layer[1])
    places = tf.where(is_in_layer, (node - layer[0]) * buckets, tf.fill(tf.shape(node), _BEYOND))
    parts = []
    for start in range(0, len(feature_ids), at_once):
        ids = feature_ids[start : start + at_once]
        length = len(ids)
        bins = tf.gather(features, ids) + places + tf.range(length)[:, None] * size
        found = [_histogram(bins, length * size, tf.tile(weight, [length])) for weight in weights]
        parts.append(tf.reshape(tf.stack(found, -1), [length, nodes, buckets, 2]))
    return tf.concat(parts, 0)


def _histogram(bins: tf.Tensor, size: tf.Tensor, weights: tf.Tensor) -> tf.Tensor:
    found = tf.raw_ops.Bincount(arr=tf.reshape(bins, [-1]), size=size, weights=weights)
    return tf.cast(found, tf.float32)
