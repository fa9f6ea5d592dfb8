"""`GLSTMCell`: an LSTM made of independent groups (arXiv:1703.10722)."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LSTMStateTuple, RNNCell, unconverted


class GLSTMCell(RNNCell):
    """An LSTM in which each group of units sees only its share of the input and of the last output.

    Args:
      num_units: units of all groups together.
      initializer: of weights; None for the scope's.
      num_proj: size of the projected output; None for no projection.
      number_of_groups: groups.
      forget_bias: added to the forget gate.
      activation: of the state; the candidate's is tanh, as in TF 1.15.
      reuse: whether the variables exist already.

    Raises:
      ValueError: `num_units` or `num_proj` cannot be divided by `number_of_groups`.
    """

    def __init__(
        self,
        num_units: int,
        initializer: object = None,
        num_proj: int | None = None,
        number_of_groups: int = 1,
        forget_bias: float = 1.0,
        activation: Callable = tf.tanh,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        for name, size in (('num_units', num_units), ('num_proj', num_proj)):
            if size is not None and size % number_of_groups != 0:
                raise ValueError(f'{name} must be divisible by number_of_groups = {number_of_groups}, got {size}.')
        self._num_units = num_units
        self._initializer = initializer
        self._num_proj = num_proj
        self._groups = number_of_groups
        self._forget_bias = forget_bias
        self._activation = activation

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self.output_size)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units if self._num_proj is None else self._num_proj

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_proj or num_units] and new state for `inputs`, [batch, n].

        Raises:
          ValueError: n is not known or cannot be divided by the number of groups.
        """
        c, m = state
        size = weights.known_size(inputs.shape.with_rank(2), 'inputs')
        if size % self._groups != 0:
            raise ValueError(f'inputs must have columns divisible by number_of_groups = {self._groups}, got {size}.')
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer):
            i, j, f, o = self._gates(inputs, m)
        new_c = tf.sigmoid(f + self._forget_bias) * c + tf.sigmoid(i) * tf.tanh(j)
        new_m = tf.sigmoid(o) * self._activation(new_c)
        if self._num_proj is not None:
            with tf.variable_scope('projection', initializer=self._initializer):
                new_m = weights.linear(new_m, self._num_proj, bias=False)
        return new_m, LSTMStateTuple(new_c, new_m)

    def _gates(self, inputs: tf.Tensor, m: tf.Tensor) -> list[tf.Tensor]:
        columns = 4 * self._num_units // self._groups
        groups = []
        for index in range(self._groups):
            with tf.variable_scope(f'group{index}'):
                share = [self._share(tensor, index) for tensor in (inputs, m)]
                groups.append(tf.split(weights.linear(share, columns, bias=False), 4, axis=1))
        biases = [self._bias(name, inputs.dtype) for name in 'ijfo']
        return [
            tf.nn.bias_add(tf.concat(parts, 1), bias)
            for bias, parts in zip(biases, zip(*groups, strict=True), strict=True)
        ]

    def _share(self, tensor: tf.Tensor, index: int) -> tf.Tensor:
        """Returns a group's columns of a tensor."""
        size = tensor.shape[1].value // self._groups
        rows = tensor.shape[0].value or tf.shape(tensor)[0]
        return tf.slice(tensor, [0, index * size], [rows, size], name=f'GLSTM_group{index}_input_generation')

    def _bias(self, name: str, dtype: tf.DType) -> tf.Variable:
        return tf.get_variable(f'bias_{name}', [self._num_units], dtype, tf.constant_initializer(0.0))
