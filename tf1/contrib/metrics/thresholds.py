"""Metrics over thresholds from 0 to 1: counts, rates, points of curves, and the best scores along them.

A prediction is positive if it is above the threshold. Predictions are `float32` of any shape, labels `bool` (or cast
to it) of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter, weighting
from tf1.contrib.metrics.streaming import Metric

_EPSILON = 1e-7
_CURVE_EPSILON = 1e-6
_ALL = ('tp', 'fn', 'tn', 'fp')
_NAMES = {
    'tp': 'true_positives',
    'fn': 'false_negatives',
    'tn': 'true_negatives',
    'fp': 'false_positives',
}
Counts = dict[str, Any]


def streaming_true_positives_at_thresholds(
    predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any = None
) -> Metric:
    """The weighted count of true positives at each threshold."""
    return _single(predictions, labels, thresholds, weights, 'tp')


def streaming_false_negatives_at_thresholds(
    predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any = None
) -> Metric:
    """The weighted count of false negatives at each threshold."""
    return _single(predictions, labels, thresholds, weights, 'fn')


def streaming_false_positives_at_thresholds(
    predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any = None
) -> Metric:
    """The weighted count of false positives at each threshold."""
    return _single(predictions, labels, thresholds, weights, 'fp')


def streaming_true_negatives_at_thresholds(
    predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any = None
) -> Metric:
    """The weighted count of true negatives at each threshold."""
    return _single(predictions, labels, thresholds, weights, 'tn')


def streaming_false_positive_rate_at_thresholds(
    predictions: Any,
    labels: Any,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of negative labels above each threshold."""
    with tf.variable_scope(name, 'false_positive_rate_at_thresholds', (predictions, labels, weights)):
        values, updates = _count(predictions, labels, thresholds, weights, ('tn', 'fp'))
        rates = [
            tf.divide(of['fp'], _EPSILON + of['fp'] + of['tn'], name=f'fpr_{part}')
            for of, part in ((values, 'value'), (updates, 'update_op'))
        ]
        return collect(*rates, metrics_collections, updates_collections)


