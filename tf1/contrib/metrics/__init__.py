"""`tf.contrib.metrics`: metrics over many batches, of one batch, and sets."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1._namespace import removed
from tf1.contrib.metrics.aggregate import (
    aggregate_metric_map,
    aggregate_metrics,
)
from tf1.contrib.metrics.auc import (
    auc_using_histogram,
    auc_with_confidence_intervals,
    streaming_dynamic_auc,
)
from tf1.contrib.metrics.classification import (
    accuracy,
    cohen_kappa,
    confusion_matrix,
)
from tf1.contrib.metrics.concat import (
    streaming_concat,
)
from tf1.contrib.metrics.correlation import (
    streaming_covariance,
    streaming_pearson_correlation,
)
from tf1.contrib.metrics.counts import (
    count,
    streaming_false_negative_rate,
    streaming_false_positive_rate,
)
from tf1.contrib.metrics.equal_thresholds import (
    precision_recall_at_equal_thresholds,
)
from tf1.contrib.metrics.streaming import (
    streaming_accuracy,
    streaming_auc,
    streaming_false_negatives,
    streaming_false_positives,
    streaming_mean,
    streaming_mean_absolute_error,
    streaming_mean_cosine_distance,
    streaming_mean_iou,
    streaming_mean_relative_error,
    streaming_mean_squared_error,
    streaming_mean_tensor,
    streaming_percentage_less,
    streaming_precision,
    streaming_precision_at_thresholds,
    streaming_recall,
    streaming_recall_at_k,
    streaming_recall_at_thresholds,
    streaming_root_mean_squared_error,
    streaming_sensitivity_at_specificity,
    streaming_specificity_at_sensitivity,
    streaming_true_negatives,
    streaming_true_positives,
)
from tf1.contrib.metrics.thresholds import (
    f1_score,
    precision_at_recall,
    recall_at_precision,
    streaming_curve_points,
    streaming_false_negative_rate_at_thresholds,
    streaming_false_negatives_at_thresholds,
    streaming_false_positive_rate_at_thresholds,
    streaming_false_positives_at_thresholds,
    streaming_true_negatives_at_thresholds,
    streaming_true_positives_at_thresholds,
)
from tf1.contrib.metrics.top_k import (
    sparse_recall_at_top_k,
    streaming_sparse_average_precision_at_k,
    streaming_sparse_average_precision_at_top_k,
    streaming_sparse_precision_at_k,
    streaming_sparse_precision_at_top_k,
    streaming_sparse_recall_at_k,
)

set_difference = tf.sets.difference
set_intersection = tf.sets.intersection
set_size = tf.sets.size
set_union = tf.sets.union

__all__ = [
    'set_difference',
    'set_intersection',
    'set_size',
    'set_union',
    'accuracy',
    'aggregate_metric_map',
    'aggregate_metrics',
    'auc_using_histogram',
    'auc_with_confidence_intervals',
    'cohen_kappa',
    'confusion_matrix',
    'count',
    'f1_score',
    'precision_at_recall',
    'precision_recall_at_equal_thresholds',
    'recall_at_precision',
    'sparse_recall_at_top_k',
    'streaming_accuracy',
    'streaming_auc',
    'streaming_concat',
    'streaming_covariance',
    'streaming_curve_points',
    'streaming_dynamic_auc',
    'streaming_false_negative_rate',
    'streaming_false_negative_rate_at_thresholds',
    'streaming_false_negatives',
    'streaming_false_negatives_at_thresholds',
    'streaming_false_positive_rate',
    'streaming_false_positive_rate_at_thresholds',
    'streaming_false_positives',
    'streaming_false_positives_at_thresholds',
    'streaming_mean',
    'streaming_mean_absolute_error',
    'streaming_mean_cosine_distance',
    'streaming_mean_iou',
    'streaming_mean_relative_error',
    'streaming_mean_squared_error',
    'streaming_mean_tensor',
    'streaming_pearson_correlation',
    'streaming_percentage_less',
    'streaming_precision',
    'streaming_precision_at_thresholds',
    'streaming_recall',
    'streaming_recall_at_k',
    'streaming_recall_at_thresholds',
    'streaming_root_mean_squared_error',
    'streaming_sensitivity_at_specificity',
    'streaming_sparse_average_precision_at_k',
    'streaming_sparse_average_precision_at_top_k',
    'streaming_sparse_precision_at_k',
    'streaming_sparse_precision_at_top_k',
    'streaming_sparse_recall_at_k',
    'streaming_specificity_at_sensitivity',
    'streaming_true_negatives',
    'streaming_true_negatives_at_thresholds',
    'streaming_true_positives',
    'streaming_true_positives_at_thresholds',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.metrics', name)
