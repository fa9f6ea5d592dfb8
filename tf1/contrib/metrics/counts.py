"""Counts, and shares of them: elements, and false predictions."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter, weighting
from tf1.contrib.metrics.streaming import Metric


def count(
    values: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The number of elements, or the sum of their weights."""
    with tf.variable_scope(name, 'count', (values, weights)):
        total = counter('count')
        values = tf.convert_to_tensor(values)
        if weights is None:
            number = tf.cast(tf.size(values), tf.float32)
        else:
            number = tf.reduce_sum(weighting(weights, values))
        with tf.control_dependencies([values]):
            update = tf.assign_add(total, number)
        return collect(tf.identity(total), update, metrics_collections, updates_collections)


def streaming_false_positive_rate(
    predictions: Any,
    labels: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of negative labels that are predicted as positive."""
    with tf.variable_scope(name, 'false_positive_rate', (predictions, labels, weights)):
        wrong = tf.metrics.false_positives(labels, predictions, weights)
        right = tf.metrics.true_negatives(labels, predictions, weights)
        return _rate(wrong, right, metrics_collections, updates_collections)


def streaming_false_negative_rate(
    predictions: Any,
    labels: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of positive labels that are predicted as negative."""
    with tf.variable_scope(name, 'false_negative_rate', (predictions, labels, weights)):
        wrong = tf.metrics.false_negatives(labels, predictions, weights)
        right = tf.metrics.true_positives(labels, predictions, weights)
        return _rate(wrong, right, metrics_collections, updates_collections)


def _rate(wrong: Metric, right: Metric, metrics_collections: Collections, updates_collections: Collections) -> Metric:
    value = _share(wrong[0], right[0], 'value')
    update = _share(wrong[1], right[1], 'update_op')
    return collect(value, update, metrics_collections, updates_collections)


def _share(part: tf.Tensor, rest: tf.Tensor, name: str) -> tf.Tensor:
    """Returns the share of `part` in both, 0 where both are 0."""
    return tf.where(tf.greater(part + rest, 0), tf.divide(part, part + rest, name='div'), 0.0, name=name)
