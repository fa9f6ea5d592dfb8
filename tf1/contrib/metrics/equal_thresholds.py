"""Counts at many thresholds, in time that grows with predictions plus thresholds, not with their product."""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import counter

_DEFAULT_THRESHOLDS = 201
_EPSILON = 1e-7


class PrecisionRecallData(NamedTuple):
    """What is known at each threshold: tensors `[num_thresholds]` of the type of the predictions."""

    tp: tf.Tensor
    fp: tf.Tensor
    tn: tf.Tensor
    fn: tf.Tensor
    precision: tf.Tensor
    recall: tf.Tensor
    thresholds: tf.Tensor


def precision_recall_at_equal_thresholds(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    num_thresholds: int | None = None,
    use_locking: bool | None = None,
    name: str | None = None,
) -> tuple[PrecisionRecallData, tf.Operation]:
    """Returns the points of precision and recall over thresholds from 0 to 1, and the update.

    A prediction counts as positive if it is at least the threshold.

    Args:
      labels: bool, of any shape.
      predictions: from 0 to 1, of labels' shape.
      weights: broadcast to the predictions; None for ones.
      num_thresholds: 2 or more; None for 201.
      use_locking: whether updates lock the counts; None for True.
      name: None for 'precision_recall_at_equal_thresholds'.

    Raises:
      ValueError: `num_thresholds` is below 2, or the shapes differ.
    """
    count = _DEFAULT_THRESHOLDS if num_thresholds is None else num_thresholds
    if count < 2:
        raise ValueError(f'num_thresholds must be >= 2, got {count}.')
    predictions, labels = tf.convert_to_tensor(predictions), tf.cast(labels, tf.bool)
    tf.debugging.assert_type(labels, tf.bool)
    with tf.variable_scope(name, 'precision_recall_at_equal_thresholds', (labels, predictions, weights)):
        predictions.shape.assert_is_compatible_with(labels.shape)
        message = 'predictions must be from 0 to 1'
        checks = [
            tf.assert_greater_equal(predictions, tf.cast(0.0, predictions.dtype), message=message),
            tf.assert_less_equal(predictions, tf.cast(1.0, predictions.dtype), message=message),
        ]
        with tf.control_dependencies(checks):
            weights = tf.convert_to_tensor(1.0) if weights is None else tf.identity(weights)
        positive, weights = tf.cast(labels, tf.float64), tf.cast(weights, tf.float64)
        of_true, of_false = positive * weights, (1.0 - positive) * weights
        flat = [tf.reshape(each, [-1]) for each in (predictions, of_true, of_false)]
        buckets = tf.cast(tf.floor(flat[0] * (count - 1)), tf.int32)
        with tf.variable_scope('variables'):
            true, false = counter('tp_buckets', [count], tf.float64), counter('fp_buckets', [count], tf.float64)
        locking = use_locking is None or use_locking
        with tf.name_scope('update_op'):
            update_true = tf.scatter_add(true, buckets, flat[1], locking)
            update_false = tf.scatter_add(false, buckets, flat[2], locking)
        return _data(true, false, count, predictions.dtype), tf.group(update_true, update_false)


def _data(true: tf.Variable, false: tf.Variable, count: int, dtype: tf.DType) -> PrecisionRecallData:
    """Returns the data from what fell between two thresholds each."""
    tp, fp = tf.cumsum(true, reverse=True, name='tp'), tf.cumsum(false, reverse=True, name='fp')
    tn, fn = fp[0] - fp, tp[0] - tp
    least = tf.constant(_EPSILON, tf.float64)
    values = [tp, fp, tn, fn, tp / tf.maximum(least, tp + fp), tp / tf.maximum(least, tp + fn)]
    zero, one = dtype.as_numpy_dtype(0), dtype.as_numpy_dtype(1)
    return PrecisionRecallData(*(tf.cast(value, dtype) for value in values), tf.linspace(zero, one, count))
