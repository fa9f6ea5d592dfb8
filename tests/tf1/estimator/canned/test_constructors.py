"""Ready-made models and heads refuse what they cannot use when they are made."""

from __future__ import annotations

import re

import pytest

import tf1 as tf

X = tf.feature_column.numeric_column('x')
made = tf.estimator


@pytest.mark.parametrize(
    ('make', 'message'),
    [
        (lambda: made.DNNClassifier([2], [X], n_classes=1), 'n_classes must be >= 2, got 1.'),
        (lambda: made.MultiClassHead(2), 'n_classes must be >= 3, got 2. Use BinaryClassHead for two classes.'),
        (lambda: made.MultiLabelHead(1), 'n_classes must be > 1, got 1. Use BinaryClassHead for one class.'),
        (lambda: made.RegressionHead(0), 'label_dimension must be >= 1, got 0.'),
        (lambda: made.BinaryClassHead(thresholds=[0.5, 1.0]), 'thresholds must be > 0 and < 1, got 1.0.'),
        (
            lambda: made.LinearClassifier([X], n_classes=3, label_vocabulary=['a']),
            'label_vocabulary must have 3 entries, one for each class; got 1.',
        ),
        (
            lambda: made.BinaryClassHead(label_vocabulary='ab'),
            "label_vocabulary must be a list or tuple of strings, got 'ab'.",
        ),
        (lambda: made.DNNRegressor([2], [X], loss_reduction='none'), "loss_reduction must be one of ['sum', 'sum_over"),
        (
            lambda: made.MultiLabelHead(2, classes_for_class_based_metrics=[2]),
            'classes_for_class_based_metrics must be >= 0 and < 2, got 2.',
        ),
        (
            lambda: made.MultiLabelHead(2, label_vocabulary=['a', 'b'], classes_for_class_based_metrics=['c']),
            "classes_for_class_based_metrics must be in label_vocabulary ['a', 'b'], got 'c'.",
        ),
        (
            lambda: made.BinaryClassHead(loss_fn=lambda labels, scores: scores),
            "loss_fn must take labels and logits, and at most features and loss_reduction beside; got ['labels', 'scor",
        ),
        (lambda: made.MultiHead([]), 'heads must hold at least one head, got [].'),
        (lambda: made.MultiHead([made.BinaryClassHead()]), 'heads must each have a name of its own, got [None].'),
        (
            lambda: made.MultiHead([made.BinaryClassHead(name='a')], [1, 2]),
            'head_weights must be as many as heads, 1; got 2.',
        ),
        (
            lambda: made.DNNLinearCombinedClassifier(),
            'linear_feature_columns or dnn_feature_columns must be given, got neither.',
        ),
        (
            lambda: made.DNNLinearCombinedRegressor(dnn_feature_columns=[X]),
            'dnn_hidden_units must be given with dnn_feature_columns, got None.',
        ),
        (
            lambda: made.experimental.dnn_logit_fn_builder('2', [2], [X], None, None, None, False),
            "units must be an integer >= 1, got '2'.",
        ),
    ],
)
def test_what_is_out_of_range_is_named(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_a_weight_column_is_a_name_or_a_column():
    with pytest.raises(TypeError, match=r'weight_column must be a name or tf\.feature_column\.numeric_column, got 3\.'):
        made.BaselineRegressor(weight_column=3)
