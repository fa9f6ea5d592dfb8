"""`CoupledInputForgetGateLSTMCell`: an LSTM that forgets as much as it takes in."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LSTMStateTuple, RNNCell, unconverted


class CoupledInputForgetGateLSTMCell(RNNCell):
    """An LSTM whose input gate is 1 minus the forget gate (arXiv:1503.04069).

    Args:
      num_units: units, the size of the cell state.
      use_peepholes: whether forget and output gate see the cell state.
      initializer: of weights; None for the scope's.
      num_proj: size of the projected output; None for no projection.
      proj_clip: the projected output is clipped to [-proj_clip, proj_clip].
      num_unit_shards: parts that the gates' weight is stored in.
      num_proj_shards: parts that the projection's weight is stored in.
      forget_bias: added to the forget gate.
      state_is_tuple: whether the state is an `LSTMStateTuple`, or else one tensor [batch, num_units + output].
      activation: of candidate and state.
      reuse: whether the variables exist already.
      layer_norm: whether to normalise gates and state (arXiv:1607.06450); the gates have no bias then.
      norm_gain: where each gamma starts.
      norm_shift: where each beta starts.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        initializer: object = None,
        num_proj: int | None = None,
        proj_clip: float | None = None,
        num_unit_shards: int = 1,
        num_proj_shards: int = 1,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        activation: Callable = tf.tanh,
        reuse: bool | None = None,
        layer_norm: bool = False,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
    ):
        super().__init__(_reuse=reuse)
        if not state_is_tuple:
            tf.logging.warn('%s: Using a concatenated state is slower. Use state_is_tuple=True.', self)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._initializer = initializer
        self._num_proj = num_proj
        self._proj_clip = proj_clip
        self._num_unit_shards = num_unit_shards
        self._num_proj_shards = num_proj_shards
        self._forget_bias = forget_bias
        self._state_is_tuple = state_is_tuple
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift

    @property
    def state_size(self) -> LSTMStateTuple | int:
        """Sizes of the state."""
        sizes = LSTMStateTuple(self._num_units, self.output_size)
        return sizes if self._state_is_tuple else sum(sizes)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_proj or self._num_units

    @unconverted
    def call(self, inputs: tf.Tensor, state: object) -> tuple[tf.Tensor, object]:
        """Returns output [batch, num_proj or num_units] and new state for `inputs`, [batch, n], n known.

        Raises:
          ValueError: n is not known.
        """
        size = weights.known_size(inputs.shape.with_rank(2), 'inputs')
        c, m = state if self._state_is_tuple else tf.split(state, [self._num_units, self.output_size], axis=1)
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer, auxiliary_name_scope=False):
            j, f, o = self._gates([inputs, m], size + self.output_size)
            new_c, new_m = self._step(c, j, f, o)
        new_state = LSTMStateTuple(new_c, new_m) if self._state_is_tuple else tf.concat([new_c, new_m], 1)
        return new_m, new_state

    def _gates(self, args: list[tf.Tensor], size: int) -> list[tf.Tensor]:
        dtype = args[0].dtype
        kernel = weights.sharded('W', [size, 3 * self._num_units], dtype, self._num_unit_shards)
        bias = tf.get_variable('B', [3 * self._num_units], dtype, tf.zeros_initializer())
        gates = tf.matmul(tf.concat(args, 1), kernel)
        if not self._layer_norm:
            gates = tf.nn.bias_add(gates, bias)
        names = ('transform', 'forget', 'output')
        return [self._norm(gate, name) for gate, name in zip(tf.split(gates, 3, axis=1), names, strict=True)]

    def _step(self, c: tf.Tensor, j: tf.Tensor, f: tf.Tensor, o: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        f = f + self._forget_bias
        w_o = None
        if self._use_peepholes:
            f += tf.get_variable('W_F_diag', [self._num_units], c.dtype) * c
            w_o = tf.get_variable('W_O_diag', [self._num_units], c.dtype)
        forget = tf.sigmoid(f)
        new_c = self._norm(forget * c + (1 - forget) * self._activation(j), 'state')
        if w_o is not None:
            o += w_o * new_c
        return new_c, self._project(tf.sigmoid(o) * self._activation(new_c))

    def _project(self, m: tf.Tensor) -> tf.Tensor:
        if self._num_proj is None:
            return m
        shape = [self._num_units, self._num_proj]
        m = tf.matmul(m, weights.sharded('W_P', shape, m.dtype, self._num_proj_shards))
        return m if self._proj_clip is None else tf.clip_by_value(m, -self._proj_clip, self._proj_clip)

    def _norm(self, values: tf.Tensor, scope: str) -> tf.Tensor:
        if not self._layer_norm:
            return values
        return weights.layer_norm(values, scope, self._norm_gain, self._norm_shift)
