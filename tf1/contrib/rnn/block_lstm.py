"""`LSTMBlockFusedCell`: a whole LSTM network as one operation, and `LSTMBlockWrapper`, what it is built on."""

from __future__ import annotations

import abc

import tf1 as tf
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.block_cells import add_lstm_weights, peepholes
from tf1.contrib.rnn.cells import LSTMStateTuple, unconverted


class LSTMBlockWrapper(tf.layers.Layer, metaclass=abc.ABCMeta):
    """A network whose subclass computes all steps at once; this class sees to initial states and lengths."""

    @property
    @abc.abstractmethod
    def num_units(self) -> int:
        """Units, the size of output and cell state."""

    @abc.abstractmethod
    def _call_cell(
        self,
        inputs: tf.Tensor,
        initial_cell_state: tf.Tensor,
        initial_output: tf.Tensor,
        dtype: tf.DType,
        sequence_length: tf.Tensor | None,
    ) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns cell states and outputs of all steps, both [time, batch, num_units]."""

    def call(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: tuple[tf.Tensor, tf.Tensor] | None = None,
        dtype: tf.DType | None = None,
        sequence_length: tf.Tensor | None = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], LSTMStateTuple]:
        """Returns outputs [time, batch, num_units] and final state.

        Args:
          inputs: [time, batch, n], or a list of [batch, n].
          initial_state: cell state and output, both [batch, num_units]; None for zeros of type `dtype`.
          dtype: needed where there is no initial state.
          sequence_length: [batch] integers; past it outputs are zeros and the state stays.

        Raises:
          TypeError, ValueError: `initial_state` is not a pair, neither it nor `dtype` is given, or a shape is wrong.
        """
        is_list = isinstance(inputs, list)
        inputs = tf.stack(inputs) if is_list else inputs
        shape = inputs.shape.with_rank(3)
        batch = shape[1].value or tf.shape(inputs)[1]
        time = shape[0].value or tf.shape(inputs)[0]
        c, h = self._initial(initial_state, dtype, batch)
        dtype = dtype or c.dtype
        if sequence_length is not None:
            sequence_length = tf.cast(sequence_length, tf.int32)
        cs, hs = self._call_cell(inputs, c, h, dtype, sequence_length)
        if sequence_length is None:
            state = LSTMStateTuple(cs[-1], hs[-1])
        else:
            mask = tf.transpose(tf.sequence_mask(sequence_length, time, dtype))
            hs *= tf.tile(tf.expand_dims(mask, [-1]), [1, 1, self.num_units])
            rows = [tf.concat([tf.expand_dims(first, [0]), steps], 0) for first, steps in ((c, cs), (h, hs))]
            state = LSTMStateTuple(*(_at(sequence_length, steps, batch) for steps in rows))
        return (tf.unstack(hs) if is_list else hs), state

    @unconverted
    def _initial(
        self, state: tuple[tf.Tensor, tf.Tensor] | None, dtype: tf.DType | None, batch: int | tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        if state is not None:
            if len(state) != 2:
                raise ValueError(f'initial_state must be a pair of cell state and output, got {state}.')
            return tuple(tf.convert_to_tensor(part, dtype) for part in state)
        if dtype is None:
            raise ValueError('One of initial_state and dtype must be set, got neither.')
        shape = tf.stack([batch, self.num_units])
        with tf.name_scope('zeros') as scope:
            zeros = tf.fill(shape, tf.constant(0, dtype=dtype), name=scope)
        return zeros, zeros


@unconverted
def _at(lengths: tf.Tensor, rows: tf.Tensor, batch: int | tf.Tensor) -> tf.Tensor:
    """Returns of each sequence the row after its last step: the first one where its length is 0."""
    return tf.gather_nd(rows, tf.stack([lengths, tf.range(batch)], axis=1))


class LSTMBlockFusedCell(LSTMBlockWrapper):
    """An LSTM network whose variables are those of `LSTMCell`.

    Args:
      num_units: units, the size of output and cell state.
      forget_bias: added to the forget gate.
      cell_clip: the cell state is clipped to [-cell_clip, cell_clip]; None for no bound.
      use_peephole: whether the gates see the cell state.
      reuse: whether the variables exist already.
      dtype: of the variables; None for that of the first input.
      name: of the network and of its scope.
    """

    def __init__(
        self,
        num_units: int,
        forget_bias: float = 1.0,
        cell_clip: float | None = None,
        use_peephole: bool = False,
        reuse: bool | None = None,
        dtype: tf.DType | None = None,
        name: str = 'lstm_fused_cell',
    ):
        super().__init__(_reuse=reuse, name=name, dtype=dtype)
        self.input_spec = tf.layers.InputSpec(ndim=3)
        self._num_units = num_units
        self._forget_bias = forget_bias
        self._cell_clip = -1 if cell_clip is None else cell_clip
        self._use_peephole = use_peephole

    @property
    def num_units(self) -> int:
        """Units, the size of output and cell state."""
        return self._num_units

    def build(self, input_shape: tf.TensorShape) -> None:
        """Creates the variables; raises ValueError where the input's size is not known."""
        size = weights.known_size(tf.TensorShape(input_shape), 'inputs')
        add_lstm_weights(self, size, self._num_units, self._use_peephole)
        self.built = True

    @unconverted
    def _call_cell(
        self,
        inputs: tf.Tensor,
        initial_cell_state: tf.Tensor | None = None,
        initial_output: tf.Tensor | None = None,
        dtype: tf.DType | None = None,
        sequence_length: tf.Tensor | None = None,
    ) -> tuple[tf.Tensor, tf.Tensor]:
        wci, wcf, wco = peepholes(self, self._num_units)
        if sequence_length is not None:
            steps = tf.reduce_max(sequence_length)
        else:
            steps = inputs.shape[0].value or tf.shape(inputs)[0]
        made = tf.raw_ops.BlockLSTM(
            seq_len_max=tf.cast(steps, tf.int64),
            x=inputs,
            cs_prev=initial_cell_state,
            h_prev=initial_output,
            w=self.kernel,
            wci=wci,
            wcf=wcf,
            wco=wco,
            b=self.bias,
            forget_bias=self._forget_bias,
            cell_clip=self._cell_clip,
            use_peephole=self._use_peephole,
        )
        return made.cs, made.h
