"""Fully connected networks of `tf.contrib.learn` beyond their golden cases."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

learn, layers = tf.contrib.learn, tf.contrib.layers

_X = np.array([[1, 2], [3, 1], [0, -1], [2, 2]], np.float32)
_Y = np.array([0, 1, 0, 1])


def _column() -> object:
    return layers.real_valued_column('', dimension=2)


def test_training_drops_hidden_values(tmp_path) -> None:
    config = learn.RunConfig(tf_random_seed=1)
    model = learn.DNNRegressor([2], [_column()], str(tmp_path), dropout=0.999, config=config).fit(_X, _Y, steps=1)
    slots = {name: model.get_variable_value(name) for name in model.get_variable_names() if name.endswith('Adagrad')}
    hidden = [values for name, values in slots.items() if name.startswith('dnn/hiddenlayer_0/weights')]
    assert hidden[0].tolist() == [[np.float32(0.1)] * 2] * 2
    assert [values for name, values in slots.items() if name.startswith('dnn/logits/biases')][0] > 0.1


def test_predictions_are_arrays_if_asked_for(tmp_path) -> None:
    model = learn.DNNClassifier([2], [_column()], str(tmp_path)).fit(_X, _Y, steps=1)
    classes, shares = (ask(_X, as_iterable=False) for ask in (model.predict, model.predict_proba))
    assert classes.dtype == np.int64
    assert classes.tolist() == shares.argmax(1).tolist()
    np.testing.assert_allclose(shares.sum(1), 1, rtol=1e-6)
    assert sorted(next(model.predict(_X, outputs=['logits', 'logistic']))) == ['logistic', 'logits']
    with pytest.raises(ValueError, match=r"^predict_keys must name at least one of .*, got \['scores'\]\.$"):
        next(model.predict(_X, outputs=['scores']))


def test_weights_and_labels_need_no_column(tmp_path) -> None:
    columns = [layers.real_valued_column('x', dimension=2)]
    model = learn.DNNClassifier([2], columns, str(tmp_path), weight_column_name='w')
    inputs = {'x': _X, 'w': np.array([1, 0, 0, 3], np.float32)}
    found = model.fit(inputs, _Y, steps=1).evaluate(inputs, _Y)
    assert found['labels/actual_label_mean'] == 0.75


def test_factors_are_for_columns_of_the_input(tmp_path) -> None:
    embedding = layers.embedding_column(layers.sparse_column_with_keys('k', ['a', 'b']), 2)
    model = learn.DNNClassifier([2], [_column()], str(tmp_path), embedding_lr_multipliers={embedding: 2.0})
    with pytest.raises(ValueError, match=r"^embedding_lr_multipliers must name .* of the input, got 'k_embedding'\.$"):
        model.fit(_X, _Y, steps=1)
    assert not list(tmp_path.glob('model.ckpt*'))


def test_a_network_needs_a_column() -> None:
    with pytest.raises(ValueError, match=r'^feature_columns must hold a column at least, got \[\]\.$'):
        learn.DNNRegressor([2], [])
