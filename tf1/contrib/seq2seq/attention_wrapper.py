"""`AttentionWrapper`: a cell with attention over one memory or several."""

from __future__ import annotations

import collections
from collections.abc import Callable, Sequence

import tf1 as tf
from tf1.contrib import framework
from tf1.contrib.rnn import sizes
from tf1.contrib.rnn.cells import RNNCell, check_cell, unconverted
from tf1.contrib.seq2seq.attention import AttentionMechanism
from tf1.contrib.seq2seq.basic_decoder import layer_size

_FIELDS = ('cell_state', 'attention', 'time', 'alignments', 'alignment_history', 'attention_state')


class AttentionWrapperState(collections.namedtuple('AttentionWrapperState', _FIELDS)):
    """State of an `AttentionWrapper`; the last three are tuples where it has several mechanisms.

    Attributes:
      cell_state: of the wrapped cell.
      attention: the last attention, [batch, n].
      time: scalar int32.
      alignments: the last alignments, [batch, time of the memory].
      alignment_history: a TensorArray of all alignments, or ().
      attention_state: of the mechanism.
    """

    def clone(self, **kwargs: object) -> AttentionWrapperState:
        """Returns a copy with some fields replaced.

        Raises:
          ValueError: a replaced tensor's shape does not fit. Where it is not known, InvalidArgumentError when it runs.
        """

        def fitted(old: object, new: object) -> object:
            if isinstance(old, tf.Tensor) and isinstance(new, tf.Tensor):
                return framework.with_same_shape(old, new)
            return new

        return tf.nest.map_structure(fitted, self, self._replace(**kwargs))


def hardmax(logits: tf.Tensor, name: str | None = None) -> tf.Tensor:
    """Returns 1 where `logits`, [..., n], is largest, and else 0."""
    with tf.name_scope(name, 'Hardmax', [logits]):
        logits = tf.convert_to_tensor(logits, name='logits')
        depth = logits.shape[-1].value or tf.shape(logits)[-1]
        return tf.one_hot(tf.argmax(logits, -1), depth, dtype=logits.dtype)


