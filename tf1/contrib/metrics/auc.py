"""Areas under curves whose thresholds are the predictions themselves, and from histograms."""

from __future__ import annotations

import statistics
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.concat import checked_concat
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
        flat, checks = _flat(labels, predictions)
        if weights is not None:
            flat.append(tf.reshape(tf.cast(weights, tf.float64), [-1]))
        kept, updates = _keep(flat, checks)
        update = tf.group(*updates)
        return collect(_area(*kept, curve=curve), update, metrics_collections, updates_collections)


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
        flat, checks = _flat(labels, predictions)
        (labels, predictions, weights), updates = _keep([*flat, tf.reshape(weights, [-1])], checks)
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
      check_shape: whether the graph gets operations that check that labels and scores are vectors.
      name: None for 'auc_using_histogram'.
    """
    collections = [tf.GraphKeys.LOCAL_VARIABLES] if collections is None else list(collections)
    with tf.variable_scope(name, 'auc_using_histogram', [boolean_labels, scores, score_range]):
        labels, scores = tf.cast(boolean_labels, tf.bool), tf.convert_to_tensor(scores)
        score_range = tf.convert_to_tensor(score_range, scores.dtype, name='score_range')
        if check_shape:
            with tf.name_scope('_check_labels_and_scores'):
                for each in (labels, scores):
                    message = f'{each.op.name} must be a vector, got one of shape'
                    check = tf.debugging.Assert(tf.equal(1, tf.rank(each)), [message, each.name, tf.shape(each)])
                    # As in TF 1.15, nothing waits for it.
                    check.mark_used()
        parts = ('true', 'false')
        with tf.name_scope('make_auc_histograms'):
            counts = [
                tf.histogram_fixed_width(
                    tf.boolean_mask(scores, labels if part == 'true' else ~labels),
                    score_range,
                    nbins,
                    tf.int64,
                    name=f'hist_{part}',
                )
                for part in parts
            ]
        with tf.variable_scope('hist_accumulate'):
            totals = [
                tf.get_variable(
                    f'hist_{part}_acc',
                    [nbins],
                    tf.int64,
                    tf.zeros_initializer(),
                    trainable=False,
                    collections=collections,
                )
                for part in parts
            ]
            update = tf.group(*map(tf.assign_add, totals, counts), name='update_op')
        return _histogram_area(*totals, nbins), update


def _flat(labels: Any, predictions: Any) -> tuple[list[tf.Tensor], list[tf.Operation]]:
    """Returns labels int64 and predictions float64, both flat, and checks that labels are 0 or 1."""
    predictions, labels = tf.cast(predictions, tf.float64), tf.convert_to_tensor(labels)
    predictions.shape.assert_is_compatible_with(labels.shape)
    predictions = tf.reshape(predictions, [-1])
    labels = tf.reshape(tf.cast(labels, tf.int64), [-1])
    message = 'labels must be 0 or 1.'
    checks = [
        tf.assert_greater_equal(labels, tf.zeros_like(labels), message=message),
        tf.assert_less_equal(labels, tf.ones_like(labels), message=message),
    ]
    return [labels, predictions], checks


def _keep(flat: list[tf.Tensor], checks: list[tf.Operation]) -> tuple[list[tf.Tensor], list[tf.Operation]]:
    """Returns all labels, predictions and, if there are some, weights so far, and the updates.

    Only updates wait for the checks: who asks for the value alone has no batch to check.
    """
    labels, predictions, *weights = flat
    kept_predictions, predictions_update = checked_concat(predictions, name='concat_preds', checks=checks)
    kept_labels, labels_update = checked_concat(labels, name='concat_labels', checks=checks)
    kept, updates = [kept_labels, kept_predictions], [labels_update, predictions_update]
    for each in weights:
        value, update = checked_concat(each, name='concat_weights', checks=checks)
        kept.append(value)
        updates.append(update)
    return kept, updates


def _area(labels: tf.Tensor, predictions: tf.Tensor, weights: tf.Tensor | None = None, curve: str = 'ROC') -> tf.Tensor:
    """Returns the area by trapezoids, float64; 0 while one of the classes was not seen."""
    number = tf.size(predictions)
    weights = tf.ones_like(labels, tf.float64) if weights is None else weights
    total = tf.reduce_sum(weights)
    positives = tf.reduce_sum(tf.where(labels > 0, weights, tf.zeros_like(labels, tf.float64)))

    def area() -> tf.Tensor:
        ordered, order = tf.nn.top_k(predictions, number)
        sorted_labels, sorted_weights = tf.gather(labels, order), tf.gather(weights, order)
        # Predictions of one value are one threshold: only its last one counts.
        _, _, counts = tf.unique_with_counts(ordered)
        ends = tf.pad(tf.cumsum(counts), [[1, 0]])

        def at_thresholds(values: tf.Tensor) -> tf.Tensor:
            return tf.gather(tf.pad(tf.cumsum(values), [[1, 0]]), ends)

        def of(chosen: tf.Tensor) -> tf.Tensor:
            return at_thresholds(tf.where(chosen, sorted_weights, tf.zeros_like(sorted_labels, tf.float64)))

        true = of(sorted_labels > 0)
        if curve == 'ROC':
            false = of(sorted_labels < 1)
            x, y = false / (total - positives), true / positives
        else:
            x, all_of_them = true / positives, at_thresholds(sorted_weights)
            y = tf.where(ends > 0, true / all_of_them, tf.ones_like(true))
        heights = tf.add(y[1:], y[:-1]) / 2.0
        return tf.reduce_sum(tf.multiply(heights, tf.abs(tf.subtract(x[1:], x[:-1]))))

    one_class = tf.logical_or(tf.equal(positives, 0.0), tf.equal(positives, total))
    return tf.cond(one_class, lambda: tf.constant(0, tf.float64), area)


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


def _histogram_area(true: tf.Variable, false: tf.Variable, nbins: int) -> tf.Tensor:
    """Returns the area by trapezoids: within a bin, half the pairs are in order; NaN as long as a class is missing."""
    shares = [tf.truediv(part, tf.reduce_sum(part)) for part in (true, false)]
    # From the highest scores on.
    steps = [tf.reverse(share, [0], name=name) for share, name in zip(shares, ('delta_y_t', 'delta_x_t'), strict=True)]
    step_y, step_x = (tf.cast(step, tf.float32) for step in steps)
    y = _cumulative(step_y, nbins)
    first = step_x[0] * y[0] / 2.0
    rest = step_x[1:] * (y[1:] + y[: nbins - 1]) / 2.0
    return tf.add(first, tf.reduce_sum(rest), name='auc')


def _cumulative(values: tf.Tensor, size: int) -> tf.Tensor:
    """Returns the sums of the first values, by a convolution with ones."""
    with tf.name_scope('strict_1d_cumsum'):
        padded = tf.pad(values, [[size - 1, 0]])
        ones = tf.ones_like(padded)
        with tf.name_scope('strict_conv1d'):
            image, kernel = tf.reshape(padded, [1, -1, 1, 1]), tf.reshape(ones, [-1, 1, 1, 1])
            sums = tf.reshape(tf.nn.conv2d(image, kernel, [1, 1, 1, 1], 'SAME'), [-1])
        return sums[:size]
