from __future__ import annotations

import numpy as np
import pytest
from tf1.contrib.saved_model.python.saved_model import keras_saved_model

import tf1 as tf

pytestmark = pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed:UserWarning')


def test_a_keras_model_is_written_and_read(tmp_path):
    assert keras_saved_model.save_keras_model is tf.contrib.saved_model.save_keras_model
    folder = str(tmp_path / 'model')
    with tf.Graph().as_default(), tf.Session().as_default():
        model = tf.keras.Sequential([tf.keras.layers.Dense(2, input_shape=(3,), name='d')])
        model.compile('sgd', 'mse')
        model.fit(np.ones([4, 3]), np.ones([4, 2]), verbose=0)
        tf.contrib.saved_model.save_keras_model(model, folder)
        loaded = tf.contrib.saved_model.load_keras_model(folder)
        inputs = np.arange(6.0).reshape(2, 3)
        np.testing.assert_allclose(loaded.predict(inputs), model.predict(inputs), rtol=1e-6)
        assert [layer.name for layer in loaded.layers] == ['d']
        with pytest.raises(AssertionError, match='already exists'):
            keras_saved_model.save_keras_model(model, folder)
    with pytest.raises(AttributeError, match=r'tf\.contrib\.saved_model\.nonsense'):
        tf.contrib.saved_model.nonsense  # noqa: B018
