"""`TimeFreqLSTMCell`: an LSTM over time and over the frequencies of each input (Sainath and Li, 2016)."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell, unconverted


class TimeFreqLSTMCell(RNNCell):
    """An LSTM that walks over windows of each input and shares its weights among them.

    Args:
      num_units: units of one window.
      use_peepholes: whether the gates see the cell state.
      cell_clip: the cell state is clipped to [-cell_clip, cell_clip].
      initializer: of weights; None for the scope's.
      num_unit_shards: parts that the weight is stored in.
      forget_bias: added to the forget gate.
      feature_size: columns of a window.
      frequency_skip: columns from one window to the next.
      reuse: whether the variables exist already.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        cell_clip: float | None = None,
        initializer: object = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int = 1,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._cell_clip = cell_clip
        self._initializer = initializer
        self._num_unit_shards = num_unit_shards
        self._forget_bias = forget_bias
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip

    @property
    def state_size(self) -> int:
        """Twice `num_units`, as in TF 1.15: the size of one window's state, not of the whole."""
        return 2 * self._num_units

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return self._num_units

    @unconverted
    def call(self, inputs: tf.Tensor, state: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns output [batch, windows * num_units] and new state [batch, windows * 2 * num_units].

        Args:
          inputs: [batch, n], n known.
          state: cell state and output of each window side by side.

        Raises:
          TypeError: `feature_size` is None.
          ValueError: n is not known.
        """
        windows = self._windows(inputs)
        units = self._num_units
        states, outputs = [], []
        m = tf.zeros([tf.shape(inputs)[0], units], inputs.dtype)
        with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer, auxiliary_name_scope=False):
            kernel, bias, peepholes = self._weights(inputs.dtype)
            for index, window in enumerate(windows):
                c_time, m_time = (
                    tf.slice(state, [0, part * units], [-1, units]) for part in (2 * index, 2 * index + 1)
                )
                gates = tf.nn.bias_add(tf.matmul(tf.concat([window, m_time, m], 1), kernel), bias)
                c, m = self._step(c_time, gates, peepholes)
                states += [c, m]
                outputs.append(m)
        return tf.concat(outputs, 1), tf.concat(states, 1)

    def _windows(self, inputs: tf.Tensor) -> list[tf.Tensor]:
        size = weights.known_size(inputs.shape.with_rank(2), 'inputs')
        if self._feature_size is None:
            raise TypeError('feature_size must be a number of columns, got None.')
        count = int((size - self._feature_size) / self._frequency_skip) + 1
        return [tf.slice(inputs, [0, i * self._frequency_skip], [-1, self._feature_size]) for i in range(count)]

    def _weights(self, dtype: tf.DType) -> tuple[tf.Tensor, tf.Tensor, list]:
        units = self._num_units
        kernel = weights.sharded('W', [self._feature_size + 2 * units, 4 * units], dtype, self._num_unit_shards)
        bias = tf.get_variable('B', [4 * units], dtype, tf.zeros_initializer())
        if not self._use_peepholes:
            return kernel, bias, [0.0] * 3
        return kernel, bias, [tf.get_variable(f'W_{gate}_diag', [units], dtype) for gate in 'FIO']

    def _step(self, c: tf.Tensor, gates: tf.Tensor, peepholes: list) -> tuple[tf.Tensor, tf.Tensor]:
        i, j, f, o = tf.split(gates, 4, axis=1)
        w_f, w_i, w_o = peepholes
        c = tf.sigmoid(f + self._forget_bias + w_f * c) * c + tf.sigmoid(i + w_i * c) * tf.tanh(j)
        if self._cell_clip is not None:
            c = tf.clip_by_value(c, -self._cell_clip, self._cell_clip)
        return c, tf.sigmoid(o + w_o * c) * tf.tanh(c)
