"""`BeamSearchDecoder`: keeps the best few continuations of each sequence."""

from __future__ import annotations

import collections

import tf1 as tf
from tf1.contrib.rnn.cells import RNNCell, check_cell
from tf1.contrib.seq2seq.attention_wrapper import AttentionWrapperState
from tf1.contrib.seq2seq.basic_decoder import check_layer, layer_size
from tf1.contrib.seq2seq.beams import gather_tree
from tf1.contrib.seq2seq.decoder import Decoder
from tf1.contrib.seq2seq.helpers import check_tokens, embedding_function

_STATE = ('cell_state', 'log_probs', 'finished', 'lengths', 'accumulated_attention_probs')


class BeamSearchDecoderState(collections.namedtuple('BeamSearchDecoderState', _STATE)):
    """State of a step: all are [batch, beam] or [batch, beam, ...]; the last is () without a coverage penalty."""


class BeamSearchDecoderOutput(
    collections.namedtuple('BeamSearchDecoderOutput', ('scores', 'predicted_ids', 'parent_ids'))
):
    """Output of a step, [batch, beam] each."""


class FinalBeamSearchDecoderOutput(
    collections.namedtuple('FinalBeamDecoderOutput', ('predicted_ids', 'beam_search_decoder_output'))
):
    """Paths, [batch, time, beam] with the best beam first, and the outputs of all steps."""


