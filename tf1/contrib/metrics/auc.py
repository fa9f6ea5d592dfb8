"""Areas under curves whose thresholds are the predictions themselves, and from histograms."""

from __future__ import annotations

import statistics
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.concat import streaming_concat
from tf1.contrib.metrics.state import Collections, collect, safe_ratio, weighting
from tf1.contrib.metrics.streaming import Metric


class AucData(NamedTuple):
    """The area, and the ends of its confidence interval: scalars, float32."""

    auc: tf.Tensor
    lower: tf.Tensor
    upper: tf.Tensor


def streaming_dynamic_auc(
    labels: Any,
    predictions: Any,
    curve: str = 'ROC',
    metrics_collections: Collections = (),
    updates_collections: Collections = (),
    name: str | None = None,
    weights: Any = None,
) -> Metric:
    """The area under a curve with every prediction as a threshold; all predictions are kept in memory.

    Args:
      labels: 0 or 1, of any shape.
      predictions: of labels' shape.
      curve: 'ROC' or 'PR'.
      metrics_collections: collections for the value.
      updates_collections: collections for the update.
      name: None for 'dynamic_auc'.
      weights: of labels' shape; None for ones.

    Raises:
      ValueError: there is no such curve, or the shapes differ.
    """
    if curve not in ('ROC', 'PR'):
        raise ValueError(f"curve must be 'ROC' or 'PR', got {curve!r}.")
    with tf.variable_scope(name, 'dynamic_auc'):
        parts, updates = _keep(labels, predictions, weights, tf.float64)
        value = _area(*parts, curve)
        return collect(value, tf.group(*updates), metrics_collections, updates_collections)


def auc_with_confidence_intervals(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    alpha: float = 0.95,
    logit_transformation: bool = True,
    metrics_collections: Collections = (),
    updates_collections: Collections = (),
    name: str | None = None,
) -> tuple[AucData, tf.Tensor]:
    """The area under the ROC curve with a normal confidence interval from DeLong's placement values.

    Args:
      labels: 0 or 1, of any shape.
      predictions: of labels' shape; all are kept in memory.
      weights: of labels' shape, taken as counts; None for ones.
      alpha: probability of the interval, between 0 and 1.
      logit_transformation: whether the interval is built for the area's logit, which keeps it between 0 and 1.
      metrics_collections: collections for the value.
      updates_collections: collections for the update.
      name: None for 'auc_with_confidence_intervals'.

    Returns:
      The data, all 0 as long as one of the classes was not seen, and the update, a bool.

    Raises:
      ValueError: `alpha` is not between 0 and 1, or the shapes differ.
    """
    if not 0 < alpha < 1:
        raise ValueError(f'alpha must be between 0 and 1, got {alpha}.')
    with tf.variable_scope(name, 'auc_with_confidence_intervals'):
        weights = weighting(weights, tf.convert_to_tensor(labels))
        (labels, predictions, weights), updates = _keep(labels, predictions, weights, tf.float32)
        data = _interval(labels, predictions, tf.cast(weights, tf.float64), alpha, logit_transformation)
        with tf.control_dependencies(updates):
            update = tf.identity(True)
        return collect(data, update, metrics_collections, updates_collections)


def auc_using_histogram(
    boolean_labels: Any,
    scores: Any,
    score_range: Any,
    nbins: int = 100,
    collections: Collections = None,
    check_shape: bool = True,
    name: str | None = None,
) -> Metric:
    """The area under the ROC curve from two histograms of scores.

    Args:
      boolean_labels: `[batch] bool`.
      scores: `[batch]`, any number.
      score_range: `[2]`, the lowest and the highest score; what is outside counts in the first or last bin.
      nbins: how many bins.
      collections: of the histograms; None for the local variables.
      check_shape: whether a run checks that labels and scores have one shape.
      name: None for 'auc_using_histogram'.
    """
    collections = [tf.GraphKeys.LOCAL_VARIABLES] if collections is None else list(collections)
    with tf.variable_scope(name, 'auc_using_histogram', [boolean_labels, scores, score_range]):
        labels, scores = tf.cast(boolean_labels, tf.bool), tf.convert_to_tensor(scores)
        score_range = tf.convert_to_tensor(score_range, scores.dtype)
        checks = [tf.assert_equal(tf.shape(labels), tf.shape(scores))] if check_shape else []
        with tf.control_dependencies(checks), tf.variable_scope('hist_accumulate'):
            totals, updates = [], []
            for part, mask in (('true', labels), ('false', ~labels)):
                total = tf.get_variable(
                    f'hist_{part}_acc',
                    [nbins],
                    tf.int64,
                    tf.zeros_initializer(),
                    trainable=False,
                    collections=collections,
                )
                seen = tf.histogram_fixed_width(tf.boolean_mask(scores, mask), score_range, nbins, tf.int64)
                totals.append(tf.cast(total, tf.float32))
                updates.append(tf.assign_add(total, seen))
        return _histogram_area(*totals), tf.group(*updates)


