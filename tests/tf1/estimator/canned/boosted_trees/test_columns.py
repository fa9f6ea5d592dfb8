from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from tf1.estimator.canned.boosted_trees.columns import Columns

fc = tf.feature_column


def _columns():
    """Of names 'age_bucketized', 'color_indicator', 'fare_bucketized', 'size': 1, 3, 1 and 2 features."""
    return Columns(
        [
            fc.numeric_column('size', shape=[2]),
            fc.indicator_column(fc.categorical_column_with_vocabulary_list('color', ['red', 'green', 'blue'])),
            fc.bucketized_column(fc.numeric_column('fare'), [5.0]),
            fc.bucketized_column(fc.numeric_column('age', normalizer_fn=lambda x: x / 10), [1.0, 2.0, 3.0]),
        ],
        numeric_buckets=11,
    )


def test_features_are_numbered_in_the_order_of_the_columns_names():
    columns = _columns()
    assert columns.names == ['age_bucketized', 'color', 'color', 'color', 'fare_bucketized', 'size', 'size']
    assert columns.numeric_count == 2
    # All bucketized columns have as many buckets as the largest.
    assert [tuple(group) for group in columns.groups] == [([0, 4], 4), ([1, 2, 3], 2), ([5, 6], 11)]


def test_values_become_buckets():
    columns = _columns()
    given = {
        'age': tf.constant([5.0, 10.0, 29.0, 99.0]),
        'fare': tf.constant([[4.0], [5.0], [6.0], [0.0]]),
        # A word twice, and one that is no color.
        'color': tf.constant([['red', 'red'], ['blue', 'red'], ['green', 'pink'], ['pink', 'pink']]),
        'size': tf.constant([[1.0, -1.0], [2.0, 0.0], [2.5, 0.5], [9.0, np.nan]]),
    }
    values = columns.values(given)
    buckets = columns.buckets(values, [tf.constant([1.0, 2.0, 3.0]), tf.constant([0.0])])
    early = columns.buckets(values, [tf.zeros([0]), tf.zeros([0])])
    with tf.Session() as session:
        session.run(tf.tables_initializer())
        found, before, numeric = session.run([buckets, early, columns.numeric(values)])
    assert found.tolist() == [
        [0, 1, 2, 3],
        [1, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 1, 0, 0],
        [0, 1, 1, 0],
        # The first boundary that is not below the value, or the last one.
        [0, 1, 2, 2],
        [0, 0, 0, 0],
    ]
    assert before[5:].tolist() == [[0] * 4] * 2
    assert numeric[0].tolist() == [1.0, 2.0, 2.5, 9.0]


def test_columns_that_trees_cannot_take_are_named():
    number = fc.numeric_column('x')
    words = fc.categorical_column_with_hash_bucket('word', 5)
    for wrong, text in (
        ([], 'at least one column'),
        ([number, fc.numeric_column('x')], r"differ in their names, got more than one of \['x'\]"),
        ([words], 'Wrap a categorical column in tf.feature_column.indicator_column'),
        ([fc.embedding_column(words, 2)], 'must be bucketized, numeric or indicator columns'),
        ([fc.bucketized_column(fc.numeric_column('x', shape=[2]), [0.0])], 'must have one value per example'),
    ):
        with pytest.raises(ValueError, match=text):
            Columns(wrong, 2)
    with pytest.raises(ValueError, match=r"Feature 'x' must be among those of input_fn, got \['y'\]"):
        Columns([number], 2).values({'y': tf.zeros([1, 1])})
