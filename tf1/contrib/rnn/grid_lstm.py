"""`GridLSTMCell` and `BidirectionalGridLSTMCell`: LSTMs over time and frequency (arXiv:1507.01526)."""

from __future__ import annotations

import collections
from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell, unconverted


class GridLSTMCell(RNNCell):
    """A pair of LSTMs, one along time and one along the frequencies of each input, that see each other's state.

    The input is cut into windows, and these are grouped in blocks with weights of their own.

    Args:
      num_units: units of each LSTM in one window.
      use_peepholes: whether the gates see the cell states.
      share_time_frequency_weights: whether both LSTMs have the same weights.
      cell_clip: cell states are clipped to [-cell_clip, cell_clip].
      initializer: of weights; None for the scope's.
      num_unit_shards: parts that each weight is stored in.
      forget_bias: added to the forget gates.
      feature_size: columns of a window.
      frequency_skip: columns from one window to the next.
      num_frequency_blocks: windows in each block.
      start_freqindex_list: first column of each block; None for one block that is the whole input.
      end_freqindex_list: the column after each block's last.
      couple_input_forget_gates: whether a forget gate is 1 minus the input gate.
      state_is_tuple: whether the state is a tuple of tensors, or else one tensor.
      reuse: whether the variables exist already.

    Raises:
      ValueError: `num_frequency_blocks` is None.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: object = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: Sequence[int] | None = None,
        start_freqindex_list: Sequence[int] | None = None,
        end_freqindex_list: Sequence[int] | None = None,
        couple_input_forget_gates: bool = False,
        state_is_tuple: bool = True,
        reuse: bool | None = None,
    ):
        super().__init__(_reuse=reuse)
        if num_frequency_blocks is None:
            raise ValueError('num_frequency_blocks must be a list of counts of windows, got None.')
        if not state_is_tuple:
            tf.logging.warn('%s: Using a concatenated state is slower. Use state_is_tuple=True.', self)
        self._num_units = num_units
        self._use_peepholes = use_peepholes
        self._share_weights = share_time_frequency_weights
        self._cell_clip = cell_clip
        self._initializer = initializer
        self._num_unit_shards = num_unit_shards
        self._forget_bias = forget_bias
        self._feature_size = feature_size
        self._frequency_skip = frequency_skip
        self._counts = tuple(num_frequency_blocks[index] for index in range(len(num_frequency_blocks)))
        self._starts = start_freqindex_list
        self._ends = end_freqindex_list
        self._coupled = couple_input_forget_gates
        self._state_is_tuple = state_is_tuple
        self._state_type = self._make_state_type()

    def _make_state_type(self) -> type | None:
        if not self._state_is_tuple:
            return None
        return collections.namedtuple('GridLSTMStateTuple', self._state_names('state'))

    def _state_names(self, prefix: str) -> list[str]:
        return [
            f'{prefix}_f{window:02d}_b{block:02d}_{half}'
            for block, count in enumerate(self._counts)
            for window in range(count)
            for half in 'cm'
        ]

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return 2 * sum(self._counts) * self._num_units

    @property
    def state_size(self) -> tuple | int:
        """Sizes of the state."""
        if not self._state_is_tuple:
            return self.output_size
        return self._state_type(*[self._num_units] * len(self._state_type._fields))

    @property
    def state_tuple_type(self) -> type | None:
        """The type of the state; None where it is one tensor."""
        return self._state_type

    @unconverted
    def call(self, inputs: tf.Tensor, state: object) -> tuple[tf.Tensor, object]:
        """Returns output [batch, output_size] and new state for `inputs`, [batch, n], n known.

        Raises:
          TypeError: `feature_size` is None, or `end_freqindex_list` is while `start_freqindex_list` is not.
          ValueError: n is not known, or the input does not divide into the windows and blocks asked for.
        """
        blocks = self._windows(inputs)
        state_parts = state if self._state_is_tuple else tf.split(state, 2 * sum(self._counts), axis=1)
        outputs, states = self._walk(blocks, state_parts, self._state_is_tuple)
        new_state = self._state_type(*states) if self._state_is_tuple else tf.concat(states, 1)
        return tf.concat(outputs, 1), new_state

    def _walk(self, blocks: list, state: Sequence[tf.Tensor], by_block: bool) -> tuple[list, list]:
        outputs, states = [], []
        for block, windows in enumerate(blocks):
            # A state in one piece was read from its start for each block, in TF 1.15 too.
            first = 2 * sum(self._counts[:block]) if by_block else 0
            with tf.variable_scope(tf.get_variable_scope(), initializer=self._initializer, auxiliary_name_scope=False):
                block_outputs, block_states = self._compute(windows, block, state[first : first + 2 * len(windows)])
            outputs += block_outputs
            states += block_states
        return outputs, states

    def _windows(self, inputs: tf.Tensor, offset: int = 0) -> list[list[tf.Tensor]]:
        """Returns the windows of each block, from column `offset` on; columns past either end are zeros."""
        size = weights.known_size(inputs.shape.with_rank(2), 'inputs')
        if self._feature_size is None:
            raise TypeError('feature_size must be a number of columns, got None.')
        if offset > 0:
            inputs = tf.pad(inputs, [[0, 0], [0, offset]])
        elif offset < 0:
            inputs = tf.pad(inputs, [[0, 0], [-offset, 0]])
            offset = 0
        starts, ends = self._bounds(size)
        blocks = []
        for count, start, end in zip(self._counts, starts, ends, strict=True):
            fits = int((end - start - self._feature_size) / self._frequency_skip) + 1
            if count != fits:
                raise ValueError(f'num_frequency_blocks must be {fits} for columns {start} to {end}, got {count}.')
            columns = [start + offset + window * self._frequency_skip for window in range(count)]
            blocks.append([tf.slice(inputs, [0, column], [-1, self._feature_size]) for column in columns])
        return blocks

    def _bounds(self, size: int) -> tuple[Sequence[int], Sequence[int]]:
        starts = [0] if self._starts is None else self._starts
        ends = [size] if self._starts is None else self._ends
        if not len(starts) == len(ends) == len(self._counts):
            raise ValueError(
                'num_frequency_blocks, start_freqindex_list and end_freqindex_list must have an entry for each block, '
                f'got {self._counts}, {starts} and {ends}.'
            )
        return starts, ends

    def _compute(self, windows: list[tf.Tensor], block: int, state: Sequence[tf.Tensor]) -> tuple[list, list]:
        batch = tf.shape(windows[0])[0]
        dtype = windows[0].dtype
        c_freq = m_freq = tf.zeros([batch, self._num_units], dtype)
        freq = self._gate_weights('f', block, dtype)
        time = freq if self._share_weights else self._gate_weights('t', block, dtype)
        peep_freq = self._peepholes('freq', block, dtype)
        peep_time = peep_freq if self._share_weights else self._peepholes('time', block, dtype)
        outputs, states = [], []
        for index, window in enumerate(windows):
            c_time, m_time = state[2 * index], state[2 * index + 1]
            inputs = tf.concat([window, m_time, m_freq], 1)
            new_freq, o_freq = self._cell(inputs, freq, peep_freq, c_freq, c_freq, c_time)
            new_time, o_time = self._cell(inputs, time, peep_time, c_time, c_freq, c_time)
            c_freq, c_time = new_freq, new_time
            m_freq = self._output(o_freq, peep_freq, c_freq, c_freq, c_time)
            m_time = self._output(o_time, peep_time, c_time, c_freq, c_time)
            states += [c_time, m_time]
            outputs += [m_time, m_freq]
        return outputs, states

    def _gate_weights(self, axis: str, block: int, dtype: tf.DType) -> tuple[tf.Tensor, tf.Tensor]:
        columns = (3 if self._coupled else 4) * self._num_units
        shape = [self._feature_size + 2 * self._num_units, columns]
        kernel = weights.sharded(f'W_{axis}_{block}', shape, dtype, self._num_unit_shards)
        return kernel, tf.get_variable(f'B_{axis}_{block}', [columns], dtype, tf.zeros_initializer())

    def _peepholes(self, axis: str, block: int, dtype: tf.DType) -> dict[str, list[tf.Variable]]:
        if not self._use_peepholes:
            return {}
        return {
            gate: [
                tf.get_variable(f'W_{gate}_diag_{axis}{source}_{block}', [self._num_units], dtype) for source in 'ft'
            ]
            for gate in ('IO' if self._coupled else 'FIO')
        }

    def _cell(
        self,
        inputs: tf.Tensor,
        gate_weights: tuple[tf.Tensor, tf.Tensor],
        peepholes: dict[str, list[tf.Variable]],
        c: tf.Tensor,
        c_freq: tf.Tensor,
        c_time: tf.Tensor,
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the new cell state and the output gate's sum, yet without peepholes."""
        kernel, bias = gate_weights
        gates = tf.split(tf.nn.bias_add(tf.matmul(inputs, kernel), bias), 3 if self._coupled else 4, axis=1)
        i, j, o = gates[0], gates[1], gates[-1]
        take = tf.sigmoid(_peep(i, peepholes, 'I', c_freq, c_time))
        if self._coupled:
            keep = 1.0 - take
        else:
            keep = tf.sigmoid(_peep(gates[2] + self._forget_bias, peepholes, 'F', c_freq, c_time))
        c = keep * c + take * tf.tanh(j)
        if self._cell_clip is not None:
            c = tf.clip_by_value(c, -self._cell_clip, self._cell_clip)
        return c, o

    def _output(
        self, o: tf.Tensor, peepholes: dict[str, list[tf.Variable]], c: tf.Tensor, c_freq: tf.Tensor, c_time: tf.Tensor
    ) -> tf.Tensor:
        return tf.sigmoid(_peep(o, peepholes, 'O', c_freq, c_time)) * tf.tanh(c)


