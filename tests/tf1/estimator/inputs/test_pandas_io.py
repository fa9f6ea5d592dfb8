"""Values, order and types of errors were seen on TF 1.15.5 with pandas 1.3.5."""

from __future__ import annotations

import re

import numpy as np
import pytest

import tf1 as tf

pandas_input_fn = tf.estimator.inputs.pandas_input_fn

pd = pytest.importorskip('pandas', reason='pandas is not needed to use the rest')

INDEX = [10, 11, 12]


@pytest.fixture
def x():
    return pd.DataFrame({'b': [1, 2, 3], 'a': [0.5, 1.5, 2.5], 's': ['x', 'y', 'z']}, index=INDEX)


@pytest.fixture
def y():
    return pd.Series([7, 8, 9], index=INDEX)


def read(input_fn, most=100):
    batches = []
    with tf.Graph().as_default(), tf.Session() as session:
        batch = input_fn()
        try:
            while len(batches) < most:
                batches.append(session.run(batch))
        except tf.errors.OutOfRangeError:
            pass
    return batches


def plain(batches):
    return [{name: column.tolist() for name, column in batch.items()} for batch in batches]


class TestBatches:
    def test_features_alone_are_a_dict_of_columns_in_their_order(self, x):
        batches = read(pandas_input_fn(x, batch_size=2, shuffle=False))
        assert plain(batches) == [
            {'b': [1, 2], 'a': [0.5, 1.5], 's': [b'x', b'y']},
            {'b': [3], 'a': [2.5], 's': [b'z']},
        ]
        assert [list(batch) for batch in batches] == [['b', 'a', 's']] * 2

    def test_a_series_gives_one_tensor_of_labels(self, x, y):
        (first, labels), (_, last_labels) = read(pandas_input_fn(x, y, batch_size=2, shuffle=False))
        assert list(first) == ['b', 'a', 's']
        assert [labels.tolist(), last_labels.tolist()] == [[7, 8], [9]]

    def test_a_frame_gives_a_dict_of_labels_which_may_share_names_with_features(self, x):
        labels = pd.DataFrame({'q': [0, 1, 2], 'b': [1.0, 2.0, 3.0]}, index=INDEX)
        ((features, targets),) = read(pandas_input_fn(x, labels, shuffle=False))
        assert plain([targets]) == [{'q': [0, 1, 2], 'b': [1.0, 2.0, 3.0]}]
        assert features['b'].tolist() == [1, 2, 3]

    def test_batches_run_on_across_epochs(self, x):
        batches = read(pandas_input_fn(x[['b']], batch_size=2, num_epochs=2, shuffle=False))
        assert plain(batches) == [{'b': [1, 2]}, {'b': [3, 1]}, {'b': [2, 3]}]

    def test_shuffling_keeps_rows_together(self, x, y):
        batches = read(pandas_input_fn(x, y, batch_size=4, num_epochs=8, shuffle=True))
        rows = [
            row for features, labels in batches for row in zip(features['b'].tolist(), labels.tolist(), strict=True)
        ]
        assert sorted(rows) == sorted([(1, 7), (2, 8), (3, 9)] * 8)
        assert rows[:24] != [(1, 7), (2, 8), (3, 9)] * 8

    def test_types_are_those_of_the_columns(self):
        frame = pd.DataFrame({'p': [True, False], 'f': np.float32([1, 2]), 'i': np.int16([3, 4])})
        with tf.Graph().as_default():
            columns = pandas_input_fn(frame, shuffle=False)()
        assert [(name, column.dtype, str(column.shape)) for name, column in columns.items()] == [
            ('p', tf.bool, '(?,)'),
            ('f', tf.float32, '(?,)'),
            ('i', tf.int16, '(?,)'),
        ]

    def test_column_names_may_be_numbers(self):
        frame = pd.DataFrame({0: [1, 2], 1: [3, 4]})
        assert plain(read(pandas_input_fn(frame, shuffle=False))) == [{0: [1, 2], 1: [3, 4]}]

    def test_a_queue_of_any_capacity_will_do(self, x):
        assert len(read(pandas_input_fn(x, batch_size=2, shuffle=False, queue_capacity=None))) == 2

    def test_an_estimator_trains_on_it(self, make_line):
        frame = pd.DataFrame({'x': np.ones(4, np.float32)})
        estimator = make_line()
        labels = pd.Series(np.ones(4, np.float32))
        estimator.train(pandas_input_fn(frame, labels, batch_size=2, num_epochs=None, shuffle=True), steps=3)
        assert estimator.get_variable_value('w') == 0.875


class TestErrors:
    @pytest.mark.parametrize('y', [pd.Series([1, 2, 3]), pd.Series([1, 2, 3], index=[11, 10, 12])])
    def test_another_index_is_refused(self, x, y):
        with pytest.raises(ValueError, match='y must have the index of x'):
            pandas_input_fn(x, y, shuffle=False)

    def test_a_column_called_as_the_labels_is_refused(self, x, y):
        with pytest.raises(ValueError, match=r"^x has a column 'b' already: give target_column another name\.$"):
            pandas_input_fn(x, y, shuffle=False, target_column='b')

    @pytest.mark.parametrize(
        ('arguments', 'error', 'text'),
        [
            ({'shuffle': None}, ValueError, 'shuffle must be True or False and has to be given, got None.'),
            ({'x': np.ones(3)}, TypeError, 'x must be a pandas.DataFrame, got ndarray.'),
            ({'y': np.ones(3)}, TypeError, 'y must be a pandas.Series or a pandas.DataFrame, got ndarray.'),
            ({'target_column': None}, TypeError, 'target_column must be a string, got None.'),
            ({'batch_size': 0}, ValueError, 'batch_size must be'),
            (
                {'x': pd.DataFrame([[1, 2]], columns=['a', 'a'])},
                ValueError,
                "x must have columns of different names, got ['a', 'a'].",
            ),
        ],
    )
    def test_wrong_arguments_are_refused(self, x, arguments, error, text):
        with pytest.raises(error, match=re.escape(text)):
            pandas_input_fn(**{'x': x, 'shuffle': False, **arguments})()
