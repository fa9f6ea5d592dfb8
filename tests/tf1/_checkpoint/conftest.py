"""Checkpoints of TF 1.15.5, and small ones made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tf1 as tf
from tf1._checkpoint.reading import Stored


@pytest.fixture
def golden():
    """Returns a function that opens a golden checkpoint by the name of its folder."""
    folder = Path(__file__).parents[2] / 'golden' / 'checkpoints'
    return lambda name: Stored(str(folder / name / 'model.ckpt-5'))


@pytest.fixture
def save(tmp_path):
    """Returns a function that saves arrays under names with a Saver, and opens the checkpoint."""

    def save_values(values, name='model.ckpt', step=None):
        with tf.Graph().as_default(), tf.Session() as session:
            variables = {key: tf.Variable(tf.constant(value), name='v') for key, value in values.items()}
            session.run([variable.initializer for variable in variables.values()])
            saver = tf.train.Saver(variables, save_relative_paths=True)
            return Stored(saver.save(session, str(tmp_path / name), global_step=step))

    return save_values


@pytest.fixture
def values_of():
    """Returns a function that reads all values of a checkpoint, given by its prefix."""

    def read(prefix) -> dict[str, np.ndarray]:
        stored = Stored(str(prefix))
        return {name: stored.value(name) for name in stored.names}

    return read
