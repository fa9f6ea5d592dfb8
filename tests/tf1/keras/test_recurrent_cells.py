"""Cells that Keras has dropped; the expected values are those of TF 1.15.5."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

# Keras calls it itself when it predicts.
pytestmark = pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed:UserWarning')


@pytest.mark.parametrize('implementation', [1, 2])
def test_gates_of_a_peephole_cell_see_the_state(implementation):
    cell = tf.keras.experimental.PeepholeLSTMCell(3, implementation=implementation)
    model = tf.keras.Sequential([tf.keras.layers.RNN(cell, input_shape=(4, 2))])
    assert [weight.name.rpartition('/')[2] for weight in model.weights[3:]] == [
        'input_gate_peephole_weights:0',
        'forget_gate_peephole_weights:0',
        'output_gate_peephole_weights:0',
    ]
    model.set_weights([np.linspace(-1, 1, w.size).reshape(w.shape) for w in model.get_weights()])
    assert np.allclose(
        model.predict(np.sin(np.arange(16.0)).reshape(2, 4, 2)),
        [[0.167804, 0.282199, 0.509449], [0.044025, 0.146064, 0.383535]],
        atol=1e-5,
    )


def test_a_convolutional_cell_is_that_of_its_layer():
    images = np.sin(np.arange(2 * 3 * 5 * 5)).reshape(2, 3, 5, 5, 1).astype(np.float32)
    layer = tf.keras.layers.ConvLSTM2D(2, 3, data_format='channels_last')
    layer(tf.constant(images))
    cell = tf.keras.layers.ConvLSTM2DCell(2, 3)
    cell.build((2, 5, 5, 1))
    state = [tf.zeros([2, 3, 3, 2])] * 2
    for step in range(3):
        output, state = cell(tf.constant(images[:, step]), state)
    cell.set_weights(layer.get_weights())
    expected, found = tf.keras.backend.batch_get_value([layer(tf.constant(images)), output])
    assert np.allclose(found, expected, atol=1e-5)
