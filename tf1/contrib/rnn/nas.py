"""`NASCell`: the cell that architecture search found (arXiv:1611.01578)."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LayerRNNCell, LSTMStateTuple, unconverted

# The cell's tree has eight leaves.
_LEAVES = 8


class NASCell(LayerRNNCell):
    """A tree of eight pairs of input and last output that meet in three levels.

    Args:
      num_units: units, the size of the cell state.
      num_proj: size of the projected output; None for no projection.
      use_bias: whether there is a bias.
      reuse: whether the variables exist already.
      **kwargs: of the layer: name, dtype.
    """

    def __init__(
        self,
        num_units: int,
        num_proj: int | None = None,
        use_bias: bool = False,
        reuse: bool | None = None,
        **kwargs: object,
    ):
        super().__init__(_reuse=reuse, **kwargs)
        self._num_units = num_units
        self._num_proj = num_proj
        self._use_bias = use_bias

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self.output_size)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units if self._num_proj is None else self._num_proj

    def build(self, inputs_shape: tf.TensorShape) -> None:
        """Creates the variables.

        Raises:
          ValueError: the input's size is not known.
        """
        size = weights.known_size(tf.TensorShape(inputs_shape), 'inputs')
        columns = _LEAVES * self._num_units
        self._recurrent_kernel = self.add_weight('recurrent_kernel', [self.output_size, columns])
        self._kernel = self.add_weight('kernel', [size, columns])
        if self._use_bias:
            self._bias = self.add_weight('bias', [columns], initializer=tf.zeros_initializer())
        if self._num_proj is not None:
            self._projection = self.add_weight('projection_weights', [self._num_units, self._num_proj])
        self.built = True

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_proj or num_units] and new state for `inputs`, [batch, n]."""
        c, m = state
        recurrent = tf.matmul(m, self._recurrent_kernel)
        product = tf.matmul(inputs, self._kernel)
        if self._use_bias:
            recurrent = tf.nn.bias_add(recurrent, self._bias)
        ms = tf.split(recurrent, _LEAVES, axis=1)
        xs = tf.split(product, _LEAVES, axis=1)
        new_c, new_m = _tree(xs, ms, c)
        if self._num_proj is not None:
            new_m = tf.matmul(new_m, self._projection)
        return new_m, LSTMStateTuple(new_c, new_m)


def _tree(xs: list[tf.Tensor], ms: list[tf.Tensor], c: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    leaves = [
        tf.sigmoid(xs[0] + ms[0]),
        tf.nn.relu(xs[1] + ms[1]),
        tf.sigmoid(xs[2] + ms[2]),
        tf.nn.relu(xs[3] * ms[3]),
        tf.tanh(xs[4] + ms[4]),
        tf.sigmoid(xs[5] + ms[5]),
        tf.tanh(xs[6] + ms[6]),
        tf.sigmoid(xs[7] + ms[7]),
    ]
    first = tf.tanh(leaves[0] * leaves[1])
    second = tf.tanh(leaves[2] + leaves[3])
    third = tf.tanh(leaves[4] * leaves[5])
    fourth = tf.sigmoid(leaves[6] + leaves[7])
    new_c = tf.tanh(first + c) * second
    return new_c, tf.tanh(new_c * tf.tanh(third + fourth))