def streaming_false_negative_rate_at_thresholds(
    predictions: Any,
    labels: Any,
    thresholds: Sequence[float],
    weights: Any = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The share of positive labels that are not above each threshold."""
    with tf.variable_scope(name, 'false_negative_rate_at_thresholds', (predictions, labels, weights)):
        values, updates = _count(predictions, labels, thresholds, weights, ('tp', 'fn'))
        rates = [
            tf.divide(of['fn'], _EPSILON + of['fn'] + of['tp'], name=f'fnr_{part}')
            for of, part in ((values, 'value'), (updates, 'update_op'))
        ]
        return collect(*rates, metrics_collections, updates_collections)


def streaming_curve_points(
    labels: Any = None,
    predictions: Any = None,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    curve: str = 'ROC',
    name: str | None = None,
) -> Metric:
    """The points of a curve, `[num_thresholds, 2] float32`.

    For 'ROC' the false and the true positive rate, for 'PR' recall and precision; the update returns nothing.

    Raises:
      ValueError: there is no such curve.
    """
    if curve not in ('ROC', 'PR'):
        raise ValueError(f"curve must be 'ROC' or 'PR', got {curve!r}.")
    with tf.variable_scope(name, 'curve_points', (labels, predictions, weights)):
        values, updates = _count(predictions, labels, _even(num_thresholds), weights, _ALL)
        recall = _curve_share(values['tp'], values['fn'])
        if curve == 'ROC':
            x, y = _div(values['fp'], values['fp'] + values['tn'] + _CURVE_EPSILON), recall
        else:
            x, y = recall, _curve_share(values['tp'], values['fp'])
        points = tf.stack([x, y], axis=1)
        return collect(points, tf.group(*updates.values()), metrics_collections, updates_collections)


def f1_score(
    labels: Any,
    predictions: Any,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The best F1 score over all thresholds."""

    def best(of: Counts, name: str) -> tf.Tensor:
        suffix = name.partition('_')[0]
        precision = tf.divide(of['tp'], _EPSILON + of['tp'] + of['fp'], name=f'precision_{suffix}')
        recall = tf.divide(of['tp'], _EPSILON + of['tp'] + of['fn'], name=f'recall_{suffix}')
        return tf.reduce_max(2.0 * precision * recall / (precision + recall + _EPSILON))

    with tf.variable_scope(name, 'f1', (labels, predictions, weights)):
        predictions = tf.convert_to_tensor(predictions)
        message = 'predictions must be from 0 to 1'
        checks = [
            tf.assert_greater_equal(predictions, tf.cast(0.0, predictions.dtype), message=message),
            tf.assert_less_equal(predictions, tf.cast(1.0, predictions.dtype), message=message),
        ]
        with tf.control_dependencies(checks):
            predictions = tf.cast(predictions, tf.float32)
        values, updates = _count(predictions, labels, _even(num_thresholds), weights, ('tp', 'fn', 'fp'))
        value, update = best(values, 'value'), best(updates, 'update_op')
        return collect(value, update, metrics_collections, updates_collections)


def precision_at_recall(
    labels: Any,
    predictions: Any,
    target_recall: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The best precision at the lowest recall that reaches `target_recall`.

    Raises:
      ValueError: `target_recall` is not from 0 to 1.
    """
    _check_share('target_recall', target_recall)

    def at_target(of: Counts, name: str) -> tf.Tensor:
        # Past the last threshold that reaches the target, recall only falls.
        reached = tf.cast(_share(of['tp'], of['fn']) >= target_recall, tf.int64)
        last = tf.reduce_sum(reached) - 1
        return tf.divide(of['tp'][last] + _EPSILON, of['tp'][last] + of['fp'][last] + _EPSILON, name=name)

    return _along(
        at_target,
        'precision_at_recall',
        labels,
        predictions,
        weights,
        num_thresholds,
        metrics_collections,
        updates_collections,
        name,
    )


def recall_at_precision(
    labels: Any,
    predictions: Any,
    precision: float,
    weights: Any = None,
    num_thresholds: int = 200,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
    strict_mode: bool = False,
) -> Metric:
    """The recall where precision is nearest to the one given.

    Args:
      labels: of predictions' shape.
      predictions: from 0 to 1.
      precision: from 0 to 1.
      weights: of labels' shape; None for ones.
      num_thresholds: how many thresholds to look at.
      metrics_collections: collections for the value.
      updates_collections: collections for the update.
      name: None for 'recall_at_precision'.
      strict_mode: only thresholds that reach the precision count; 0 if there is none.

    Raises:
      ValueError: `precision` is not from 0 to 1.
    """
    _check_share('precision', precision)

    def at_target(of: Counts, name: str) -> tf.Tensor:
        def recall_at(index: tf.Tensor) -> tf.Tensor:
            return tf.divide(of['tp'][index], of['tp'][index] + of['fn'][index] + _EPSILON, name=name)

        reached = _share(of['tp'], of['fp'])
        if not strict_mode:
            return recall_at(tf.argmin(tf.abs(reached - precision), 0, output_type=tf.int32))
        nearest = tf.argmax(_div(1.0, reached - precision + _EPSILON), 0, output_type=tf.int32)
        return tf.cond(reached[nearest] >= precision, lambda: recall_at(nearest), lambda: 0.0)

    return _along(
        at_target,
        'recall_at_precision',
        labels,
        predictions,
        weights,
        num_thresholds,
        metrics_collections,
        updates_collections,
        name,
    )


def _single(predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any, part: str) -> Metric:
    values, updates = _count(predictions, labels, thresholds, weights, (part,))
    return values[part], updates[part]


def _along(
    score: Callable[[Counts, str], tf.Tensor],
    default_name: str,
    labels: Any,
    predictions: Any,
    weights: Any,
    num_thresholds: int,
    metrics_collections: Collections,
    updates_collections: Collections,
    name: str | None,
) -> Metric:
    """Returns the metric that `score` computes from counts at evenly spaced thresholds."""
    with tf.variable_scope(name, default_name, (labels, predictions, weights)):
        values, updates = _count(predictions, labels, _even(num_thresholds), weights, _ALL)
        value, update = score(values, 'value'), score(updates, 'update_op')
        return collect(value, update, metrics_collections, updates_collections)


def _count(
    predictions: Any, labels: Any, thresholds: Sequence[float], weights: Any, parts: Sequence[str]
) -> tuple[Counts, Counts]:
    """Returns variables `[thresholds] float32` and their updates, both by part.

    Raises:
      ValueError: the shapes differ.
    """
    predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.bool)
    predictions.shape.assert_is_compatible_with(labels.shape)
    every = len(thresholds)
    predictions_2d = tf.reshape(predictions, [-1, 1])
    labels_2d = tf.reshape(labels, [1, -1])
    values = predictions.shape.num_elements()
    values = tf.shape(predictions_2d)[0] if values is None else values
    bounds = tf.tile(tf.expand_dims(tf.constant(thresholds, tf.float32), [1]), tf.stack([1, values]))
    above = tf.greater(tf.tile(tf.transpose(predictions_2d), [every, 1]), bounds)
    below = tf.logical_not(above) if {'fn', 'tn'} & set(parts) else None
    positive = tf.tile(labels_2d, [every, 1])
    negative = tf.logical_not(positive) if {'fp', 'tn'} & set(parts) else None
    if weights is not None:
        weights = tf.tile(tf.reshape(weighting(weights, predictions), [1, -1]), [every, 1])
    masks = {'tp': (positive, above), 'fn': (positive, below), 'tn': (negative, below), 'fp': (negative, above)}
    variables, updates = {}, {}
    for part in (part for part in _ALL if part in parts):
        variables[part] = counter(_NAMES[part], [every])
        counted = tf.cast(tf.logical_and(*masks[part]), tf.float32)
        counted = counted if weights is None else counted * weights
        updates[part] = tf.assign_add(variables[part], tf.reduce_sum(counted, 1))
    return variables, updates


def _even(num_thresholds: int) -> list[float]:
    """Returns thresholds from just below 0 to just above 1."""
    inner = [(i + 1) / (num_thresholds - 1) for i in range(num_thresholds - 2)]
    return [-_EPSILON, *inner, 1.0 + _EPSILON]


def _div(x: Any, y: Any) -> tf.Tensor:
    return tf.divide(x, y, name='div')


def _share(part: Any, rest: Any) -> tf.Tensor:
    return _div(part, part + rest + _EPSILON)


def _curve_share(part: Any, rest: Any) -> tf.Tensor:
    return _div(part + _CURVE_EPSILON, part + rest + _CURVE_EPSILON)


def _check_share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f'{name} must be from 0 to 1, got {value}.')
