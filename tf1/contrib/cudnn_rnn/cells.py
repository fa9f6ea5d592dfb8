"""Cells that compute what the layers do, step by step, and that restore what those save."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.block_cells import LSTMBlockCell
from tf1.contrib.rnn.cells import unconverted


class CudnnCompatibleLSTMCell(LSTMBlockCell):
    """An LSTM without peepholes or a bias added to the forget gate, as cuDNN's.

    Args:
      num_units: units, the size of the output and of both halves of the state.
      reuse: whether the variables exist already.
    """

    def __init__(self, num_units: int, reuse: bool | None = None):
        super().__init__(num_units, forget_bias=0, reuse=reuse, name='cudnn_compatible_lstm_cell')


class CudnnCompatibleGRUCell(tf.nn.rnn_cell.GRUCell):
    """A GRU as cuDNN's: the reset gate is applied after the state's projection, which has a bias of its own.

    Args:
      num_units: units, the size of output and state.
      reuse: whether the variables exist already.
      kernel_initializer: of all kernels; None for the scope's.
    """

    def __init__(self, num_units: int, reuse: bool | None = None, kernel_initializer: object = None):
        super().__init__(num_units, reuse=reuse, kernel_initializer=kernel_initializer)
        self._initializer = kernel_initializer

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        size, units = weights.known_size(tf.TensorShape(inputs_shape), 'inputs'), self.output_size

        names = ('gates', 'candidate/input_projection', 'candidate/hidden_projection')
        shapes = ([size + units, 2 * units], [size, units], [units, units])
        self._kernels, self._biases = {}, {}
        # TF 1.15 makes the gates' variables, then both kernels of the candidate, then its biases.
        for name, shape in zip(names, shapes, strict=True):
            self._kernels[name] = self.add_weight(f'{name}/kernel', shape, initializer=self._initializer)
            if name == 'gates':
                self._add_bias(name, 2 * units, 1.0)
        for name in names[1:]:
            self._add_bias(name, units, 0.0)
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, the same [batch, num_units], for `inputs`, [batch, n]."""
        gates = tf.sigmoid(self._affine(tf.concat([inputs, state], 1), 'gates'))
        reset, update = tf.split(gates, 2, axis=1)
        hidden = self._affine(state, 'candidate/hidden_projection')
        new = tf.tanh(self._affine(inputs, 'candidate/input_projection') + reset * hidden)
        new_state = (1 - update) * new + update * state
        return new_state, new_state

    def _add_bias(self, name: str, columns: int, start: float) -> None:
        self._biases[name] = self.add_weight(f'{name}/bias', [columns], initializer=tf.constant_initializer(start))

    def _affine(self, values: tf.Tensor, name: str) -> tf.Tensor:
        return tf.nn.bias_add(tf.matmul(values, self._kernels[name]), self._biases[name])
