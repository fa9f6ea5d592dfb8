"""What metrics written here share: their variables, and the collections that take their results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow.compat.v1 as tf

Collections = Iterable[str] | None


def counter(name: str, shape: Iterable[int] = (), dtype: tf.DType = tf.float32) -> tf.Variable:
    """Returns a local variable of a metric, of `shape`, that starts from zero."""
    return tf.Variable(
        lambda: tf.zeros(list(shape), dtype),
        trainable=False,
        collections=[tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.METRIC_VARIABLES],
        name=name,
    )


def collect(value: Any, update: Any, metrics_collections: Collections, updates_collections: Collections) -> Any:
    """Adds a metric's value and update to the collections and returns both."""
    for collection in metrics_collections or ():
        tf.add_to_collection(collection, value)
    for collection in updates_collections or ():
        tf.add_to_collection(collection, update)
    return value, update


def weighting(weights: Any, like: tf.Tensor, dtype: tf.DType = tf.float32) -> tf.Tensor:
    """Returns `weights` (None for ones) in the shape of `like`."""
    if weights is None:
        return tf.ones_like(like, dtype)
    return tf.cast(weights, dtype) * tf.ones_like(like, dtype)


def safe_ratio(numerator: tf.Tensor, denominator: tf.Tensor, name: str | None = None) -> tf.Tensor:
    """Returns the quotient, and 0 where the denominator is not above 0."""
    positive = denominator > 0
    ratio = tf.truediv(numerator, tf.where(positive, denominator, tf.ones_like(denominator)))
    return tf.where(positive, ratio, tf.zeros_like(ratio), name=name)
