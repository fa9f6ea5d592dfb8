from __future__ import annotations

import re

import pytest

import tf1 as tf

X = tf.feature_column.numeric_column('x')


def test_a_parsed_example_holds_columns_label_and_weight():
    spec = tf.estimator.regressor_parse_example_spec([X], 'y', weight_column='w')
    example = tf.train.Example()
    for name, value in (('x', 1.0), ('y', 2.0), ('w', 3.0)):
        example.features.feature[name].float_list.value.append(value)
    with tf.Graph().as_default(), tf.Session() as session:
        parsed = session.run(tf.parse_example([example.SerializeToString()], spec))
    assert {key: value.tolist() for key, value in parsed.items()} == {'x': [[1.0]], 'y': [[2.0]], 'w': [[3.0]]}


@pytest.mark.parametrize(
    ('label', 'weight', 'message'),
    [
        ('x', None, "label_key must not be a feature of feature_columns, got 'x'"),
        ('y', 'x', "weight_column must not be the label or a feature of feature_columns, got 'x'."),
        ('y', 'y', "weight_column must not be the label or a feature of feature_columns, got 'y'."),
    ],
)
def test_names_may_not_meet(label, weight, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        tf.estimator.classifier_parse_example_spec([X], label, weight_column=weight)
