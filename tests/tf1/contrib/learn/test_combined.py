"""Wide and deep models of `tf.contrib.learn` beyond their golden cases."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

learn = tf.contrib.learn

_X = np.array([[1, 2], [3, 1]], np.float32)


def test_a_network_needs_hidden_units() -> None:
    column = tf.contrib.layers.real_valued_column('', dimension=2)
    with pytest.raises(ValueError, match=r'^dnn_hidden_units must be given with dnn_feature_columns, got None\.$'):
        learn.DNNLinearCombinedClassifier(dnn_feature_columns=[column])
    with pytest.raises(ValueError, match=r'^linear_feature_columns or dnn_feature_columns must hold a column'):
        learn.DNNLinearCombinedRegressor(dnn_hidden_units=[2])


def test_a_network_alone_is_one_part(tmp_path) -> None:
    column = tf.contrib.layers.real_valued_column('', dimension=2)
    model = learn.DNNLinearCombinedRegressor(str(tmp_path), dnn_feature_columns=[column], dnn_hidden_units=[2])
    model.fit(_X, np.array([1, 2]), steps=3)
    assert model.get_variable_value('global_step') == 3
    assert not [name for name in model.get_variable_names() if 'linear' in name]
    assert model.predict_scores(_X, as_iterable=False).shape == (2,)
