"""`LayerNormBasicLSTMCell`: an LSTM with layer normalisation and recurrent dropout."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LSTMStateTuple, RNNCell, unconverted


class LayerNormBasicLSTMCell(RNNCell):
    """An LSTM whose gates and state are normalised (arXiv:1607.06450), with dropout of the candidate (1603.05118).

    Args:
      num_units: units, the size of the output and of both halves of the state.
      forget_bias: added to the forget gate.
      input_size: not used.
      activation: of candidate and state.
      layer_norm: whether to normalise; if not, the gates have a bias.
      norm_gain: where each gamma starts.
      norm_shift: where each beta starts.
      dropout_keep_prob: share of the candidate that is kept, float or scalar tensor.
      dropout_prob_seed: seed of the dropout.
      reuse: whether the variables exist already.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        input_size: int | None = None,
        activation: Callable = tf.tanh,
        layer_norm: bool = True,
        norm_gain: float = 1.0,
        norm_shift: float = 0.0,
        dropout_keep_prob: float | tf.Tensor = 1.0,
        dropout_prob_seed: int | None = None,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        if input_size is not None:
            tf.logging.warn('%s: The input_size parameter is deprecated.', self)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._activation = activation
        self._layer_norm = layer_norm
        self._norm_gain = norm_gain
        self._norm_shift = norm_shift
        self._keep_prob = dropout_keep_prob
        self._seed = dropout_prob_seed

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    @unconverted
    def call(self, inputs: tf.Tensor, state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_units] and new state for `inputs`, [batch, n]."""
        c, h = state
        gates = tf.split(self._linear([inputs, h]), 4, axis=1)
        names = ('input', 'transform', 'forget', 'output')
        i, j, f, o = (self._norm(gate, name) for gate, name in zip(gates, names, strict=True))
        candidate = self._dropout(self._activation(j))
        new_c = c * tf.sigmoid(f + self._forget_bias) + tf.sigmoid(i) * candidate
        new_c = self._norm(new_c, 'state')
        new_h = self._activation(new_c) * tf.sigmoid(o)
        return new_h, LSTMStateTuple(new_c, new_h)

    def _linear(self, args: list[tf.Tensor]) -> tf.Tensor:
        product = weights.linear(args, 4 * self._num_units, bias=False)
        if self._layer_norm:
            return product
        # This one bias starts where the scope's initialiser says, not at zero.
        return tf.nn.bias_add(product, tf.get_variable('bias', [4 * self._num_units], product.dtype))

    def _norm(self, values: tf.Tensor, scope: str) -> tf.Tensor:
        if not self._layer_norm:
            return values
        return weights.layer_norm(values, scope, self._norm_gain, self._norm_shift)

    def _dropout(self, candidate: tf.Tensor) -> tf.Tensor:
        if isinstance(self._keep_prob, float) and self._keep_prob >= 1:
            return candidate
        return tf.nn.dropout(candidate, self._keep_prob, seed=self._seed)
