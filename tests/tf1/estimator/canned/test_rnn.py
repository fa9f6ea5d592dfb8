"""`RNNClassifier`: variables, summaries and predictions as TF 1.15.5 has them; what it refuses."""

from __future__ import annotations

import pytest

import tf1 as tf

contrib = tf.contrib.estimator
PRICE = tf.contrib.feature_column.sequence_numeric_column('price')
WORD = tf.feature_column.embedding_column(
    tf.contrib.feature_column.sequence_categorical_column_with_identity('word', 5), 3
)
CONTEXT = tf.feature_column.numeric_column('ctx')


def input_fn():
    indices = [[0, 0], [0, 1], [1, 0]]
    features = {
        'price': tf.SparseTensor(indices, [2.0, 3.0, 1.0], [2, 2]),
        'word': tf.SparseTensor(indices, [2, 3, 1], [2, 2]),
        'ctx': tf.constant([[1.0], [2.0]]),
    }
    return features, tf.constant([[1], [0]])


class Look(tf.train.SessionRunHook):
    """Keeps what a graph has before it is run."""

    def begin(self):
        self.variables = [(variable.name, variable.shape.as_list()) for variable in tf.trainable_variables()]
        self.summaries = [summary.op.name for summary in tf.get_collection(tf.GraphKeys.SUMMARIES)]
        self.clips = any('clip_by_global_norm' in op.name for op in tf.get_default_graph().get_operations())


def test_columns_cells_and_logits_have_the_names_of_tf_1_15():
    model = contrib.RNNClassifier([PRICE, WORD], [CONTEXT], num_units=[4, 3], cell_type='basic_rnn')
    look = Look()
    model.train(input_fn, steps=2, hooks=[look])
    cell = 'rnn/rnn/multi_rnn_cell/cell_{}/basic_rnn_cell/{}/part_0:0'
    assert look.variables == [
        ('rnn/sequence_input_layer/sequence_input_layer/word_embedding/embedding_weights/part_0:0', [5, 3]),
        (cell.format(0, 'kernel'), [9, 4]),
        (cell.format(0, 'bias'), [4]),
        (cell.format(1, 'kernel'), [7, 3]),
        (cell.format(1, 'bias'), [3]),
        ('rnn/logits/dense/kernel/part_0:0', [3, 1]),
        ('rnn/logits/dense/bias/part_0:0', [1]),
    ]
    assert look.summaries == ['rnn/sequence_input_layer/sequence_length', 'loss']
    assert look.clips
    names = model.get_variable_names()
    assert 'rnn/logits/dense/bias/t_0/Adagrad' in names
    prediction = next(model.predict(input_fn))
    assert sorted(prediction)[:4] == ['all_class_ids', 'all_classes', 'class_ids', 'classes']


def test_an_optimizer_that_is_given_as_one_clips_nothing():
    look = Look()
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    model = contrib.RNNEstimator(contrib.regression_head(), [PRICE], num_units=[2], optimizer=optimizer)
    model.train(input_fn, steps=1, hooks=[look])
    assert not look.clips


def test_sequences_are_padded_and_their_lengths_returned(graph):
    features, _ = input_fn()
    values, lengths = tf.contrib.feature_column.sequence_input_layer(features, [PRICE])
    with tf.Session() as session:
        assert session.run(values).tolist() == [[[2.0], [3.0]], [[1.0], [0.0]]]
        assert session.run(lengths).tolist() == [2, 1]


@pytest.mark.parametrize(
    ('arguments', 'error', 'text'),
    [
        ({'num_units': [4], 'rnn_cell_fn': lambda mode: None}, ValueError, 'must not be given with rnn_cell_fn'),
        ({'num_units': [4], 'cell_type': 'x'}, TypeError, "cell_type must be one of .*, got 'x'"),
        ({'num_units': [4], 'sequence_feature_columns': [CONTEXT]}, ValueError, 'must be sequence columns'),
        ({'num_units': [4], 'sequence_feature_columns': []}, ValueError, 'feature_columns must not be empty'),
    ],
)
def test_what_does_not_fit_is_refused(arguments, error, text):
    with pytest.raises(error, match=text):
        contrib.RNNClassifier(**{'sequence_feature_columns': [PRICE], **arguments}).train(input_fn, steps=1)
