"""Models say of themselves what they say under TF 1.15.5, so that each side loads what the other has saved."""

from __future__ import annotations

import json
from pathlib import Path

import h5py
import numpy as np
import pytest

import tf1
from tools.golden import keras_configs

_GOLDEN = json.loads(Path(keras_configs.PATH).read_text())


def test_models_have_the_configurations_of_tf_1_15():
    assert keras_configs.configurations(tf1) == _GOLDEN


def test_a_model_is_made_again_from_what_tf_1_15_says_of_it():
    for name, config in _GOLDEN.items():
        tf1.keras.backend.clear_session()
        assert json.loads(tf1.keras.models.model_from_json(json.dumps(config)).to_json()) == config, name


# Keras says that the format and a property are old.
@pytest.mark.filterwarnings('ignore::UserWarning')
def test_a_file_names_models_as_tf_1_15_does(tmp_path):
    tf1.keras.backend.clear_session()
    numbers = tf1.keras.Input((3,))
    model = tf1.keras.Model(numbers, tf1.keras.layers.Dense(2)(numbers))
    model.save(str(tmp_path / 'model.h5'))
    with h5py.File(tmp_path / 'model.h5') as file:
        assert json.loads(file.attrs['model_config'])['class_name'] == 'Model'
    again = tf1.keras.models.load_model(str(tmp_path / 'model.h5'))
    np.testing.assert_array_equal(again.predict(np.ones((2, 3))), model.predict(np.ones((2, 3))))
