"""Precision and recall among the classes with the highest predictions, as `tf.metrics` computes them.

Labels are `[batch, labels] int64`, dense or sparse; predictions `[batch, classes] float32`, or `[batch, k] int64`
class indices where a function says `top_k`.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter, safe_ratio, weighting
from tf1.contrib.metrics.streaming import Metric


def streaming_sparse_precision_at_k(
    predictions: Any,
    labels: Any,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of the `k` highest predictions that are labels; of one class only, if `class_id` is given."""
    return tf.metrics.precision_at_k(
        labels, predictions, k, class_id, weights, metrics_collections, updates_collections, name
    )


def streaming_sparse_precision_at_top_k(
    top_k_predictions: Any,
    labels: Any,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of predicted classes that are labels."""
    return tf.metrics.precision_at_top_k(
        labels,
        top_k_predictions,
        class_id=class_id,
        weights=weights,
        metrics_collections=metrics_collections,
        updates_collections=updates_collections,
        name=name,
    )


def streaming_sparse_recall_at_k(
    predictions: Any,
    labels: Any,
    k: int,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of labels among the `k` highest predictions."""
    return tf.metrics.recall_at_k(
        labels, predictions, k, class_id, weights, metrics_collections, updates_collections, name
    )


def sparse_recall_at_top_k(
    labels: Any,
    top_k_predictions: Any,
    class_id: int | None = None,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of labels among the predicted classes; labels come first here."""
    return tf.metrics.recall_at_top_k(
        labels,
        top_k_predictions,
        class_id=class_id,
        weights=weights,
        metrics_collections=metrics_collections,
        updates_collections=updates_collections,
        name=name,
    )


def streaming_sparse_average_precision_at_k(
    predictions: Any,
    labels: Any,
    k: int,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The mean of precisions at 1 to `k`."""
    return tf.metrics.average_precision_at_k(
        labels, predictions, k, weights, metrics_collections, updates_collections, name
    )


def streaming_sparse_average_precision_at_top_k(
    top_k_predictions: Any,
    labels: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The mean over rows of the average precision of predicted classes, the likeliest first."""
    with tf.variable_scope(name, 'average_precision_at_top_k', (top_k_predictions, labels, weights)):
        with tf.name_scope('rows'):
            precision = _average_precision(tf.cast(top_k_predictions, tf.int64), _dense(labels))
            weights = weighting(weights, precision, tf.float64)
        rows, total = counter('max', dtype=tf.float64), counter('total', dtype=tf.float64)
        updates = [
            tf.assign_add(total, tf.reduce_sum(precision * weights)),
            tf.assign_add(rows, tf.reduce_sum(weights)),
        ]
        value = safe_ratio(total, rows, 'mean')
        update = safe_ratio(*updates, tf.get_default_graph().get_name_scope() + '/')
        return collect(value, update, metrics_collections, updates_collections)


def _dense(labels: Any) -> tf.Tensor:
    """Returns labels as a dense tensor; what a row lacks is -1."""
    if isinstance(labels, tf.SparseTensor):
        return tf.sparse.to_dense(tf.cast(labels, tf.int64), default_value=-1, validate_indices=False)
    return tf.cast(labels, tf.int64)


def _average_precision(predictions: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """Returns for each row the mean of the precisions at its right predictions, `[...] float64`."""
    right = tf.cast(tf.reduce_any(tf.equal(predictions[..., tf.newaxis], labels[..., tf.newaxis, :]), -1), tf.float64)
    k = tf.shape(predictions)[-1]
    precisions = tf.cumsum(right, -1) / tf.cast(tf.range(1, k + 1), tf.float64)
    possible = tf.minimum(tf.reduce_sum(tf.cast(labels >= 0, tf.int32), -1), k)
    return safe_ratio(tf.reduce_sum(precisions * right, -1), tf.cast(possible, tf.float64))
