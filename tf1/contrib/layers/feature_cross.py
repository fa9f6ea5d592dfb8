"""Crosses of sparse features in hash buckets, also with the older hash that TF 1.15 used without a key."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import tf1 as tf

# The seed and the constant of the older hash.
_SEED = 0xDECAFCAFFE
_GOLDEN_RATIO = 0x9E3779B97F4A7800 - (1 << 64)


def crossed(features: Sequence[tf.SparseTensor], buckets: int, hash_key: int | None) -> tf.SparseTensor:
    """Returns the bucket of every combination of values in each row, `[batch, combinations]` int64.

    Args:
      features: `[batch, any]`, strings or int64.
      buckets: the number of buckets.
      hash_key: of the hash of `tf.sparse.cross_hashed`; None for the older one.
    """
    if hash_key is not None:
        return tf.sparse.cross_hashed(list(features), buckets, hash_key)
    positions = tf.sparse.cross([_positions(feature) for feature in features])
    hashed = tf.fill([tf.size(positions.values)], tf.constant(_SEED, tf.int64))
    parts = tf.reshape(tf.strings.split(positions.values, '_X_').values, [-1, len(features)])
    for column, feature in enumerate(features):
        places = tf.strings.to_number(parts[:, column], tf.int64)
        hashed = _combined(hashed, tf.gather(_fingerprints(feature.values), places))
    ids = tf.cast(tf.mod(tf.bitcast(hashed, tf.uint64), tf.constant(np.uint64(buckets))), tf.int64)
    return tf.SparseTensor(positions.indices, ids, positions.dense_shape)


def _positions(feature: tf.SparseTensor) -> tf.SparseTensor:
    """Returns the feature with each value's place in it instead of the value, as a string."""
    places = tf.as_string(tf.range(tf.size(feature.values)))
    return tf.SparseTensor(feature.indices, places, feature.dense_shape)


def _fingerprints(values: tf.Tensor) -> tf.Tensor:
    """Returns 64 bits for each value, int64: a hash of strings, integers themselves."""
    if values.dtype != tf.string:
        return tf.cast(values, tf.int64)
    hashes = tf.raw_ops.Fingerprint(data=values, method='farmhash64')
    return tf.bitcast(tf.reshape(hashes, [-1, 8]), tf.int64)


def _combined(one: tf.Tensor, other: tf.Tensor) -> tf.Tensor:
    # The older hash shifts signed numbers to the right: the sign comes in from the left.
    shifted = tf.bitwise.left_shift(one, tf.constant(10, tf.int64)) + tf.bitwise.right_shift(
        one, tf.constant(4, tf.int64)
    )
    return tf.bitwise.bitwise_xor(one, other + _GOLDEN_RATIO + shifted)
