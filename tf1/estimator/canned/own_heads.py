"""The heads that ready-made classifiers and regressors make for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.classes import checked_number
from tf1.estimator.canned.metric_ops_head import MetricOpsHead
from tf1.estimator.canned.multi_class_head import MultiClassHead
from tf1.estimator.canned.regression_head import RegressionHead


def classes(
    n_classes: int, weight_column: Any, label_vocabulary: Sequence[str] | None, loss_reduction: str
) -> MetricOpsHead:
    """Returns the head of a classifier with pairs of ops as its metrics; see `class_head`."""
    return MetricOpsHead(class_head(n_classes, weight_column, label_vocabulary, loss_reduction))


def class_head(
    n_classes: int, weight_column: Any, label_vocabulary: Sequence[str] | None, loss_reduction: str
) -> BinaryClassHead | MultiClassHead:
    """Returns the head of a classifier: one logit for two classes, or one for each of more.

    Raises:
      ValueError: an argument is out of range.
    """
    n_classes = checked_number(n_classes, 2)
    is_binary = not isinstance(n_classes, tf.Tensor) and n_classes == 2
    options = {
        'weight_column': weight_column,
        'label_vocabulary': label_vocabulary,
        'loss_reduction': loss_reduction,
    }
    return BinaryClassHead(**options) if is_binary else MultiClassHead(n_classes, **options)


def values(label_dimension: int, weight_column: Any, loss_reduction: str) -> MetricOpsHead:
    """Returns the head of a regressor."""
    return MetricOpsHead(RegressionHead(label_dimension, weight_column=weight_column, loss_reduction=loss_reduction))
