"""Accuracy of one batch, the confusion matrix, and Cohen's kappa."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter
from tf1.contrib.metrics.streaming import Metric

confusion_matrix = tf.math.confusion_matrix


def accuracy(predictions: Any, labels: Any, weights: Any = None, name: str | None = None) -> tf.Tensor:
    """Returns the weighted share of predictions that equal their labels, for this batch alone.

    Args:
      predictions: integers, bools or strings, of any shape.
      labels: of the same type and shape.
      weights: scalar, or of the same shape; None for ones.
      name: None for 'accuracy'.

    Raises:
      ValueError: the values are of another type, or types or shapes differ.
    """
    predictions, labels = tf.convert_to_tensor(predictions), tf.convert_to_tensor(labels)
    kind = predictions.dtype
    if not (kind.is_integer or kind in (tf.bool, tf.string)):
        raise ValueError(f'accuracy compares integers, bools and strings, got {kind.name}; use argmax or a threshold.')
    if labels.dtype != kind:
        raise ValueError(f'labels must be {kind.name} as the predictions are, got {labels.dtype.name}; cast one.')
    labels.shape.assert_is_compatible_with(predictions.shape)
    with tf.name_scope(name, 'accuracy', [predictions, labels]):
        correct = tf.cast(tf.equal(predictions, labels), tf.float32)
        if weights is None:
            return tf.reduce_mean(correct)
        weights = tf.cast(weights, tf.float32)
        total = tf.reduce_sum(tf.ones_like(correct) * weights)
        return tf.truediv(tf.reduce_sum(correct * weights), total)


def cohen_kappa(
    labels: Any,
    predictions_idx: Any,
    num_classes: int,
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """Cohen's kappa: agreement beyond what chance gives, 1 at most.

    Args:
      labels: `[batch]` or `[batch, 1]` integers.
      predictions_idx: classes, as labels.
      num_classes: number of classes.
      weights: of labels' shape; None for ones.
      metrics_collections: collections for the value.
      updates_collections: collections for the update.
      name: None for 'cohen_kappa'.

    Raises:
      ValueError: shapes differ.
    """
    with tf.variable_scope(name, 'cohen_kappa', (labels, predictions_idx, weights)):
        labels, predictions = tf.convert_to_tensor(labels), tf.convert_to_tensor(predictions_idx)
        if not labels.shape.is_compatible_with(predictions.shape):
            raise ValueError(
                f'labels and predictions_idx must have one shape, got {labels.shape}, {predictions.shape}.'
            )
        dtype = tf.int64 if weights is None else tf.convert_to_tensor(weights).dtype
        labels, predictions = _vector(labels), _vector(predictions)
        weights = None if weights is None else _vector(tf.convert_to_tensor(weights))
        counts = [counter(part, [num_classes], dtype) for part in ('po', 'pe_row', 'pe_col')]
        matrix = tf.math.confusion_matrix(
            labels, predictions, num_classes, dtype, weights=weights, name='counts_in_table'
        )
        parts = (tf.diag_part(matrix), tf.reduce_sum(matrix, 0), tf.reduce_sum(matrix, 1))
        updates = [tf.assign_add(total, part) for total, part in zip(counts, parts, strict=True)]
        return collect(_kappa(counts, 'value'), _kappa(updates, 'update_op'), metrics_collections, updates_collections)


def _vector(values: tf.Tensor) -> tf.Tensor:
    return values if values.shape.rank == 1 else tf.reshape(values, [-1])


def _kappa(counts: list[Any], name: str) -> tf.Tensor:
    agreed, rows, columns = counts
    agreement, total = tf.reduce_sum(agreed), tf.reduce_sum(rows)
    chance = tf.div_no_nan(tf.cast(rows * columns, tf.float64), tf.cast(total, tf.float64))
    chance = tf.reduce_sum(chance)
    agreement, total = tf.cast(agreement, tf.float64), tf.cast(total, tf.float64)
    return tf.div_no_nan(agreement - chance, total - chance, name=name)