def _keep(labels: Any, predictions: Any, weights: Any, weights_dtype: tf.DType) -> tuple[list[Any], list[Any]]:
    """Returns all labels, predictions and weights (None if they are) so far, flat, and the updates."""
    labels, predictions = tf.cast(labels, tf.int64), tf.cast(predictions, tf.float64)
    predictions.shape.assert_is_compatible_with(labels.shape)
    checks = [
        tf.assert_greater_equal(labels, tf.zeros([], tf.int64), message='labels must be 0 or 1.'),
        tf.assert_less_equal(labels, tf.ones([], tf.int64), message='labels must be 0 or 1.'),
    ]
    with tf.control_dependencies(checks):
        predictions, labels = tf.reshape(predictions, [-1]), tf.reshape(labels, [-1])
    kept_predictions, update = streaming_concat(predictions, name='concat_preds')
    kept_labels, labels_update = streaming_concat(labels, name='concat_labels')
    updates = [update, labels_update]
    if weights is None:
        return [kept_labels, kept_predictions, None], updates
    flat = tf.reshape(tf.cast(weights, weights_dtype), [-1])
    kept_weights, weights_update = streaming_concat(flat, name='concat_weights')
    return [kept_labels, kept_predictions, kept_weights], [*updates, weights_update]


def _area(labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor | None, curve: str) -> tf.Tensor:
    """Returns the area by trapezoids, float64; 0 while one of the classes was not seen."""
    weights = weighting(weights, predictions, tf.float64)
    levels, at = tf.unique(tf.sort(predictions, direction='DESCENDING'))
    order = tf.argsort(predictions, direction='DESCENDING', stable=True)
    positive, weights = tf.cast(tf.gather(labels, order), tf.float64), tf.gather(weights, order)
    number = tf.size(levels)
    tp = tf.cumsum(tf.math.unsorted_segment_sum(positive * weights, at, number))
    fp = tf.cumsum(tf.math.unsorted_segment_sum((1.0 - positive) * weights, at, number))
    tp, fp = (tf.concat([tf.zeros([1], tf.float64), counts], 0) for counts in (tp, fp))
    recall = safe_ratio(tp, tf.fill(tf.shape(tp), tp[-1]))
    if curve == 'ROC':
        x, y = safe_ratio(fp, tf.fill(tf.shape(fp), fp[-1])), recall
    else:
        x, y = recall, tf.concat([tf.ones([1], tf.float64), safe_ratio(tp, tp + fp)[1:]], 0)
    area = tf.reduce_sum((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2.0)
    return tf.where((tp[-1] > 0) & (fp[-1] > 0), area, tf.zeros_like(area))


def _interval(
    labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor, alpha: float, logit_transformation: bool
) -> AucData:
    positive = tf.cast(labels, tf.float64) * weights
    negative = weights - positive
    above = tf.cast(predictions[:, tf.newaxis] > predictions, tf.float64)
    above += 0.5 * tf.cast(tf.equal(predictions[:, tf.newaxis], predictions), tf.float64)
    positives, negatives = tf.reduce_sum(positive), tf.reduce_sum(negative)
    # For a positive the share of negatives below it, for a negative the share of positives above it.
    of_positives = safe_ratio(tf.linalg.matvec(above, negative), negatives + tf.zeros_like(positive))
    of_negatives = safe_ratio(tf.linalg.matvec(above, positive, transpose_a=True), positives + tf.zeros_like(positive))
    auc = safe_ratio(tf.reduce_sum(of_positives * positive), positives)
    variance = _variance_of_mean(of_positives, positive, auc) + _variance_of_mean(of_negatives, negative, auc)
    half = statistics.NormalDist().inv_cdf((1 + alpha) / 2) * tf.sqrt(variance)
    if logit_transformation:
        inside = tf.clip_by_value(auc, 1e-15, 1 - 1e-15)
        logit = tf.math.log(inside / (1 - inside))
        width = half / (inside * (1 - inside))
        lower, upper = tf.sigmoid(logit - width), tf.sigmoid(logit + width)
    else:
        lower, upper = auc - half, auc + half
    both = (positives > 0) & (negatives > 0)
    return AucData(*(tf.cast(tf.where(both, part, tf.zeros_like(part)), tf.float32) for part in (auc, lower, upper)))


def _variance_of_mean(values: tf.Tensor, weights: tf.Tensor, mean: tf.Tensor) -> tf.Tensor:
    total = tf.reduce_sum(weights)
    return safe_ratio(safe_ratio(tf.reduce_sum(weights * tf.square(values - mean)), total - 1), total)


def _histogram_area(true: tf.Tensor, false: tf.Tensor) -> tf.Tensor:
    """Returns the area by trapezoids: within a bin, half the pairs are in order."""
    share_true, share_false = (safe_ratio(part, tf.reduce_sum(part) + tf.zeros_like(part)) for part in (true, false))
    above = tf.cumsum(share_true, reverse=True, exclusive=True)
    return tf.reduce_sum(share_false * (above + 0.5 * share_true))
