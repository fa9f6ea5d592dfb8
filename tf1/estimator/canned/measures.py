"""Kinds of metrics, each both as a Keras metric and as the pair of ops that `tf.metrics` makes."""

from __future__ import annotations

import enum
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
import tf_keras


class Kind(enum.Enum):
    """What is measured. All but the first two compare labels with predictions."""

    MEAN = 'the mean of values'
    BASELINE = 'the accuracy of always guessing the commoner of labels 0 and 1'
    ACCURACY = 'the share of equal classes'
    PRECISION = 'the share of labels 1 among positive predictions'
    RECALL = 'the share of positive predictions among labels 1'
    AUC = 'the area under the ROC curve'
    AUC_PR = 'the area under the curve of precision and recall'


class Sample(NamedTuple):
    """What one batch adds to a metric: its tensors, labels first, and weights that broadcast, or None."""

    tensors: tuple[tf.Tensor, ...]
    weights: Any = None


class _Baseline(tf_keras.metrics.Mean):
    def result(self) -> tf.Tensor:
        share = super().result()
        return tf.maximum(share, 1.0 - share)


_KERAS = {
    Kind.MEAN: tf_keras.metrics.Mean,
    Kind.BASELINE: _Baseline,
    Kind.ACCURACY: tf_keras.metrics.Accuracy,
    Kind.PRECISION: tf_keras.metrics.Precision,
    Kind.RECALL: tf_keras.metrics.Recall,
    Kind.AUC: tf_keras.metrics.AUC,
    Kind.AUC_PR: lambda name: tf_keras.metrics.AUC(curve='PR', name=name),
}


def keras_metric(kind: Kind, key: str) -> tf_keras.metrics.Metric:
    """Returns a new Keras metric called `key`."""
    return _KERAS[kind](name=key)


def update(metric: tf_keras.metrics.Metric, sample: Sample) -> None:
    """Adds a batch to a Keras metric."""
    metric.update_state(*sample.tensors, sample_weight=_broadcast(sample))


def metric_ops(kind: Kind, key: str, sample: Sample) -> tuple[tf.Tensor, tf.Operation]:
    """Returns the (value, update) pair of the metric called `key`."""
    weights = _broadcast(sample)
    if kind is Kind.MEAN:
        return tf.metrics.mean(*sample.tensors, weights, name=key)
    if kind is Kind.BASELINE:
        share, update_op = tf.metrics.mean(*sample.tensors, weights, name=key)
        return tf.maximum(share, 1.0 - share), tf.maximum(update_op, 1.0 - update_op)
    if kind is Kind.ACCURACY:
        return tf.metrics.accuracy(*sample.tensors, weights, name=key)
    if kind is Kind.PRECISION:
        return tf.metrics.precision(*sample.tensors, weights, name=key)
    if kind is Kind.RECALL:
        return tf.metrics.recall(*sample.tensors, weights, name=key)
    curve = 'PR' if kind is Kind.AUC_PR else 'ROC'
    return tf.metrics.auc(*sample.tensors, weights, curve=curve, name=key)


def _broadcast(sample: Sample) -> tf.Tensor | None:
    if sample.weights is None:
        return None
    return sample.weights * tf.ones_like(sample.tensors[0], tf.float32)
