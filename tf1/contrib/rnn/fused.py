"""`FusedRNNCell` and what makes one of a cell: whole recurrent networks that take a sequence at once."""

from __future__ import annotations

import abc

import tf1 as tf
from tf1.contrib.rnn.cells import RNNCell


class FusedRNNCell(abc.ABC):
    """A network over [time, batch, n] sequences."""

    @abc.abstractmethod
    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: object = None,
        dtype: tf.DType | None = None,
        sequence_length: tf.Tensor | None = None,
        scope: object = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], object]:
        """Returns outputs and final state.

        Args:
          inputs: [time, batch, n], or a list of [batch, n].
          initial_state: None for zeros of type `dtype`.
          dtype: needed where there is no initial state.
          sequence_length: [batch] integers; None where all take the whole time.
          scope: variable scope, or its name.
        """


class FusedRNNCellAdaptor(FusedRNNCell):
    """Runs a cell over the sequence.

    Args:
      cell: the cell.
      use_dynamic_rnn: whether in a loop of the graph, or else unrolled.
    """

    def __init__(self, cell: RNNCell, use_dynamic_rnn: bool = False):
        self._cell = cell
        self._use_dynamic_rnn = use_dynamic_rnn

    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: object = None,
        dtype: tf.DType | None = None,
        sequence_length: tf.Tensor | None = None,
        scope: object = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], object]:
        """Returns outputs, a list where `inputs` is one, and final state."""
        is_list = isinstance(inputs, list)
        options = {
            'sequence_length': sequence_length,
            'initial_state': initial_state,
            'dtype': dtype,
            'scope': scope,
        }
        if self._use_dynamic_rnn:
            stacked = tf.stack(inputs) if is_list else inputs
            outputs, state = tf.nn.dynamic_rnn(self._cell, stacked, time_major=True, **options)
            return (tf.unstack(outputs) if is_list else outputs), state
        outputs, state = tf.nn.static_rnn(self._cell, inputs if is_list else tf.unstack(inputs), **options)
        return (outputs if is_list else tf.stack(outputs)), state


class TimeReversedFusedRNN(FusedRNNCell):
    """Runs a network from the end of each sequence to its start.

    Args:
      cell: a `FusedRNNCell`.
    """

    def __init__(self, cell: FusedRNNCell):
        self._cell = cell

    def __call__(
        self,
        inputs: tf.Tensor | list[tf.Tensor],
        initial_state: object = None,
        dtype: tf.DType | None = None,
        sequence_length: tf.Tensor | None = None,
        scope: object = None,
    ) -> tuple[tf.Tensor | list[tf.Tensor], object]:
        """Returns outputs, in the order of `inputs`, and the state at the start."""
        options = {'initial_state': initial_state, 'dtype': dtype, 'sequence_length': sequence_length, 'scope': scope}
        outputs, state = self._cell(_reverse(inputs, sequence_length), **options)
        return _reverse(outputs, sequence_length), state


def _reverse(sequence: tf.Tensor | list[tf.Tensor], lengths: tf.Tensor | None) -> tf.Tensor | list[tf.Tensor]:
    if isinstance(sequence, list):
        return sequence[::-1]
    if lengths is None:
        return tf.reverse_v2(sequence, [0])
    return tf.reverse_sequence(sequence, lengths, seq_axis=0, batch_axis=1)
