"""Pairs of a token and one of its neighbours."""

from __future__ import annotations

from typing import Any

import tf1 as tf


def skip_gram_sample(
    input_tensor: Any,
    min_skips: Any = 1,
    max_skips: Any = 5,
    start: Any = 0,
    limit: Any = -1,
    emit_self_as_target: Any = False,
    vocab_freq_table: Any = None,
    vocab_min_count: Any = None,
    vocab_subsampling: Any = None,
    corpus_size: Any = None,
    batch_size: int | None = None,
    batch_capacity: int | None = None,
    seed: int | None = None,
    name: str | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Pairs each token with those up to a random distance before and behind it.

    Args:
      input_tensor: [tokens] of any type, the text.
      min_skips: the smallest distance, at least 0.
      max_skips: the largest distance, at least `min_skips`.
      start: position of the first token that counts.
      limit: number of tokens that count; all if negative.
      emit_self_as_target: also pairs each token with itself.
      vocab_freq_table: lookup table from tokens to how often they occur.
      vocab_min_count: leaves out tokens that occur less often.
      vocab_subsampling: leaves out tokens that are a larger share of the corpus than this now and then (Mikolov et al.,
        2013), 1e-5 to 1e-3 as a rule; with `corpus_size`.
      corpus_size: number of tokens in the text that the frequencies come from.
      batch_size: collects this many pairs in a queue, as `tf.train.batch` does; all pairs of one text if None.
      batch_capacity: of that queue, 100 if None.
      seed: for the same distances in each program.
      name: of the operation.

    Returns:
      Tokens and their neighbours, both [pairs] of the type of `input_tensor`.

    Raises:
      InvalidArgumentError (when it runs): `min_skips` is negative or above `max_skips`.
      ValueError: the text is not a vector; a threshold without the table; `vocab_subsampling` or `corpus_size` alone.
    """
    if vocab_freq_table is None and (vocab_min_count is not None or vocab_subsampling is not None):
        raise ValueError('vocab_min_count and vocab_subsampling need vocab_freq_table.')
    if (vocab_subsampling is None) != (corpus_size is None):
        raise ValueError('vocab_subsampling and corpus_size must be given together.')
    with tf.name_scope(name, 'skip_gram_sample', [input_tensor, min_skips, max_skips, start, limit]):
        tokens = tf.convert_to_tensor(input_tensor)
        tokens.shape.assert_has_rank(1)
        if vocab_freq_table is not None:
            tokens = _frequent(tokens, vocab_freq_table, vocab_min_count, vocab_subsampling, corpus_size, seed)
        pairs = _pairs(tokens, min_skips, max_skips, start, limit, emit_self_as_target, seed)
        if batch_size is None:
            return pairs
        return tuple(tf.train.batch(pairs, batch_size, capacity=batch_capacity or 100, enqueue_many=True))


def _frequent(
    tokens: tf.Tensor, table: Any, min_count: Any, subsampling: Any, corpus_size: Any, seed: int | None
) -> tf.Tensor:
    if min_count is None and subsampling is None:
        return tokens
    frequency = table.lookup(tokens)
    if min_count is not None:
        kept = frequency >= tf.cast(min_count, frequency.dtype)
        tokens, frequency = tf.boolean_mask(tokens, kept), tf.boolean_mask(frequency, kept)
    if subsampling is not None:
        # A token of the share s is kept with the probability sqrt(subsampling / s) + subsampling / s.
        relative = tf.cast(subsampling, tf.float64) * tf.cast(corpus_size, tf.float64) / tf.cast(frequency, tf.float64)
        chance = tf.random_uniform(tf.shape(frequency), dtype=tf.float64, seed=seed)
        tokens = tf.boolean_mask(tokens, chance <= tf.sqrt(relative) + relative)
    return tokens


def _pairs(
    tokens: tf.Tensor, min_skips: Any, max_skips: Any, start: Any, limit: Any, with_self: Any, seed: int | None
) -> tuple[tf.Tensor, tf.Tensor]:
    least, most = tf.convert_to_tensor(min_skips, tf.int32), tf.convert_to_tensor(max_skips, tf.int32)
    checks = [
        tf.assert_non_negative(least, message='min_skips must be at least 0.'),
        tf.assert_less_equal(least, most, message='min_skips must be at most max_skips.'),
    ]
    with tf.control_dependencies([check for check in checks if check is not None]):
        tokens = tf.identity(tokens)[start:]
    tokens = tokens[: tf.where(tf.convert_to_tensor(limit) < 0, tf.size(tokens), tf.minimum(limit, tf.size(tokens)))]
    positions, distances = tf.range(tf.size(tokens)), tf.range(-most, most + 1)
    reach = tf.random_uniform(tf.shape(positions), least, most + 1, tf.int32, seed)
    neighbours = positions[:, None] + distances
    kept = (tf.abs(distances) <= reach[:, None]) & (neighbours >= 0) & (neighbours < tf.size(tokens))
    kept &= tf.not_equal(distances, 0) | tf.convert_to_tensor(with_self)
    pairs = tf.where(kept)
    return tf.gather(tokens, pairs[:, 0]), tf.gather(tokens, tf.boolean_mask(neighbours, kept))
