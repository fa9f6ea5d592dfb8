"""What golden cases of `tf.contrib.metrics` do not show: error texts, growth over many batches, and what is absent."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics

import tf1 as tf


@pytest.fixture
def graph() -> tf.Graph:
    with tf.Graph().as_default() as graph:
        yield graph


def test_concat_keeps_every_batch_in_order(graph: tf.Graph) -> None:
    batch = tf.placeholder(tf.int32, [None])
    value, update = tf.contrib.metrics.streaming_concat(batch)
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        sizes = [session.run(update, {batch: range(n, n + n)}) for n in range(7)]
        assert sizes == [0, 1, 3, 6, 10, 15, 21]
        np.testing.assert_array_equal(session.run(value), [i for n in range(7) for i in range(n, n + n)])


def test_the_dynamic_area_over_batches_is_that_of_all_values(graph: tf.Graph) -> None:
    random = np.random.default_rng(1)
    labels, scores = random.integers(0, 2, [5, 20]), random.integers(0, 30, [5, 20]) / 30.0
    one, other = tf.placeholder(tf.int64, [20]), tf.placeholder(tf.float32, [20])
    value, update = tf.contrib.metrics.streaming_dynamic_auc(one, other)
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        for label, score in zip(labels, scores, strict=True):
            session.run(update, {one: label, other: score})
        assert session.run(value) == pytest.approx(sklearn_metrics.roc_auc_score(labels.ravel(), scores.ravel()))


def test_kappa_and_correlation_over_batches_are_those_of_all_values(graph: tf.Graph) -> None:
    random = np.random.default_rng(2)
    labels, predictions = random.integers(0, 3, [4, 15]), random.integers(0, 3, [4, 15])
    one, other = tf.placeholder(tf.int64, [15]), tf.placeholder(tf.int64, [15])
    metrics = [
        tf.contrib.metrics.cohen_kappa(one, other, 3),
        tf.contrib.metrics.streaming_pearson_correlation(other, one),
        tf.contrib.metrics.streaming_covariance(other, one),
    ]
    with tf.Session() as session:
        session.run(tf.local_variables_initializer())
        for label, prediction in zip(labels, predictions, strict=True):
            session.run([update for _, update in metrics], {one: label, other: prediction})
        kappa, correlation, covariance = session.run([value for value, _ in metrics])
    labels, predictions = labels.ravel(), predictions.ravel()
    assert kappa == pytest.approx(sklearn_metrics.cohen_kappa_score(labels, predictions))
    assert correlation == pytest.approx(np.corrcoef(labels, predictions)[0, 1], rel=1e-5)
    assert covariance == pytest.approx(np.cov(labels, predictions)[0, 1], rel=1e-5)


@pytest.mark.parametrize(
    ('call', 'text'),
    [
        (lambda m, x: m.accuracy(x, x), 'accuracy compares integers, bools and strings, got float32'),
        (lambda m, x: m.streaming_concat(x, axis=1), r'axis must be from -1 to 0 for values of shape \(1,\), got 1\.'),
        (lambda m, x: m.streaming_concat(tf.placeholder(tf.float32)), 'needs values of known rank'),
        (lambda m, x: m.streaming_concat(tf.placeholder(tf.float32, [None, None])), 'must have known sizes'),
        (lambda m, x: m.streaming_curve_points(x, x, curve='XY'), "curve must be 'ROC' or 'PR', got 'XY'"),
        (lambda m, x: m.streaming_dynamic_auc(x, x, 'XY'), "curve must be 'ROC' or 'PR', got 'XY'"),
        (lambda m, x: m.auc_with_confidence_intervals(x, x, alpha=1.0), r'alpha must be between 0 and 1, got 1\.0'),
        (lambda m, x: m.precision_at_recall(x, x, 1.5), r'target_recall must be from 0 to 1, got 1\.5'),
        (lambda m, x: m.precision_recall_at_equal_thresholds(x, x, num_thresholds=1), 'must be >= 2, got 1'),
        (lambda m, x: m.aggregate_metrics(), 'needs at least one pair of value and update, got none'),
    ],
)
def test_bad_arguments_are_named(graph: tf.Graph, call: object, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        call(tf.contrib.metrics, tf.constant([0.5]))


def test_a_metric_that_does_not_exist_says_so() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.metrics\.nonsense does not exist'):
        _ = tf.contrib.metrics.nonsense
