"""Unrolled encoders and decoders without attention; inputs are lists of tensors, one per step."""

from __future__ import annotations

import copy
from collections.abc import Callable

import tf1 as tf
from tf1.contrib.rnn.cells import RNNCell
from tf1.contrib.rnn.wrappers import EmbeddingWrapper, OutputProjectionWrapper

Outputs = tuple[list[tf.Tensor], object]


def rnn_decoder(
    decoder_inputs: list[tf.Tensor],
    initial_state: object,
    cell: RNNCell,
    loop_function: Callable | None = None,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state).

    Args:
      decoder_inputs: a list of [batch, n].
      initial_state: of the cell.
      cell: the cell.
      loop_function: of the last output and the step's index, returns an input in place of the given one.
      scope: variable scope; None for 'rnn_decoder'.
    """
    with tf.variable_scope(scope or 'rnn_decoder'):
        state, outputs, previous = initial_state, [], None
        for index, inputs in enumerate(decoder_inputs):
            if loop_function is not None and previous is not None:
                with tf.variable_scope('loop_function', reuse=True):
                    inputs = loop_function(previous, index)
            if index > 0:
                tf.get_variable_scope().reuse_variables()
            output, state = cell(inputs, state)
            outputs.append(output)
            if loop_function is not None:
                previous = output
    return outputs, state


def basic_rnn_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    cell: RNNCell,
    dtype: tf.DType = tf.float32,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state) of a decoder that starts where an encoder, with weights of its own, ends."""
    with tf.variable_scope(scope or 'basic_rnn_seq2seq'):
        _, state = tf.nn.static_rnn(copy.deepcopy(cell), encoder_inputs, dtype=dtype)
        return rnn_decoder(decoder_inputs, state, cell)


def tied_rnn_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    cell: RNNCell,
    loop_function: Callable | None = None,
    dtype: tf.DType = tf.float32,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state) of a decoder that has the encoder's weights."""
    with tf.variable_scope('combined_tied_rnn_seq2seq'):
        scope = scope or 'tied_rnn_seq2seq'
        _, state = tf.nn.static_rnn(cell, encoder_inputs, dtype=dtype, scope=scope)
        tf.get_variable_scope().reuse_variables()
        return rnn_decoder(decoder_inputs, state, cell, loop_function=loop_function, scope=scope)


def fed_back(embedding: tf.Variable, output_projection: tuple | None = None, update_embedding: bool = True) -> Callable:
    """Returns a loop function: the embedding of the likeliest symbol, without gradient unless `update_embedding`."""

    def loop_function(previous: tf.Tensor, _: int) -> tf.Tensor:
        if output_projection is not None:
            previous = tf.nn.xw_plus_b(previous, output_projection[0], output_projection[1])
        embedded = tf.nn.embedding_lookup(embedding, tf.argmax(previous, 1))
        return embedded if update_embedding else tf.stop_gradient(embedded)

    return loop_function


def check_projection(output_projection: tuple, num_symbols: int, rows: int | None = None) -> None:
    """Raises ValueError unless the projection is a weight [rows, num_symbols] and a bias [num_symbols]."""
    if rows is not None:
        weight = tf.convert_to_tensor(output_projection[0], dtype=tf.float32)
        weight.shape.assert_is_compatible_with([rows, num_symbols])
    bias = tf.convert_to_tensor(output_projection[1], dtype=tf.float32)
    bias.shape.assert_is_compatible_with([num_symbols])


def either_way(decode: Callable[[bool], tuple[list, object]], feed_previous: tf.Tensor) -> Outputs:
    """Returns the outputs and state of `decode` with True or False, as the scalar tensor `feed_previous` says.

    The first call creates the variables that the second one uses too.
    """
    structure = []

    def branch(feed: bool) -> Callable[[], list]:
        def run() -> list:
            with tf.variable_scope(tf.get_variable_scope(), reuse=None if feed else True):
                outputs, state = decode(feed)
            structure[:] = [len(outputs), state]
            return outputs + tf.nest.flatten(state)

        return run

    flat = tf.cond(feed_previous, branch(True), branch(False))
    count, state = structure
    return flat[:count], tf.nest.pack_sequence_as(state, flat[count:])


