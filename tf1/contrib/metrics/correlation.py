"""Covariance and correlation of predictions with labels."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter, safe_ratio, weighting
from tf1.contrib.metrics.streaming import Metric


def streaming_covariance(
    predictions: Any,
    labels: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The sample covariance of predictions and labels of one shape, weights being counts; NaN for one element."""
    with tf.variable_scope(name, 'covariance', (predictions, labels, weights)):
        predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        number, mean_prediction, mean_label, comoment = (
            counter(part) for part in ('count', 'mean_prediction', 'mean_label', 'comoment')
        )
        weights = weighting(weights, predictions)
        batch = tf.reduce_sum(weights)
        batch_prediction = safe_ratio(tf.reduce_sum(predictions * weights), batch)
        batch_label = safe_ratio(tf.reduce_sum(labels * weights), batch)
        inside = tf.reduce_sum((predictions - batch_prediction) * (labels - batch_label) * weights)
        # Two parts join by the distance of their means; a sum of plain products would cancel.
        total = number + batch
        share = safe_ratio(batch, total)
        between = (batch_prediction - mean_prediction) * (batch_label - mean_label) * number * share
        shift_prediction = (batch_prediction - mean_prediction) * share
        shift_label = (batch_label - mean_label) * share
        with tf.control_dependencies([between, shift_prediction, shift_label, total]):
            updated = tf.assign_add(comoment, inside + between)
            with tf.control_dependencies([updated]):
                means = tf.group(
                    tf.assign_add(mean_prediction, shift_prediction), tf.assign_add(mean_label, shift_label)
                )
                new_number = tf.assign(number, total)
        value = tf.truediv(comoment, number - 1, name='covariance')
        with tf.control_dependencies([means]):
            update = tf.truediv(updated, new_number - 1, name='update_op')
        return collect(value, update, metrics_collections, updates_collections)


def streaming_pearson_correlation(
    predictions: Any,
    labels: Any,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """Pearson's correlation of predictions and labels of one shape, from -1 to 1."""
    with tf.variable_scope(name, 'pearson_r', (predictions, labels, weights)):
        predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        both = streaming_covariance(predictions, labels, weights, name='covariance')
        of_predictions = streaming_covariance(predictions, predictions, weights, name='variance_predictions')
        of_labels = streaming_covariance(labels, labels, weights, name='variance_labels')
        value, update = (
            tf.truediv(both[i], tf.sqrt(of_predictions[i]) * tf.sqrt(of_labels[i]), name=part)
            for i, part in enumerate(('pearson_r', 'update_op'))
        )
        return collect(value, update, metrics_collections, updates_collections)
