"""Heads of `tf.contrib.learn`: losses by hand, and labels and weights that do not fit."""

from __future__ import annotations

import pytest

import tf1 as tf
from tf1.contrib.learn import heads


def _ops(head: heads.Head, logits: list, labels: object, mode: str = 'eval', **features: list) -> object:
    features = {name: tf.constant(values) for name, values in features.items()}
    labels = labels if labels is None else tf.constant(labels)
    return head.create_model_fn_ops(features, mode, labels, lambda loss: tf.no_op(), tf.constant(logits))


def test_weights_divide_the_loss_when_it_evaluates_but_not_when_it_trains() -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        head = heads.RegressionHead(weight_column_name='w')
        losses = [_ops(head, [[1.0], [4.0]], [0.0, 0.0], mode, w=[1.0, 3.0]).loss for mode in ('train', 'eval')]
        assert session.run(losses) == [24.5, 12.25]


def test_classes_may_be_a_column_or_not() -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        head = heads.MultiClassHead(2, weight_column_name='w')
        both = [_ops(head, [[0.0, 0.0], [0.0, 0.0]], labels, w=[1.0, 5.0]).loss for labels in ([0, 1], [[0], [1]])]
        assert session.run(both) == pytest.approx([0.6931472, 0.6931472])


def test_a_model_that_predicts_needs_no_labels() -> None:
    with tf.Graph().as_default(), tf.Session() as session:
        ops = _ops(heads.BinaryHead(), [[0.0], [2.0]], None, 'infer')
        assert ops.loss is None
        assert session.run(ops.predictions['classes']).tolist() == [0, 1]


def test_what_is_missing_is_named() -> None:
    with tf.Graph().as_default():
        weighed = heads.RegressionHead(weight_column_name='v')
        with pytest.raises(
            ValueError, match=r"^weight_column_name must be a feature, got 'v'; the features are \['w'\]"
        ):
            _ops(weighed, [[1.0]], [0.0], w=[1.0])
        with pytest.raises(ValueError, match=r'^labels must be a tensor, got None\.$'):
            _ops(heads.RegressionHead(), [[1.0]], None)
        with pytest.raises(
            ValueError, match=r'^labels must have the shape \[batch\] or \[batch, labels\], got \(1, 1, 1'
        ):
            _ops(heads.RegressionHead(), [[1.0]], [[[0.0]]])
        with pytest.raises(ValueError, match=r'^labels must be integers in \[0, 3\), got float32\.$'):
            _ops(heads.MultiClassHead(3), [[1.0, 2.0, 3.0]], [0.0])
        with pytest.raises(ValueError, match=r"got 'test'\.$"):
            _ops(heads.RegressionHead(), [[1.0]], [0.0], 'test')


def test_labels_of_another_width_are_refused() -> None:
    with tf.Graph().as_default(), pytest.raises(ValueError, match=r'Shapes? .* (are|is) (in|not )compatible'):
        _ops(heads.RegressionHead(2), [[1.0, 2.0]], [0.0])


def test_class_names_must_fit_the_classes() -> None:
    assert heads.class_head(2, None, False, None).logits_dimension == 1
    assert heads.class_head(3, None, False, ['a', 'b', 'c']).logits_dimension == 3
    with pytest.raises(ValueError, match=r'^n_classes must be > 1, got 1\.$'):
        heads.class_head(1, None, False, None)
    with pytest.raises(
        ValueError, match=r"^label_keys must be None for two classes \(labels 0 and 1\), got \['a', 'b'\]"
    ):
        heads.class_head(2, None, False, ['a', 'b'])
    with pytest.raises(ValueError, match=r"^label_keys must have a name for each of 3 classes, got \['a'\]\.$"):
        heads.class_head(3, None, False, ['a'])
