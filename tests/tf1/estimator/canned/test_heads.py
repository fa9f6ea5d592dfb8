"""Losses, predictions and metrics of heads, against values worked out by hand; batches that do not fit."""

from __future__ import annotations

import re

import numpy as np
import pytest

import tf1 as tf

LN2 = float(np.log(2))


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def run(value):
    with tf.Session() as session:
        session.run(tf.tables_initializer())
        return session.run(value)


def test_losses_are_weighed_and_reduced():
    features = {'w': tf.constant([1.0, 3.0])}
    labels, logits = tf.constant([[1], [0]]), tf.zeros([2, 1])
    # Both losses are ln 2; weights 1 and 3.
    losses = {
        reduction: tf.estimator.BinaryClassHead('w', loss_reduction=reduction).loss(labels, logits, features)
        for reduction in ('sum', 'sum_over_batch_size', tf.losses.Reduction.MEAN)
    }
    assert run(losses) == pytest.approx({'sum': 4 * LN2, 'sum_over_batch_size': 2 * LN2, 'weighted_mean': LN2})


def test_regularization_is_added_to_the_loss():
    loss = tf.estimator.RegressionHead().loss(
        tf.constant([[3.0]]), tf.constant([[1.0]]), regularization_losses=[tf.constant(0.5), tf.constant(0.25)]
    )
    assert run(loss) == 4.75


def test_a_logit_of_zero_is_class_zero_and_half_the_probability():
    head = tf.estimator.BinaryClassHead(label_vocabulary=['no', 'yes'])
    found = run(head.predictions(tf.constant([[0.0], [1.0]])))
    assert found['class_ids'].tolist() == [[0], [1]]
    assert found['classes'].tolist() == [[b'no'], [b'yes']]
    assert found['probabilities'][0].tolist() == [0.5, 0.5]
    assert found['logistic'][0].tolist() == [0.5]
    assert found['all_classes'].tolist() == [[b'no', b'yes']] * 2


def test_single_predictions_can_be_asked_for():
    head = tf.estimator.MultiClassHead(3)
    assert sorted(head.predictions(tf.zeros([1, 3]), ['class_ids', 'logits'])) == ['class_ids', 'logits']
    with pytest.raises(ValueError, match=r"keys must be among the predictions \['logits', .*\], got 'logistic'\."):
        head.predictions(tf.zeros([1, 3]), ['logistic'])


def test_metrics_add_up_over_batches():
    head = tf.estimator.BinaryClassHead()
    metrics = head.metrics()
    labels = tf.placeholder(tf.int64, [2, 1])
    head.update_metrics(metrics, {}, tf.constant([[2.0], [-2.0]]), labels)
    updates = [metric.updates for metric in metrics.values()]
    results = {key: metrics[key].result() for key in ('accuracy', 'accuracy_baseline', 'label/mean', 'recall')}
    with tf.Session() as session:
        session.run([v.initializer for metric in metrics.values() for v in metric.variables])
        session.run(updates, {labels: [[1], [0]]})
        session.run(updates, {labels: [[0], [0]]})
        # Classes 1 and 0 were predicted twice: three of four right; one label of four is 1, and it was found.
        assert session.run(results) == {'accuracy': 0.75, 'accuracy_baseline': 0.75, 'label/mean': 0.25, 'recall': 1.0}


def test_several_heads_divide_the_logits():
    head = tf.estimator.MultiHead(
        [tf.estimator.RegressionHead(2, name='a'), tf.estimator.RegressionHead(name='b')], head_weights=[1, 10]
    )
    labels = {'a': tf.constant([[0.0, 0.0]]), 'b': tf.constant([[0.0]])}
    # (1 + 9) / 2 for the first, 10 times 4 for the second.
    assert run(head.loss(labels, tf.constant([[1.0, 3.0, 2.0]]))) == 45.0
    assert run(head.loss(labels, {'a': tf.constant([[1.0, 3.0]]), 'b': tf.constant([[2.0]])})) == 45.0
    assert run(head.predictions(tf.constant([[1.0, 3.0, 2.0]])))['b', 'predictions'].tolist() == [[2.0]]


