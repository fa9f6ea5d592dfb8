"""Metrics of forests by name, for `MetricSpec`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import tf1 as tf

INFERENCE_PROB_NAME = 'probabilities'
INFERENCE_PRED_NAME = 'classes'
FEATURE_IMPORTANCE_NAME = 'global_feature_importance'
_SCORES = 'scores'
_THRESHOLDS = np.arange(0, 1, 0.01, np.float32)


def get_metric(metric_name: str) -> Callable:
    """Returns the function of predictions and labels that `metric_name` stands for.

    Raises:
      KeyError: there is no such metric.
    """
    return _EVAL_METRICS[_checked(metric_name)][0]


def get_prediction_key(metric_name: str) -> str:
    """Returns which of a forest's predictions `metric_name` is computed from.

    Raises:
      KeyError: there is no such metric.
    """
    return _EVAL_METRICS[_checked(metric_name)][1]


def _checked(name: str) -> str:
    if name not in _EVAL_METRICS:
        raise KeyError(f'metric_name must be one of {sorted(_EVAL_METRICS)}, got {name!r}.')
    return name


def _column(tensor: tf.Tensor) -> tf.Tensor:
    return tf.reshape(tensor, [-1])


def _one_hot(labels: tf.Tensor, probabilities: tf.Tensor) -> tf.Tensor:
    return tf.one_hot(tf.cast(_column(labels), tf.int32), tf.shape(probabilities)[1])


def _accuracy(predictions: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.accuracy(_column(targets), _column(predictions), weights)


def _auc(probs: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.auc(_column(targets), probs[:, 1], weights)


def _class_log_loss(probabilities: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.mean(tf.losses.log_loss(_one_hot(targets, probabilities), probabilities), weights)


def _precision(predictions: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.precision(_column(targets), _column(predictions), weights)


def _recall(predictions: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.recall(_column(targets), _column(predictions), weights)


def _precision_at_thresholds(predictions: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.precision_at_thresholds(_column(targets), predictions[:, 1], _THRESHOLDS, weights)


def _recall_at_thresholds(predictions: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    return tf.metrics.recall_at_thresholds(_column(targets), predictions[:, 1], _THRESHOLDS, weights)


def _predictions(predictions: tf.Tensor, unused_targets: tf.Tensor, **unused_kwargs: Any) -> tf.Tensor:
    return predictions


def _r2(probabilities: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    if targets.shape.rank == 1:
        targets = targets[:, tf.newaxis]
    if probabilities.shape.rank == 1:
        probabilities = probabilities[:, tf.newaxis]
    targets = tf.cast(targets, probabilities.dtype)
    around = tf.reduce_sum(tf.square(targets - tf.reduce_mean(targets, 0)), 0)
    left = tf.reduce_sum(tf.math.squared_difference(targets, probabilities), 0)
    return tf.metrics.mean(1 - left / around, weights)


def _sigmoid_entropy(probabilities: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=_one_hot(targets, probabilities), logits=probabilities)
    return tf.metrics.mean(tf.reduce_mean(losses, 1), weights)


def _softmax_entropy(probabilities: tf.Tensor, targets: tf.Tensor, weights: Any = None) -> Any:
    labels = tf.cast(_column(targets), tf.int32)
    return tf.metrics.mean(tf.losses.sparse_softmax_cross_entropy(labels, probabilities), weights)


def _top_5(probabilities: tf.Tensor, targets: tf.Tensor) -> Any:
    return tf.metrics.mean(tf.nn.in_top_k(probabilities, tf.cast(_column(targets), tf.int32), 5))


_EVAL_METRICS: dict[str, tuple[Callable, str]] = {
    'accuracy': (_accuracy, INFERENCE_PRED_NAME),
    'auc': (_auc, INFERENCE_PROB_NAME),
    'classification_log_loss': (_class_log_loss, INFERENCE_PROB_NAME),
    'precision': (_precision, INFERENCE_PRED_NAME),
    'precision_at_thresholds': (_precision_at_thresholds, INFERENCE_PROB_NAME),
    'predictions': (_predictions, INFERENCE_PRED_NAME),
    'r2': (_r2, _SCORES),
    'recall': (_recall, INFERENCE_PRED_NAME),
    'recall_at_thresholds': (_recall_at_thresholds, INFERENCE_PROB_NAME),
    'sigmoid_entropy': (_sigmoid_entropy, INFERENCE_PROB_NAME),
    'softmax_entropy': (_softmax_entropy, INFERENCE_PROB_NAME),
    'top_5': (_top_5, INFERENCE_PROB_NAME),
}