def embedding_rnn_decoder(
    decoder_inputs: list[tf.Tensor],
    initial_state: object,
    cell: RNNCell,
    num_symbols: int,
    embedding_size: int,
    output_projection: tuple | None = None,
    feed_previous: bool = False,
    update_embedding_for_previous: bool = True,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state).

    Args:
      decoder_inputs: a list of [batch] integers.
      initial_state: of the cell.
      cell: the cell.
      num_symbols: rows of the embedding.
      embedding_size: columns of the embedding.
      output_projection: weight and bias that make logits of outputs; None where outputs are logits.
      feed_previous: whether only the first input is used, and then what was put out.
      update_embedding_for_previous: whether the embedding learns from symbols fed back.
      scope: variable scope; None for 'embedding_rnn_decoder'.

    Raises:
      ValueError: the projection does not fit.
    """
    with tf.variable_scope(scope or 'embedding_rnn_decoder'):
        if output_projection is not None:
            check_projection(output_projection, num_symbols)
        embedding = tf.get_variable('embedding', [num_symbols, embedding_size])
        embedded = (tf.nn.embedding_lookup(embedding, inputs) for inputs in decoder_inputs)
        loop_function = fed_back(embedding, output_projection, update_embedding_for_previous) if feed_previous else None
        return rnn_decoder(embedded, initial_state, cell, loop_function=loop_function)


def embedding_rnn_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    cell: RNNCell,
    num_encoder_symbols: int,
    num_decoder_symbols: int,
    embedding_size: int,
    output_projection: tuple | None = None,
    feed_previous: bool | tf.Tensor = False,
    dtype: tf.DType | None = None,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state) of a decoder after an encoder, each with weights and embedding of its own.

    Args:
      encoder_inputs: a list of [batch] integers.
      decoder_inputs: a list of [batch] integers.
      cell: the cell.
      num_encoder_symbols: rows of the encoder's embedding.
      num_decoder_symbols: rows of the decoder's embedding.
      embedding_size: columns of both.
      output_projection: weight and bias for feeding back; None for a trained projection of outputs to logits.
      feed_previous: whether only the first decoder input is used; a scalar bool tensor chooses at run time, and then
        the embedding does not learn from symbols fed back.
      dtype: of the initial state; None for float32.
      scope: variable scope; None for 'embedding_rnn_seq2seq'.
    """
    with tf.variable_scope(scope or 'embedding_rnn_seq2seq', dtype=dtype) as variable_scope:
        dtype = variable_scope.dtype
        encoder = EmbeddingWrapper(copy.deepcopy(cell), num_encoder_symbols, embedding_size)
        _, state = tf.nn.static_rnn(encoder, encoder_inputs, dtype=dtype)
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols)

        def decode(feed: bool) -> Outputs:
            return embedding_rnn_decoder(
                decoder_inputs,
                state,
                cell,
                num_decoder_symbols,
                embedding_size,
                output_projection,
                feed,
                update_embedding_for_previous=isinstance(feed_previous, bool),
            )

        return decode(feed_previous) if isinstance(feed_previous, bool) else either_way(decode, feed_previous)


def embedding_tied_rnn_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    cell: RNNCell,
    num_symbols: int,
    embedding_size: int,
    num_decoder_symbols: int | None = None,
    output_projection: tuple | None = None,
    feed_previous: bool | tf.Tensor = False,
    dtype: tf.DType | None = None,
    scope: object = None,
) -> Outputs:
    """Returns (outputs, final state) of a decoder that has the encoder's weights and embedding.

    Args:
      num_symbols: rows of the embedding.
      num_decoder_symbols: symbols that are put out; None for `num_symbols`.

    The others are as for `embedding_rnn_seq2seq`.

    Raises:
      ValueError: the projection does not fit.
    """
    with tf.variable_scope(scope or 'embedding_tied_rnn_seq2seq', dtype=dtype) as variable_scope:
        dtype = variable_scope.dtype
        if output_projection is not None:
            check_projection(output_projection, num_symbols)
        embedding = tf.get_variable('embedding', [num_symbols, embedding_size], dtype=dtype)
        sources, given = (
            [tf.nn.embedding_lookup(embedding, inputs) for inputs in steps]
            for steps in (encoder_inputs, decoder_inputs)
        )
        if output_projection is None:
            cell = OutputProjectionWrapper(cell, num_decoder_symbols or num_symbols)

        def decode(feed: bool) -> Outputs:
            loop_function = fed_back(embedding, output_projection, isinstance(feed_previous, bool)) if feed else None
            return tied_rnn_seq2seq(sources, given, cell, loop_function=loop_function, dtype=dtype)

        return decode(feed_previous) if isinstance(feed_previous, bool) else either_way(decode, feed_previous)


def one2many_rnn_seq2seq(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs_dict: dict[str, list[tf.Tensor]],
    enc_cell: RNNCell,
    dec_cells_dict: dict[str, RNNCell],
    num_encoder_symbols: int,
    num_decoder_symbols_dict: dict[str, int],
    embedding_size: int,
    feed_previous: bool | tf.Tensor = False,
    dtype: tf.DType | None = None,
    scope: object = None,
) -> tuple[dict[str, list[tf.Tensor]], dict[str, object]]:
    """Returns outputs and final states by name, of several decoders after one encoder.

    Args:
      encoder_inputs: a list of [batch] integers.
      decoder_inputs_dict: name to a list of [batch] integers.
      enc_cell: the encoder's cell.
      dec_cells_dict: name to a decoder's cell.
      num_encoder_symbols: rows of the encoder's embedding.
      num_decoder_symbols_dict: name to rows of that decoder's embedding.
      embedding_size: columns of all.
      feed_previous: as for `embedding_rnn_seq2seq`.
      dtype: of the initial state; None for float32.
      scope: variable scope; None for 'one2many_rnn_seq2seq'.
    """
    outputs, states = {}, {}
    with tf.variable_scope(scope or 'one2many_rnn_seq2seq', dtype=dtype) as variable_scope:
        dtype = variable_scope.dtype
        encoder = EmbeddingWrapper(enc_cell, num_encoder_symbols, embedding_size)
        _, state = tf.nn.static_rnn(encoder, encoder_inputs, dtype=dtype)
        for name, decoder_inputs in decoder_inputs_dict.items():
            symbols = num_decoder_symbols_dict[name]
            with tf.variable_scope(f'one2many_decoder_{name}'):
                cell = OutputProjectionWrapper(dec_cells_dict[name], symbols)

                def decode(
                    feed: bool, cell: RNNCell = cell, given: list = decoder_inputs, size: int = symbols
                ) -> Outputs:
                    return embedding_rnn_decoder(given, state, cell, size, embedding_size, feed_previous=feed)

                run = isinstance(feed_previous, bool)
                outputs[name], states[name] = decode(feed_previous) if run else either_way(decode, feed_previous)
    return outputs, states
