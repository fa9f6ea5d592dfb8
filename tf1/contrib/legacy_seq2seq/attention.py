"""Unrolled decoders with attention (arXiv:1412.7449)."""

from __future__ import annotations

import copy
from collections.abc import Callable

import tf1 as tf
from tf1.contrib.legacy_seq2seq.models import Outputs, check_projection, either_way, fed_back
from tf1.contrib.rnn import weights
from tf1.contrib.rnn.cells import RNNCell
from tf1.contrib.rnn.wrappers import EmbeddingWrapper, OutputProjectionWrapper


def attention_decoder(
    decoder_inputs: list[tf.Tensor],
    initial_state: object,
    attention_states: tf.Tensor,
    cell: RNNCell,
    output_size: int | None = None,
    num_heads: int = 1,
    loop_function: Callable | None = None,
    dtype: tf.DType | None = None,
    scope: object = None,
    initial_state_attention: bool = False,
) -> Outputs:
    """Returns (outputs, final state).

    Args:
      decoder_inputs: a list of [batch, n].
      initial_state: of the cell.
      attention_states: what is attended to, [batch, length, size].
      cell: the cell.
      output_size: columns of an output; None for the cell's.
      num_heads: attentions, each with weights of its own.
      loop_function: of the last output and the step's index, returns an input in place of the given one.
      dtype: of the weights; None for float32.
      scope: variable scope; None for 'attention_decoder'.
      initial_state_attention: whether there is attention before the first step, or else zeros.

    Raises:
      ValueError: there are no inputs or heads, or the size of `attention_states` is not known.
    """
    if not decoder_inputs:
        raise ValueError('decoder_inputs must hold at least one step, got none.')
    if num_heads < 1:
        raise ValueError(f'num_heads must be > 0, got {num_heads}.')
    if attention_states.shape[2].value is None:
        raise ValueError(f'attention_states must have a known last dimension, got shape {attention_states.shape}.')
    output_size = cell.output_size if output_size is None else output_size
    with tf.variable_scope(scope or 'attention_decoder', dtype=dtype) as variable_scope:
        heads = [_Head(index, attention_states) for index in range(num_heads)]

        def attend(query_state: object) -> list[tf.Tensor]:
            return [head(_query(query_state)) for head in heads]

        batch = tf.shape(decoder_inputs[0])[0]
        attentions = [_zeros(batch, attention_states.shape[2].value, variable_scope.dtype) for _ in heads]
        if initial_state_attention:
            attentions = attend(initial_state)
        state, outputs, previous = initial_state, [], None
        for index, inputs in enumerate(decoder_inputs):
            if index > 0:
                tf.get_variable_scope().reuse_variables()
            if loop_function is not None and previous is not None:
                with tf.variable_scope('loop_function', reuse=True):
                    inputs = loop_function(previous, index)
            size = weights.known_size(inputs.shape.with_rank(2), 'decoder_inputs')
            cell_output, state = cell(
                weights.linear([inputs, *attentions], size, bias=True, variables_first=True), state
            )
            with tf.variable_scope(tf.get_variable_scope(), reuse=(index == 0 and initial_state_attention) or None):
                attentions = attend(state)
            with tf.variable_scope('AttnOutputProjection'):
                output = weights.linear([cell_output, *attentions], output_size, bias=True, variables_first=True)
            outputs.append(output)
            if loop_function is not None:
                previous = output
    return outputs, state


def _query(state: object) -> tf.Tensor:
    return tf.concat(tf.nest.flatten(state), 1)


def _zeros(batch: tf.Tensor, size: int, dtype: tf.DType) -> tf.Tensor:
    zeros = tf.zeros(tf.stack([batch, size]), dtype=dtype)
    zeros.set_shape([None, size])
    return zeros


