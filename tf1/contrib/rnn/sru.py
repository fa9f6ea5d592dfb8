"""`SRUCell`: the simple recurrent unit (arXiv:1709.02755)."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LayerRNNCell, unconverted


class SRUCell(LayerRNNCell):
    """A cell whose state is only scaled, unit by unit, from one step to the next.

    Args:
      num_units: units, the size of output and state.
      activation: of the state; None for tanh.
      reuse: whether the variables exist already.
      name: of the cell and of its scope.
      **kwargs: of the layer: dtype.
    """

    def __init__(
        self,
        num_units: int,
        activation: Callable | None = None,
        reuse: bool | None = None,
        name: str | None = None,
        **kwargs: object,
    ):
        super().__init__(_reuse=reuse, name=name, **kwargs)
        self.input_spec = tf.layers.InputSpec(ndim=2)
        self._num_units = num_units
        self._activation = activation or tf.tanh

    @property
    def state_size(self) -> int:
        """Sizes of the state."""
        return self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables.

        Raises:
          ValueError: the input's size is not known.
        """
        size = weights.known_size(tf.TensorShape(inputs_shape), 'inputs')
        self._kernel = self.add_weight('kernel', [size, 4 * self._num_units])
        self._bias = self.add_weight('bias', [2 * self._num_units], initializer=tf.zeros_initializer())
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output and new state, both [batch, num_units], for `inputs`, [batch, n]."""
        candidate, f, r, skip = tf.split(tf.matmul(inputs, self._kernel), 4, axis=1)
        f, r = tf.split(tf.sigmoid(tf.nn.bias_add(tf.concat([f, r], 1), self._bias)), 2, axis=1)
        new_state = f * state + (1.0 - f) * candidate
        return r * self._activation(new_state) + (1.0 - r) * skip, new_state
