"""Names of `tf.contrib.slim` that are modules of TensorFlow's own, which programs take from it."""

from __future__ import annotations

import importlib

import pytest

import tf1 as tf
from tf1.contrib import slim


@pytest.mark.parametrize(
    'name',
    ['framework.ops', 'ops.array_ops', 'ops.init_ops', 'ops.nn', 'ops.variables', 'training.moving_averages'],
)
def test_modules_that_slim_imported_are_those_of_tensorflow(name):
    assert getattr(slim, name.partition('.')[2]) is importlib.import_module(f'tf1.python.{name}')


def test_initializers_of_init_ops_initialize():
    with tf.Graph().as_default():
        initial = slim.init_ops.zeros_initializer()((2,))
        with tf.Session() as session:
            assert session.run(initial).tolist() == [0, 0]
