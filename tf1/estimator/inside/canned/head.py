"""`canned.head`: the heads of ready-made Estimators. Their losses are sums over the batch unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, keys
from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.metric_ops_head import LossSpec, MetricOpsHead
from tf1.estimator.canned.metric_ops_head import MetricOpsHead as _Head
from tf1.estimator.canned.multi_class_head import MultiClassHead
from tf1.estimator.canned.own_heads import classes as _binary_logistic_or_multi_class_head
from tf1.estimator.canned.regression_head import RegressionHead

__all__ = ['LossSpec', '_Head', '_binary_logistic_or_multi_class_head']

_DEFAULT_SERVING_KEY = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
_CLASSIFY_SERVING_KEY = keys.CLASSIFY
_REGRESS_SERVING_KEY = keys.REGRESS
_PREDICT_SERVING_KEY = keys.PREDICT


def _multi_class_head_with_softmax_cross_entropy_loss(
    n_classes: int,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = tf.losses.Reduction.SUM,
    loss_fn: Callable | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    return MetricOpsHead(MultiClassHead(n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name))


def _binary_logistic_head_with_sigmoid_cross_entropy_loss(
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = tf.losses.Reduction.SUM,
    loss_fn: Callable | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    return MetricOpsHead(BinaryClassHead(weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name))


def _regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = tf.losses.Reduction.SUM,
    loss_fn: Callable | None = None,
    inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    return MetricOpsHead(RegressionHead(label_dimension, weight_column, loss_reduction, loss_fn, inverse_link_fn, name))


def _check_dense_labels_match_logits_and_reshape(
    labels: Any, logits: tf.Tensor, expected_labels_dimension: int
) -> tf.Tensor:
    return examples.dense_labels(labels, logits, expected_labels_dimension)


def _check_logits_final_dim(logits: Any, expected_logits_dimension: int) -> tf.Tensor:
    return examples.checked_logits(logits, expected_logits_dimension)


def _get_weights_and_check_match_logits(
    features: Any, weight_column: Any, logits: tf.Tensor, allow_per_logit_weights: bool = False
) -> tf.Tensor | float:
    del allow_per_logit_weights  # They always are.
    return examples.weights_of(features, weight_column, logits)


def _summary_key(head_name: str | None, val: str) -> str:
    return keys.of_head(val, head_name)