ONES = np.ones([2, 1], np.float32)


@pytest.mark.parametrize(
    ('head', 'labels', 'logits', 'message'),
    [
        (tf.estimator.RegressionHead(2), ONES, [[1.0, 2.0]] * 2, 'labels shape must be (2, 2), got (2, 1).'),
        (tf.estimator.RegressionHead(), ONES, [[1.0, 2.0]] * 2, 'logits shape must be [batch, ..., 1], got (2, 2).'),
        (tf.estimator.RegressionHead(), None, ONES, 'labels must be a Tensor to train and evaluate, got None.'),
        (tf.estimator.MultiClassHead(3), ONES, np.ones([2, 3]), 'labels dtype must be an integer, got float32.'),
        (
            tf.estimator.BinaryClassHead(label_vocabulary=['a', 'b']),
            ONES,
            ONES,
            'labels must be strings, as label_vocabulary is given; got dtype float32.',
        ),
        (
            tf.estimator.BinaryClassHead('w'),
            ONES,
            ONES,
            "features must be a dict that holds weight_column 'w', got {'v': ",
        ),
        (
            tf.estimator.BinaryClassHead('v'),
            ONES,
            ONES,
            "weight_column 'v' must have shape (2, 1), without its last axis, or that of the logits, (2, 1); got",
        ),
        (
            tf.estimator.BinaryClassHead(loss_fn=lambda labels, logits: tf.reduce_sum(logits)),
            ONES,
            ONES,
            'loss_fn must return unreduced losses of shape (2, 1), got ().',
        ),
        (
            tf.estimator.MultiHead([tf.estimator.BinaryClassHead(name='a')]),
            ONES,
            ONES,
            "labels must be a dict with the heads' names ['a'], got ",
        ),
    ],
)
def test_a_batch_that_does_not_fit_is_refused(head, labels, logits, message):
    labels = None if labels is None else tf.constant(labels)
    with pytest.raises(ValueError, match=re.escape(message)):
        head.loss(labels, tf.constant(logits, tf.float32), {'v': tf.ones([3, 1])})


@pytest.mark.parametrize('label', [-1, 3])
def test_a_label_out_of_range_ends_the_step(label):
    labels = tf.placeholder(tf.int64, [1, 1])
    loss = tf.estimator.MultiClassHead(3).loss(labels, tf.zeros([1, 3]))
    with tf.Session() as session, pytest.raises(tf.errors.InvalidArgumentError, match='Labels must be'):
        session.run(loss, {labels: [[label]]})


@pytest.mark.parametrize('make', [tf.estimator.RegressionHead, tf.contrib.estimator.regression_head])
@pytest.mark.parametrize('mode', ['train', 'another'])
def test_training_needs_one_of_optimizer_and_function(make, mode):
    with pytest.raises(ValueError, match='One of optimizer and train_op_fn must be set in TRAIN mode'):
        make().create_estimator_spec({}, mode, tf.zeros([1, 1]), tf.zeros([1, 1]))


def test_a_head_of_ones_own_serves_its_predictions():
    class Sum(tf.estimator.Head):
        name, logits_dimension, loss_reduction = 'sum', 2, 'sum'

        def loss(self, labels, logits, features=None, mode=None, regularization_losses=None):
            return tf.reduce_sum(labels - logits)

        def predictions(self, logits, keys=None):
            return {'sum': tf.reduce_sum(logits, 1)}

        def metrics(self, regularization_losses=None):
            return {}

        def update_metrics(self, eval_metrics, features, logits, labels, mode=None, regularization_losses=None):
            return eval_metrics

    logits = tf.constant([[1.0, 2.0]])
    served = Sum().create_estimator_spec({}, 'infer', logits)
    assert sorted(served.export_outputs) == ['predict', 'serving_default']
    assert run(served.predictions['sum']).tolist() == [3.0]
    spec = Sum().create_estimator_spec({}, 'train', logits, tf.zeros([1, 2]), train_op_fn=lambda loss: tf.no_op())
    assert run(spec.loss) == -3.0
    assert tf.get_collection(tf.GraphKeys.SUMMARIES)[0].op.name == 'loss/sum'