class _Head:
    """One attention: the weighted mean of `states`, [batch, length, size], for a query."""

    def __init__(self, index: int, states: tf.Tensor):
        self._index = index
        size = states.shape[2].value
        length = states.shape[1].value or tf.shape(states)[1]
        self._hidden = tf.reshape(states, [-1, length, 1, size])
        self._size = size
        kernel = tf.get_variable(f'AttnW_{index}', [1, 1, size, size], dtype=states.dtype)
        self._features = tf.nn.conv2d(self._hidden, kernel, [1] * 4, 'SAME')
        self._vector = tf.get_variable(f'AttnV_{index}', [size], dtype=states.dtype)

    def __call__(self, query: tf.Tensor) -> tf.Tensor:
        with tf.variable_scope(f'Attention_{self._index}'):
            projected = weights.linear(query, self._size, bias=True)
            scores = tf.reduce_sum(
                self._vector * tf.tanh(self._features + projected[:, tf.newaxis, tf.newaxis]), [2, 3]
            )
            shares = tf.nn.softmax(scores)[:, :, tf.newaxis, tf.newaxis]
            return tf.reshape(tf.reduce_sum(shares * self._hidden, [1, 2]), [-1, self._size])


def embedding_attention_decoder(
    decoder_inputs: list[tf.Tensor],
    initial_state: object,
    attention_states: tf.Tensor,
    cell: RNNCell,
    num_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_size: int | None = None,
    output_projection: tuple | None = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    dtype: tf.DType | None = None,
    scope: object = None,
    initial_state_attention: bool = False,
) -> Outputs:
    """Returns (outputs, final state) of `attention_decoder` on embedded symbols.

    Args:
      decoder_inputs: a list of [batch] integers.
      num_symbols: rows of the embedding.
      embedding_size: columns of the embedding.
      output_projection: weight and bias that make logits of outputs; None where outputs are logits.
      feed_previous: whether only the first input is used, and then what was put out.
      update_embedding_for_previous: whether the embedding learns from symbols fed back.
      scope: variable scope; None for 'embedding_attention_decoder'.

    The others are as for `attention_decoder`.

    Raises:
      ValueError: as `attention_decoder`, or the projection does not fit.
    """
    output_size = cell.output_size if output_size is None else output_size
    if output_projection is not None:
        check_projection(output_projection, num_symbols)
    with tf.variable_scope(scope or 'embedding_attention_decoder', dtype=dtype):
        embedding = tf.get_variable('embedding', [num_symbols, embedding_size])
        loop_function = fed_back(embedding, output_projection, update_embedding_for_previous) if feed_previous else None
        return attention_decoder(
            [tf.nn.embedding_lookup(embedding, inputs) for inputs in decoder_inputs],
            initial_state,
            attention_states,
            cell,
            output_size=output_size,
            num_heads=num_heads,
            loop_function=loop_function,
            initial_state_attention=initial_state_attention,
        )


def embedding_attention_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    cell: RNNCell,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    num_heads: int = 1,
    output_projection: tuple | None = None,
    feed_previous: bool | tf.Tensor = False,
    dtype: tf.DType | None = None,
    scope: object = None,
    initial_state_attention: bool = False,
) -> Outputs:
    """Returns (outputs, final state) of a decoder that attends to the outputs of an encoder.

    Args:
      encoder_inputs: a list of [batch] integers.
      decoder_inputs: a list of [batch] integers.
      cell: the cell.
      num_encoder_symbols: rows of the encoder's embedding.
      num_decoder_symbols: rows of the decoder's embedding.
      embedding_size: columns of both.
      num_heads: as for `attention_decoder`.
      output_projection: weight and bias for feeding back; None for a trained projection of outputs to logits.
      feed_previous: as for `embedding_rnn_seq2seq`.
      dtype: of weights and initial state; None for float32.
      scope: variable scope; None for 'embedding_attention_seq2seq'.
      initial_state_attention: as for `attention_decoder`.
    """
    with tf.variable_scope(scope or 'embedding_attention_seq2seq', dtype=dtype) as variable_scope:
        encoder = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        outputs, state = tf.nn.static_rnn(encoder, encoder_inputs, dtype=variable_scope.dtype)
        attention_states = tf.stack(outputs, axis=1)
        output_size = None
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)
            output_size = num_decoder_symbols

        def decode(feed: bool) -> Outputs:
            return embedding_attention_decoder(
                decoder_inputs,
                state,
                attention_states,
                cell,
                num_decoder_symbols,
                embedding_size,
                num_heads=num_heads,
                output_size=output_size,
                output_projection=output_projection,
                feed_previous=feed,
                update_embedding_for_previous=isinstance(feed_previous, bool),
                initial_state_attention=initial_state_attention,
            )

        return decode(feed_previous) if isinstance(feed_previous, bool) else either_way(decode, feed_previous)
