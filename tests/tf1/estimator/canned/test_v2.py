"""`tf.compat.v2.estimator`: optimizers, what is refused, old import paths. Programs are among the golden ones."""

from __future__ import annotations

import importlib

import numpy as np
import pytest
import tf_keras

import tf1 as tf

v2 = tf.compat.v2.estimator
_X = np.array([[0.0], [1.0], [2.0], [3.0]], np.float32)


def _input_fn():
    return tf.data.Dataset.from_tensors(({'x': _X}, 2 * _X)).repeat()


def _regressor(optimizer, **options):
    return v2.LinearRegressor([tf.feature_column.numeric_column('x')], optimizer=optimizer, **options)


@pytest.mark.parametrize(
    ('optimizer', 'rate'),
    [
        ('SGD', 0.2),
        (tf_keras.optimizers.legacy.SGD(0.05), 0.05),
        (lambda: tf_keras.optimizers.legacy.SGD(0.1), 0.1),
    ],
    ids=['by name', 'an object', 'a function'],
)
def test_an_optimizer_trains_again_in_another_graph_and_counts_the_global_step(optimizer, rate, tmp_path):
    regressor = _regressor(optimizer, model_dir=str(tmp_path))
    for steps in (1, 2):
        regressor.train(_input_fn, max_steps=steps)
    assert regressor.get_variable_value('global_step') == 2
    assert regressor.get_variable_value('training/SGD/learning_rate') == np.float32(rate)
    assert 'training/SGD/iter' not in regressor.get_variable_names()


def test_ftrl_has_the_variables_of_tf_1_15(tmp_path):
    regressor = _regressor('Ftrl', model_dir=str(tmp_path)).train(_input_fn, max_steps=1)
    scalars = [name for name in regressor.get_variable_names() if name.count('/') == 2]
    assert [name.rpartition('/')[2] for name in scalars if name.startswith('training')] == [
        'decay',
        'l1_regularization_strength',
        'l2_regularization_strength',
        'learning_rate',
        'learning_rate_power',
    ]


@pytest.mark.parametrize('optimizer', ['sgd', tf.train.AdamOptimizer(), 3])
def test_what_is_no_keras_optimizer_is_refused(optimizer):
    with pytest.raises(ValueError, match='optimizer must be'):
        _regressor(optimizer).train(_input_fn, max_steps=1)


def test_two_columns_of_one_name_are_refused():
    regressor = v2.LinearRegressor([tf.feature_column.numeric_column('x')] * 2)
    with pytest.raises(ValueError, match=r"names of their own, got \['x'\] more than once"):
        regressor.train(_input_fn, max_steps=1)


def test_sdca_trains_a_model_of_the_second_form(tmp_path):
    sdca = tf.estimator.experimental.LinearSDCA('id', symmetric_l2_regularization=1e-3)

    def input_fn():
        ids = tf.constant(['a', 'b', 'c', 'd'])
        return {'x': tf.constant(_X), 'id': ids}, tf.constant(2 * _X)

    losses = [_regressor(sdca, model_dir=str(tmp_path)).train(input_fn, max_steps=20).evaluate(input_fn, 1)['loss']]
    assert losses[0] < 0.1


def test_two_classes_are_evaluated_with_the_local_variables_of_tf_1_15(tmp_path):
    """The accuracy of the baseline comes from the mean of the labels, and its own metric's variables stay unused."""
    names = []

    class Look(tf.train.SessionRunHook):
        def begin(self):
            names.extend(variable.op.name for variable in tf.local_variables())

    def input_fn():
        return tf.data.Dataset.from_tensors(({'x': _X}, np.array([[0], [1], [1], [1]])))

    classifier = v2.BaselineClassifier(model_dir=str(tmp_path)).train(input_fn, max_steps=1)
    assert classifier.evaluate(input_fn, hooks=[Look()])['accuracy_baseline'] == 0.75
    totals = sorted(name for name in names if 'head/metrics/total' in name or 'head/metrics/count' in name)
    assert [name.rpartition('/')[2] for name in totals] == [
        *('count', 'count_1', 'count_2', 'count_3'),
        *('total', 'total_1', 'total_2', 'total_3'),
    ]
    assert len(names) == 23


def test_an_estimator_of_the_second_form_has_no_export_savedmodel():
    estimator = _regressor('SGD')
    assert isinstance(estimator, tf.estimator.Estimator)
    with pytest.raises(AttributeError, match='call export_saved_model'):
        _ = estimator.export_savedmodel


def test_cells_are_given_in_one_way_and_sequences_need_their_head():
    rnn = v2.experimental
    columns = [tf.feature_column.sequence_numeric_column('x')]
    with pytest.raises(ValueError, match='must not be given with rnn_cell_fn'):
        rnn.RNNClassifier(columns, units=[2], rnn_cell_fn=lambda: tf.keras.layers.GRUCell(2))
    with pytest.raises(ValueError, match='cell_type must be one of'):
        rnn.RNNClassifier(columns, units=[2], cell_type='basic_rnn')
    with pytest.raises(TypeError, match='units must be a list'):
        rnn.RNNClassifier(columns, cell_type='gru')
    with pytest.raises(ValueError, match='head must be one for sequences'):
        rnn.RNNEstimator(tf.estimator.BinaryClassHead(), columns, units=[2], return_sequences=True)


@pytest.mark.parametrize(
    ('module', 'name'),
    [
        ('canned.dnn', 'DNNClassifierV2'),
        ('canned.kmeans', 'KMeansClustering'),
        ('canned.rnn', 'RNNEstimator'),
        ('estimator', 'EstimatorV2'),
        ('head.base_head', 'Head'),
        ('head.sequential_head', 'SequentialHeadWrapper'),
        ('hooks.hooks', 'InMemoryEvaluatorHook'),
        ('tpu.tpu_estimator', 'TPUEstimator'),
    ],
)
def test_modules_of_the_inside_have_them(module, name):
    assert getattr(importlib.import_module(f'tf1.python.estimator.{module}'), name).__name__ == name