class BeamSearchDecoder(Decoder):
    """Beam search over a cell.

    With an `AttentionWrapper`, its memory and state must be tiled with `tile_batch` first.

    Args:
      cell: the cell.
      embedding: a table [tokens, n], or a function of ids.
      start_tokens: [batch] int32.
      end_token: scalar int32 that finishes a beam.
      initial_state: of the cell, for batch * beam_width.
      beam_width: beams.
      output_layer: makes logits of the cell's outputs; None for none.
      length_penalty_weight: 0 for none (arXiv:1609.08144).
      coverage_penalty_weight: 0 for none; needs an `AttentionWrapper`.
      reorder_tensor_arrays: whether arrays in the final state, such as alignments, follow the final beams.

    Raises:
      TypeError: `cell` is no cell, or `output_layer` no layer.
      ValueError: `start_tokens` is no vector, `end_token` no scalar, or a state's rank is not known.
    """

    def __init__(
        self,
        cell: RNNCell,
        embedding: object,
        start_tokens: tf.Tensor,
        end_token: int | tf.Tensor,
        initial_state: object,
        beam_width: int,
        output_layer: tf.layers.Layer | None = None,
        length_penalty_weight: float = 0.0,
        coverage_penalty_weight: float = 0.0,
        reorder_tensor_arrays: bool = True,
    ):
        check_cell('cell', cell)
        check_layer('output_layer', output_layer)
        self._cell = cell
        self._output_layer = output_layer
        self._reorder_tensor_arrays = reorder_tensor_arrays
        self._embedding_fn = embedding_function(embedding)
        start_tokens = tf.convert_to_tensor(start_tokens, dtype=tf.int32, name='start_tokens')
        self._end_token = tf.convert_to_tensor(end_token, dtype=tf.int32, name='end_token')
        check_tokens(start_tokens, self._end_token)
        self._batch_size = tf.size(start_tokens)
        self._beam_width = beam_width
        self._length_penalty_weight = length_penalty_weight
        self._coverage_penalty_weight = coverage_penalty_weight
        self._initial_cell_state = tf.nest.map_structure(self._maybe_split_batch_beams, initial_state)
        self._start_tokens = tf.tile(tf.expand_dims(start_tokens, 1), [1, beam_width])
        self._start_inputs = self._embedding_fn(self._start_tokens)
        first = tf.zeros([self._batch_size], tf.int32)
        self._finished = tf.one_hot(first, beam_width, on_value=False, off_value=True, dtype=tf.bool)

    @property
    def batch_size(self) -> tf.Tensor:
        """Sequences, scalar int32."""
        return self._batch_size

    @property
    def tracks_own_finished(self) -> bool:
        """True: a beam may make way for one that is not finished."""
        return True

    def _rnn_output_size(self) -> object:
        return layer_size(self._cell.output_size, self._output_layer)

    @property
    def output_size(self) -> BeamSearchDecoderOutput:
        """A number per beam."""
        return BeamSearchDecoderOutput(*[tf.TensorShape([self._beam_width])] * 3)

    @property
    def output_dtype(self) -> BeamSearchDecoderOutput:
        """The state's type for scores, int32 for ids."""
        return BeamSearchDecoderOutput(tf.nest.flatten(self._initial_cell_state)[0].dtype, tf.int32, tf.int32)

    def initialize(self, name: str | None = None) -> tuple:
        """Returns (finished, start inputs, first state); at first only one beam of each sequence is alive."""
        batch, width = self._batch_size, self._beam_width
        dtype = tf.nest.flatten(self._initial_cell_state)[0].dtype
        first = tf.zeros([batch], tf.int32)
        attention = self._attention_probs(self._initial_cell_state)
        lowest = dtype.as_numpy_dtype(float('-inf'))
        state = BeamSearchDecoderState(
            cell_state=self._initial_cell_state,
            log_probs=tf.one_hot(first, width, on_value=dtype.as_numpy_dtype(0), off_value=lowest, dtype=dtype),
            finished=self._finished,
            lengths=tf.zeros([batch, width], tf.int64),
            accumulated_attention_probs=() if attention is None else attention,
        )
        return self._finished, self._start_inputs, state

    def step(self, time: tf.Tensor, inputs: object, state: BeamSearchDecoderState, name: str | None = None) -> tuple:
        """Returns (outputs, next state, next inputs, finished [batch, beam])."""
        with tf.name_scope(name, 'BeamSearchDecoderStep', (time, inputs, state)):
            outputs, cell_state = self._cell(
                tf.nest.map_structure(self._maybe_merge_batch_beams, inputs),
                tf.nest.map_structure(self._maybe_merge_batch_beams, state.cell_state),
            )
            logits = tf.nest.map_structure(self._maybe_split_batch_beams, outputs)
            cell_state = tf.nest.map_structure(self._maybe_split_batch_beams, cell_state)
            if self._output_layer is not None:
                logits = self._output_layer(logits)
            output, next_state = self._search(logits, cell_state, state)
            next_inputs = tf.cond(
                tf.reduce_all(next_state.finished),
                lambda: self._start_inputs,
                lambda: self._embedding_fn(output.predicted_ids),
            )
        return output, next_state, next_inputs, next_state.finished

    def finalize(
        self, outputs: BeamSearchDecoderOutput, final_state: BeamSearchDecoderState, sequence_lengths: tf.Tensor
    ) -> tuple:
        """Returns (final outputs, final state): the paths that end in each beam."""
        longest = tf.cast(tf.reduce_max(final_state.lengths, axis=1), tf.int32)
        predicted_ids = gather_tree(outputs.predicted_ids, outputs.parent_ids, longest, self._end_token)
        if self._reorder_tensor_arrays:
            cell_state = tf.nest.map_structure(
                lambda item: self._reordered(item, outputs.parent_ids, final_state.lengths), final_state.cell_state
            )
            final_state = final_state._replace(cell_state=cell_state)
        return FinalBeamSearchDecoderOutput(predicted_ids, outputs), final_state

    # Decoders that programs derive from this one call these by TF 1.15's names, with the size of a row.
    def _maybe_split_batch_beams(self, values: object, size: object = None) -> object:
        """Returns [batch * beam, ...] as [batch, beam, ...]; arrays and scalars as they are."""
        if isinstance(values, tf.TensorArray):
            return values
        if values.shape.rank is None:
            raise ValueError(f'Tensors of a state must have a known rank, got {values}.')
        if values.shape.rank == 0:
            return values
        rest = values.shape[1:]
        split = tf.reshape(values, tf.concat([[self._batch_size, self._beam_width], tf.shape(values)[1:]], 0))
        split.set_shape(tf.TensorShape([tf.get_static_value(self._batch_size), self._beam_width]).concatenate(rest))
        return split

    def _maybe_merge_batch_beams(self, values: object, size: object = None) -> object:
        """Returns [batch, beam, ...] as [batch * beam, ...]; arrays and scalars as they are."""
        if isinstance(values, tf.TensorArray) or values.shape.rank == 0:
            return values
        rest = values.shape[2:]
        rows = self._batch_size * self._beam_width
        merged = tf.reshape(values, tf.concat([[rows], tf.shape(values)[2:]], 0))
        batch = tf.get_static_value(self._batch_size)
        merged.set_shape(tf.TensorShape([batch and batch * self._beam_width]).concatenate(rest))
        return merged

    _split_batch_beams, _merge_batch_beams = _maybe_split_batch_beams, _maybe_merge_batch_beams

    def _search(
        self, logits: tf.Tensor, cell_state: object, state: BeamSearchDecoderState
    ) -> tuple[BeamSearchDecoderOutput, BeamSearchDecoderState]:
        """Returns the best beams among all continuations of `state`."""
        vocabulary = logits.shape[-1].value or tf.shape(logits)[-1]
        alive = tf.logical_not(state.finished)
        step_log_probs = self._only_end(tf.nn.log_softmax(logits), state.finished, vocabulary)
        total = state.log_probs[:, :, tf.newaxis] + step_log_probs
        attention = self._accumulated(cell_state, state, alive)
        lengths = self._continued_lengths(state, alive, vocabulary)
        scores = self._scores(total, lengths, attention, state.finished)
        flat_scores = tf.reshape(scores, [self._batch_size, -1])
        best_scores, places = tf.nn.top_k(flat_scores, self._beam_width)
        best_scores.set_shape([tf.get_static_value(self._batch_size), self._beam_width])
        word_ids, parents = tf.floormod(places, vocabulary), tf.floordiv(places, vocabulary)
        was_finished = _pick(state.finished, parents)
        next_state = BeamSearchDecoderState(
            cell_state=tf.nest.map_structure(lambda item: _picked_beams(item, parents), cell_state),
            log_probs=_pick(tf.reshape(total, [self._batch_size, -1]), places),
            finished=tf.logical_or(was_finished, tf.equal(word_ids, self._end_token)),
            lengths=_pick(state.lengths, parents) + tf.cast(tf.logical_not(was_finished), tf.int64),
            accumulated_attention_probs=() if attention is None else _pick(attention, parents),
        )
        return BeamSearchDecoderOutput(best_scores, word_ids, parents), next_state

    def _only_end(self, log_probs: tf.Tensor, finished: tf.Tensor, vocabulary: int | tf.Tensor) -> tf.Tensor:
        """Returns `log_probs`, [batch, beam, words], with nothing but the end token possible where finished."""
        dtype = log_probs.dtype
        row = tf.one_hot(
            self._end_token, vocabulary, dtype=dtype, on_value=dtype.as_numpy_dtype(0), off_value=dtype.min
        )
        return tf.where_v2(finished[:, :, tf.newaxis], row, log_probs)

    def _continued_lengths(
        self, state: BeamSearchDecoderState, alive: tf.Tensor, vocabulary: int | tf.Tensor
    ) -> tf.Tensor:
        """Returns the length of each continuation, [batch, beam, words] int64; the end token adds none."""
        added = tf.one_hot(self._end_token, vocabulary, on_value=0, off_value=1, dtype=tf.int64)
        return state.lengths[:, :, tf.newaxis] + added * tf.cast(alive, tf.int64)[:, :, tf.newaxis]

    def _scores(
        self, log_probs: tf.Tensor, lengths: tf.Tensor, attention: tf.Tensor | None, finished: tf.Tensor
    ) -> tf.Tensor:
        """Returns what beams are ranked by, [batch, beam, words]; coverage counts for finished beams alone."""
        if tf.get_static_value(self._length_penalty_weight) != 0:
            penalty = ((5.0 + tf.cast(lengths, tf.float32)) / 6.0) ** self._length_penalty_weight
            log_probs /= tf.cast(penalty, log_probs.dtype)
        if attention is None:
            return log_probs
        # Steps past the memory's end never get attention.
        attention = tf.where(tf.equal(attention, 0.0), tf.ones_like(attention), attention)
        coverage = tf.reduce_sum(tf.log(tf.minimum(attention, 1.0)), 2)
        coverage *= tf.cast(finished, coverage.dtype)
        return log_probs + (self._coverage_penalty_weight * coverage)[:, :, tf.newaxis]

    def _accumulated(self, cell_state: object, state: BeamSearchDecoderState, alive: tf.Tensor) -> tf.Tensor | None:
        attention = self._attention_probs(cell_state)
        if attention is None:
            return None
        return state.accumulated_attention_probs + attention * tf.cast(alive, attention.dtype)[:, :, tf.newaxis]

    def _attention_probs(self, cell_state: object) -> tf.Tensor | None:
        """Returns alignments, the mean where there are several: [batch, beam, time]; None without a penalty."""
        if tf.get_static_value(self._coverage_penalty_weight) == 0:
            return None
        states = cell_state if isinstance(cell_state, tuple) else ()
        states = (states,) if isinstance(states, AttentionWrapperState) else states
        layers = [_alignments(item) for item in states if isinstance(item, AttentionWrapperState)]
        if not layers:
            raise ValueError(
                f'coverage_penalty_weight must be 0 for a cell without an AttentionWrapper, '
                f'got {self._coverage_penalty_weight}.'
            )
        return _mean(layers)

    def _reordered(self, item: object, parent_ids: tf.Tensor, lengths: tf.Tensor) -> object:
        """Returns an array of [batch * beam, ...] as a tensor [time, batch, beam, ...] that follows final beams."""
        if not isinstance(item, tf.TensorArray):
            return item
        steps = item.stack()
        shape = tf.shape(parent_ids)
        steps = tf.reshape(steps, tf.concat([shape, tf.shape(steps)[2:]], 0))
        beams = tf.tile(tf.range(self._beam_width)[tf.newaxis, tf.newaxis], [shape[0], shape[1], 1])
        longest = tf.cast(tf.reduce_max(lengths, axis=1), tf.int32)
        paths = gather_tree(beams, parent_ids, longest, self._beam_width + 1)
        inside = tf.transpose(tf.sequence_mask(lengths, maxlen=shape[0]), [2, 0, 1])
        return tf.gather(steps, tf.where(inside, paths, beams), axis=2, batch_dims=2)


def _pick(values: tf.Tensor, places: tf.Tensor) -> tf.Tensor:
    """Returns of each row of `values`, [batch, n, ...], the items at `places`, [batch, beam]."""
    return tf.gather(values, places, axis=1, batch_dims=1)


def _picked_beams(item: object, parents: tf.Tensor) -> object:
    if isinstance(item, tf.TensorArray) or item.shape.rank < 2:
        return item
    picked = _pick(item, parents)
    picked.set_shape(item.shape)
    return picked


def _alignments(state: AttentionWrapperState) -> tf.Tensor:
    return _mean(state.alignments if isinstance(state.alignments, tuple) else (state.alignments,))


def _mean(items: list[tf.Tensor] | tuple[tf.Tensor, ...]) -> tf.Tensor:
    return items[0] if len(items) == 1 else tf.add_n(list(items)) / len(items)