class AttentionWrapper(RNNCell):
    """Runs a cell on inputs joined with the last attention, and attends with its output.

    Args:
      cell: the cell.
      attention_mechanism: one, or a sequence of them.
      attention_layer_size: size of the attention after a layer on cell output and context; None for the context
        itself; a list for several mechanisms.
      alignment_history: whether all alignments are kept.
      cell_input_fn: of inputs and attention, returns the cell's inputs; None to join them.
      output_attention: whether the output is the attention, or else the cell's output.
      initial_cell_state: what `zero_state` gives the cell; None for zeros.
      name: of the cell and of its scope.
      attention_layer: a layer in place of `attention_layer_size`, or a list.
      attention_fn: of mechanism, cell output, state and layer, returns attention, alignments and next state.
      dtype: of the attention layers; None for float32.

    Raises:
      TypeError: an argument is not what it must be.
      ValueError: both layer and size are given, or not one for each mechanism.
    """

    def __init__(
        self,
        cell: RNNCell,
        attention_mechanism: AttentionMechanism | Sequence[AttentionMechanism],
        attention_layer_size: int | Sequence[int] | None = None,
        alignment_history: bool = False,
        cell_input_fn: Callable | None = None,
        output_attention: bool = True,
        initial_cell_state: object = None,
        name: str | None = None,
        attention_layer: object = None,
        attention_fn: Callable | None = None,
        dtype: tf.DType | None = None,
    ):
        super().__init__(name=name)
        check_cell('cell', cell)
        self._is_multi = isinstance(attention_mechanism, (list, tuple))
        self._attention_mechanisms = tuple(attention_mechanism if self._is_multi else (attention_mechanism,))
        for mechanism in self._attention_mechanisms:
            if not isinstance(mechanism, AttentionMechanism):
                raise TypeError(f'attention_mechanism must be an AttentionMechanism or a list, got {mechanism!r}.')
        if cell_input_fn is not None and not callable(cell_input_fn):
            raise TypeError(f'cell_input_fn must be a function, got {cell_input_fn!r}.')
        self._cell = cell
        self._cell_input_fn = cell_input_fn or (lambda inputs, attention: tf.concat([inputs, attention], -1))
        self._attention_layers = self._make_layers(attention_layer_size, attention_layer, dtype)
        self._attention_layer_size = sum(self._sizes())
        self._attention_fn = attention_fn or attend
        self._output_attention = output_attention
        self._alignment_history = alignment_history
        self._initial_cell_state = initial_cell_state
        if initial_cell_state is not None:
            self._check_batch(self._batch_of(tf.nest.flatten(initial_cell_state)[-1]))

    def _make_layers(self, sizes: object, layers: object, dtype: tf.DType | None) -> tuple:
        if sizes is not None and layers is not None:
            raise ValueError('One of attention_layer_size and attention_layer must be None, got both.')
        count = len(self._attention_mechanisms)
        given = sizes if sizes is not None else layers
        if given is None:
            return (None,) * count
        given = tuple(given if isinstance(given, (list, tuple)) else (given,))
        if len(given) != count:
            raise ValueError(f'There must be an attention layer for each of {count} mechanisms, got {len(given)}.')
        if sizes is None:
            return given
        return tuple(
            tf.layers.Dense(size, name='attention_layer', use_bias=False, dtype=dtype or tf.float32) for size in given
        )

    def _sizes(self) -> list[int]:
        sizes = []
        for mechanism, layer in zip(self._attention_mechanisms, self._attention_layers, strict=True):
            depth = mechanism.values.shape[-1].value
            if layer is not None:
                depth = layer_size(self._cell.output_size + depth, layer)[-1].value
            sizes.append(depth)
        return sizes

    @unconverted
    def _batch_of(self, values: tf.Tensor) -> int | tf.Tensor:
        return values.shape[0].value or tf.shape(values)[0]

    @unconverted
    def _check_batch(self, batch_size: int | tf.Tensor) -> list[tf.Operation]:
        message = (
            f'The batch of {self.name} and of its memory must be of one size. With a BeamSearchDecoder, tile the '
            'memory and give zero_state batch_size * beam_width.'
        )
        return self._batch_size_checks(batch_size, message)

    # Cells that programs derive from this one call what has TF 1.15's private names.
    @unconverted
    def _batch_size_checks(self, batch_size: int | tf.Tensor, error_message: str) -> list[tf.Operation]:
        checks = [
            tf.assert_equal(batch_size, mechanism.batch_size, message=error_message)
            for mechanism in self._attention_mechanisms
        ]
        return [check for check in checks if check is not None]

    @unconverted
    def _item_or_tuple(self, values: Sequence) -> object:
        values = tuple(values)
        return values if self._is_multi else values[0]

    @property
    def output_size(self) -> object:
        """Size of an output, without the batch."""
        return self._attention_layer_size if self._output_attention else self._cell.output_size

    @property
    def state_size(self) -> AttentionWrapperState:
        """Sizes of the state."""
        mechanisms = self._attention_mechanisms
        return AttentionWrapperState(
            cell_state=self._cell.state_size,
            time=tf.TensorShape([]),
            attention=self._attention_layer_size,
            alignments=self._item_or_tuple(m.alignments_size for m in mechanisms),
            attention_state=self._item_or_tuple(m.state_size for m in mechanisms),
            alignment_history=self._item_or_tuple(
                m.alignments_size if self._alignment_history else () for m in mechanisms
            ),
        )

    def zero_state(self, batch_size: int | tf.Tensor, dtype: tf.DType) -> AttentionWrapperState:
        """Returns the first state: no attention, and the cell's initial state or zeros."""
        with tf.name_scope(f'{type(self).__name__}ZeroState', values=[batch_size]):
            cell_state = self._initial_cell_state
            if cell_state is None:
                cell_state = self._cell.zero_state(batch_size, dtype)
            with tf.control_dependencies(self._check_batch(batch_size)):
                cell_state = tf.nest.map_structure(lambda s: tf.identity(s, name='checked_cell_state'), cell_state)
            mechanisms = self._attention_mechanisms
            alignments = [m.initial_alignments(batch_size, dtype) for m in mechanisms]
            return AttentionWrapperState(
                cell_state=cell_state,
                time=tf.zeros([], tf.int32),
                attention=sizes.zeros_of(self._attention_layer_size, batch_size, dtype),
                alignments=self._item_or_tuple(alignments),
                attention_state=self._item_or_tuple(m.initial_state(batch_size, dtype) for m in mechanisms),
                alignment_history=self._item_or_tuple(map(self._history, alignments)),
            )

    def _history(self, alignments: tf.Tensor) -> object:
        if not self._alignment_history:
            return ()
        return tf.TensorArray(alignments.dtype, size=0, dynamic_size=True, element_shape=alignments.shape)

    def call(self, inputs: tf.Tensor, state: AttentionWrapperState) -> tuple[tf.Tensor, AttentionWrapperState]:
        """Returns output, the attention or the cell's, and new state for `inputs`, [batch, n].

        Raises:
          TypeError: `state` is no `AttentionWrapperState`.
        """
        if not isinstance(state, AttentionWrapperState):
            raise TypeError(f'state must be an AttentionWrapperState, got {type(state).__name__}.')
        cell_output, cell_state = self._cell(self._cell_input_fn(inputs, state.attention), state.cell_state)
        with tf.control_dependencies(self._check_batch(self._batch_of(cell_output))):
            cell_output = tf.identity(cell_output, name='checked_cell_output')
        results = self._attend_all(cell_output, state)
        attention = tf.concat([attention for attention, _, _, _ in results], 1)
        next_state = AttentionWrapperState(
            time=state.time + 1,
            cell_state=cell_state,
            attention=attention,
            attention_state=self._item_or_tuple(next_state for _, _, next_state, _ in results),
            alignments=self._item_or_tuple(alignments for _, alignments, _, _ in results),
            alignment_history=self._item_or_tuple(history for _, _, _, history in results),
        )
        return (attention if self._output_attention else cell_output), next_state

    @unconverted
    def _attend_all(self, cell_output: tf.Tensor, state: AttentionWrapperState) -> list[tuple]:
        """Returns attention, alignments, next state and history of each mechanism."""
        states, histories = state.attention_state, state.alignment_history
        if not self._is_multi:
            states, histories = (states,), (histories,)
        results = []
        for mechanism, layer, last, history in zip(
            self._attention_mechanisms, self._attention_layers, states, histories, strict=True
        ):
            attention, alignments, next_state = self._attention_fn(mechanism, cell_output, last, layer)
            if self._alignment_history:
                history = history.write(state.time, alignments)
            results.append((attention, alignments, next_state, history))
        return results


def attend(
    attention_mechanism: AttentionMechanism, cell_output: tf.Tensor, attention_state: object, attention_layer: object
) -> tuple[tf.Tensor, tf.Tensor, object]:
    """Returns attention [batch, n], alignments [batch, time] and next state."""
    alignments, next_state = attention_mechanism(cell_output, state=attention_state)
    context = tf.squeeze(tf.matmul(tf.expand_dims(alignments, 1), attention_mechanism.values), [1])
    if attention_layer is not None:
        context = attention_layer(tf.concat([cell_output, context], 1))
    return context, alignments, next_state