def _peep(
    gate: tf.Tensor, peepholes: dict[str, list[tf.Variable]], name: str, c_freq: tf.Tensor, c_time: tf.Tensor
) -> tf.Tensor:
    if name not in peepholes:
        return gate
    w_freq, w_time = peepholes[name]
    return gate + w_freq * c_freq + w_time * c_time


class BidirectionalGridLSTMCell(GridLSTMCell):
    """Two grid LSTMs, one up and one down the frequencies, with weights of their own.

    Args:
      backward_slice_offset: columns by which the windows of the way down are shifted.

    The others are those of `GridLSTMCell`; the state is always a tuple.
    """

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        share_time_frequency_weights: bool = False,
        cell_clip: float | None = None,
        initializer: object = None,
        num_unit_shards: int = 1,
        forget_bias: float = 1.0,
        feature_size: int | None = None,
        frequency_skip: int | None = None,
        num_frequency_blocks: Sequence[int] | None = None,
        start_freqindex_list: Sequence[int] | None = None,
        end_freqindex_list: Sequence[int] | None = None,
        couple_input_forget_gates: bool = False,
        backward_slice_offset: int = 0,
        reuse: bool | None = None,
    ):
        super().__init__(
            num_units,
            use_peepholes,
            share_time_frequency_weights,
            cell_clip,
            initializer,
            num_unit_shards,
            forget_bias,
            feature_size,
            frequency_skip,
            num_frequency_blocks,
            start_freqindex_list,
            end_freqindex_list,
            couple_input_forget_gates,
            state_is_tuple=True,
            reuse=reuse,
        )
        self._backward_offset = backward_slice_offset

    def _make_state_type(self) -> type:
        names = self._state_names('fwd_state') + self._state_names('bwd_state')
        return collections.namedtuple('BidirectionalGridLSTMStateTuple', names)

    @property
    def output_size(self) -> int:
        """Size of an output."""
        return 2 * super().output_size

    @unconverted
    def call(self, inputs: tf.Tensor, state: tuple) -> tuple[tf.Tensor, tuple]:
        """Returns output [batch, output_size] and new state for `inputs`, [batch, n]; errors as `GridLSTMCell`."""
        half = len(state) // 2
        up = self._windows(inputs)
        down = [windows[::-1] for windows in self._windows(inputs, self._backward_offset)]
        with tf.variable_scope('fwd'):
            up_outputs, up_states = self._walk(up, state[:half], True)
        with tf.variable_scope('bwd'):
            down_outputs, down_states = self._walk(down, state[half:], True)
        return tf.concat(up_outputs + down_outputs, 1), self._state_type(*up_states, *down_states)
