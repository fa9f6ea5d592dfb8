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


class Baseline(tf_keras.metrics.Mean):
    """The larger of the mean of labels 0 and 1, and of what is missing to 1.

    Once it follows the metric of that mean, its own variables are left alone and stand in no collection, as in TF 1.15.
    """

    _followed: tf_keras.metrics.Mean | None = None

    def follow(self, mean: tf_keras.metrics.Mean) -> None:
        """Takes the mean from another metric from now on."""
        object.__setattr__(self, '_followed', mean)  # Keras would take its variables for this metric's own.

    @property
    def updates(self) -> list[tf.Operation]:
        """The ops that add a batch."""
        return self._followed.updates if self._followed else super().updates

    @property
    def variables(self) -> list[tf.Variable]:
        """The variables of the mean."""
        return self._followed.variables if self._followed else super().variables

    def result(self) -> tf.Tensor:
        """Returns the accuracy of always guessing the commoner label, a scalar float32."""
        share = self._followed.result() if self._followed else super().result()
        return tf.maximum(share, 1.0 - share)


_KERAS = {
    Kind.MEAN: tf_keras.metrics.Mean,
    Kind.BASELINE: Baseline,
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
