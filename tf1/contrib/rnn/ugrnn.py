"""`UGRNNCell` and `IntersectionRNNCell`, the cells of arXiv:1611.09913."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell, unconverted


class UGRNNCell(RNNCell):
    """The update gate RNN: one gate decides between the last state and a new one.

    Args:
      num_units: units, the size of output and state.
      initializer: of weights; None for the scope's.
      forget_bias: added to the gate.
      activation: of the new state.
      reuse: whether the variables exist already.
    """

    def __init__(
        self,
        num_units: int,
        initializer: object = None,
        forget_bias: float = 1.0,
        activation: Callable = tf.tanh,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._activation = activation

    @property
    def state_size(self) -> int:
        """Sizes of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, the same [batch, num_units], for `inputs`, [batch, n], n known.

        Raises:
          ValueError: n is not known.
        """
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            g, c = tf.split(weights.linear([inputs, state], 2 * self._num_units, bias=True), 2, axis=1)
            candidate = self._activation(c)
            gate = tf.sigmoid(g + self._forget_bias)
            new_state = gate * state + (1.0 - gate) * candidate
        return new_state, new_state


class IntersectionRNNCell(RNNCell):
    """The +RNN: gates along time and along depth; input and output have the same size.

    Args:
      num_units: units, the size of output and state.
      num_in_proj: anything but None or 0 projects inputs of another size to `num_units`.
      initializer: of weights; None for the scope's.
      forget_bias: added to both gates.
      y_activation: of the output.
      reuse: whether the variables exist already.
    """

    def __init__(
        self,
        num_units: int,
        num_in_proj: int | None = None,
        initializer: object = None,
        forget_bias: float = 1.0,
        y_activation: Callable = tf.nn.relu,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._num_in_proj = num_in_proj
        self._initializer = initializer
        self._forget_bias = forget_bias
        self._y_activation = y_activation

    @property
    def state_size(self) -> int:
        """Sizes of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, both [batch, num_units], for `inputs`, [batch, n], n known.

        Raises:
          ValueError: n is not known, or is not `num_units` and there is no projection.
        """
        size = weights.known_size(inputs.shape.with_rank(2), 'inputs')
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            if size != self._num_units:
                inputs = self._project(inputs, size)
            gates = weights.linear([inputs, state], 4 * self._num_units, bias=True)
            size = self._num_units
            gh, h, gy, y = (gates[:, index * size : (index + 1) * size] for index in range(4))
            h, y = tf.tanh(h), self._y_activation(y)
            keep, carry = tf.sigmoid(gh + self._forget_bias), tf.sigmoid(gy + self._forget_bias)
            new_state = keep * state + (1.0 - keep) * h
            return carry * inputs + (1.0 - carry) * y, new_state

    def _project(self, inputs: tf.Tensor, size: int) -> tf.Tensor:
        if not self._num_in_proj:
            raise ValueError(
                f'inputs must have num_units = {self._num_units} columns, got {size}; or set num_in_proj to num_units.'
            )
        with tf.variable_scope('in_projection'):
            return weights.linear(inputs, self._num_units, bias=True)
