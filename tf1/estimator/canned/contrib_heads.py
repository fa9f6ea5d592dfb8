"""The functions of `tf.contrib.estimator` that make heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.metric_ops_head import MetricOpsHead, MetricOpsMultiHead
from tf1.estimator.canned.multi_class_head import MultiClassHead
from tf1.estimator.canned.multi_label_head import MultiLabelHead
from tf1.estimator.canned.regression_head import LogisticRegressionHead, PoissonRegressionHead, RegressionHead

_REDUCTION = tf.losses.Reduction.SUM_OVER_BATCH_SIZE


def binary_classification_head(
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = _REDUCTION,
    loss_fn: Callable | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.BinaryClassHead`."""
    return MetricOpsHead(BinaryClassHead(weight_column, thresholds, label_vocabulary, loss_reduction, loss_fn, name))


def multi_class_head(
    n_classes: int,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = _REDUCTION,
    loss_fn: Callable | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.MultiClassHead`."""
    return MetricOpsHead(MultiClassHead(n_classes, weight_column, label_vocabulary, loss_reduction, loss_fn, name))


def multi_label_head(
    n_classes: int,
    weight_column: Any = None,
    thresholds: Sequence[float] | None = None,
    label_vocabulary: Sequence[str] | None = None,
    loss_reduction: str = _REDUCTION,
    loss_fn: Callable | None = None,
    classes_for_class_based_metrics: Sequence[int | str] | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.MultiLabelHead`."""
    return MetricOpsHead(
        MultiLabelHead(
            n_classes,
            weight_column,
            thresholds,
            label_vocabulary,
            loss_reduction,
            loss_fn,
            classes_for_class_based_metrics,
            name,
        )
    )


def regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = _REDUCTION,
    loss_fn: Callable | None = None,
    inverse_link_fn: Callable[[tf.Tensor], tf.Tensor] | None = None,
    name: str | None = None,
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.RegressionHead`."""
    return MetricOpsHead(RegressionHead(label_dimension, weight_column, loss_reduction, loss_fn, inverse_link_fn, name))


def poisson_regression_head(
    weight_column: Any = None,
    label_dimension: int = 1,
    loss_reduction: str = _REDUCTION,
    compute_full_loss: bool = True,
    name: str | None = None,
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.PoissonRegressionHead`."""
    return MetricOpsHead(PoissonRegressionHead(label_dimension, weight_column, loss_reduction, compute_full_loss, name))


def logistic_regression_head(
    weight_column: Any = None, loss_reduction: str = _REDUCTION, name: str | None = None
) -> MetricOpsHead:
    """Returns a head like `tf.estimator.LogisticRegressionHead`."""
    return MetricOpsHead(LogisticRegressionHead(weight_column, loss_reduction, name))


def multi_head(heads: Sequence[MetricOpsHead], head_weights: Sequence[float] | None = None) -> MetricOpsMultiHead:
    """Returns a head that joins others, like `tf.estimator.MultiHead`."""
    return MetricOpsMultiHead(heads, head_weights)
