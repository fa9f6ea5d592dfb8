"""Metrics of the probability that a label is 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tf1 as tf


def probability_metrics(
    labels: tf.Tensor,
    probabilities: tf.Tensor,
    weights: tf.Tensor | None,
    thresholds: Sequence[float],
    with_precision_auc: bool = False,
) -> dict[str, Any]:
    """Returns `{name: (value, update)}`: means, areas under curves, and accuracy, precision, recall at thresholds.

    Args:
      labels: 0 or 1, `[batch, 1]`.
      probabilities: of 1, `[batch, 1]` float32.
      weights: `[batch, 1]` float32; None for none.
      thresholds: from which a probability counts as 1.
      with_precision_auc: whether to add the area under the curve of precision and recall.
    """
    numbers, truths = tf.cast(labels, tf.float32), tf.cast(labels, tf.bool)
    metrics = {
        'labels/prediction_mean': tf.metrics.mean(probabilities, weights),
        'labels/actual_label_mean': tf.metrics.mean(numbers, weights),
        'accuracy/baseline_label_mean': tf.metrics.mean(numbers, weights),
        'auc': tf.metrics.auc(truths, probabilities, weights),
    }
    if with_precision_auc:
        metrics['auc_precision_recall'] = tf.metrics.auc(truths, probabilities, weights, curve='PR')
    for threshold in thresholds:
        found = probabilities >= threshold
        metrics[f'accuracy/threshold_{threshold:f}_mean'] = tf.metrics.accuracy(truths, found, weights)
        precision = tf.metrics.precision_at_thresholds(truths, probabilities, [threshold], weights)
        recall = tf.metrics.recall_at_thresholds(truths, probabilities, [threshold], weights)
        metrics[f'precision/positive_threshold_{threshold:f}_mean'] = tuple(tf.squeeze(part) for part in precision)
        metrics[f'recall/positive_threshold_{threshold:f}_mean'] = tuple(tf.squeeze(part) for part in recall)
    return metrics
