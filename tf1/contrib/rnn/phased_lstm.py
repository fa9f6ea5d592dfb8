"""`PhasedLSTMCell`: an LSTM whose units open and close with the time of the input (arXiv:1610.09513)."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import LSTMStateTuple, RNNCell, unconverted


class PhasedLSTMCell(RNNCell):
    """An LSTM for events at irregular times.

    Args:
      num_units: units, the size of the output and of both halves of the state.
      use_peepholes: whether the gates see the cell state.
      leak: how far a closed unit stays open, in [0, 1].
      ratio_on: share of a period for which a unit is open, in [0, 1].
      trainable_ratio_on: whether the share is trained.
      period_init_min: lower bound of the periods at the start; their logarithm is uniform.
      period_init_max: upper bound.
      reuse: whether the variables exist already.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        leak: float | tf.Tensor = 0.001,
        ratio_on: float | tf.Tensor = 0.1,
        trainable_ratio_on: bool = True,
        period_init_min: float | tf.Tensor = 1.0,
        period_init_max: float | tf.Tensor = 1000.0,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._leak = leak
        self._ratio_on = ratio_on
        self._trainable_ratio_on = trainable_ratio_on
        self._period_init_min = period_init_min
        self._period_init_max = period_init_max

    @property
    def state_size(self) -> LSTMStateTuple:
        """Sizes of the state."""
        return LSTMStateTuple(self._num_units, self._num_units)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    @unconverted
    def call(self, inputs: tuple[tf.Tensor, tf.Tensor], state: LSTMStateTuple) -> tuple[tf.Tensor, LSTMStateTuple]:
        """Returns output [batch, num_units] and new state.

        Args:
          inputs: times [batch, 1] float32 or float64, and features [batch, n] float32.
          state: cell state and output of the last event.
        """
        c, h = state
        time, x = inputs
        all_seen = [x, h, c] if self._use_peepholes else [x, h]
        with tf.variable_scope('mask_gates'):
            gates = weights.linear(all_seen, 2 * self._num_units, bias=True, variables_first=True)
            i, f = tf.split(tf.sigmoid(gates), 2, axis=1)
        with tf.variable_scope('new_input'):
            new_input = tf.tanh(weights.linear([x, h], self._num_units, bias=True, variables_first=True))
        full_c = c * f + i * new_input
        all_seen = [x, h, full_c] if self._use_peepholes else [x, h]
        with tf.variable_scope('output_gate'):
            o = tf.sigmoid(weights.linear(all_seen, self._num_units, bias=True, variables_first=True))
        full_h = tf.tanh(full_c) * o
        openness = self._openness(time, x.dtype)
        new_c = openness * full_c + (1.0 - openness) * c
        new_h = openness * full_h + (1.0 - openness) * h
        return new_h, LSTMStateTuple(new_c, new_h)

    def _openness(self, time: tf.Tensor, dtype: tf.DType) -> tf.Tensor:
        """Returns how far each unit is open, [batch, num_units] in [0, 1]."""
        shape = [self._num_units]
        periods = _log_uniform(self._period_init_min, self._period_init_max)
        period = tf.get_variable('period', shape, dtype, periods)
        phases = tf.random_uniform_initializer(0.0, period.initial_value)
        phase = tf.get_variable('phase', shape, dtype, phases)
        ratio_on = tf.get_variable(
            'ratio_on', shape, dtype, tf.constant_initializer(self._ratio_on), trainable=self._trainable_ratio_on
        )
        cycle = tf.cast(_cycle(time, tf.cast(phase, time.dtype), tf.cast(period, time.dtype)), dtype)
        rising = 2 * cycle / ratio_on
        falling, leak = 2 - rising, self._leak * cycle
        closing = tf.where(cycle < ratio_on, falling, leak)
        return tf.where(cycle < 0.5 * ratio_on, rising, closing)


def _cycle(time: tf.Tensor, phase: tf.Tensor, period: tf.Tensor) -> tf.Tensor:
    """Returns the position in the cycle, in [0, 1); its gradient passes through the remainder as if there were none."""
    shifted = time - phase
    remainder = tf.stop_gradient(tf.floormod(shifted, period) - shifted) + shifted
    return remainder / period


def _log_uniform(minimum: float | tf.Tensor, maximum: float | tf.Tensor) -> object:
    def initializer(shape: list[int], dtype: tf.DType = tf.float32, partition_info: object = None) -> tf.Tensor:
        return tf.exp(tf.random_uniform(shape, tf.log(minimum), tf.log(maximum), dtype))

    return initializer
