"""Pairs of neighbours whose frequencies stand in a file."""

from __future__ import annotations

import csv
from typing import Any

import tf1 as tf
from tf1.contrib.text import skip_grams


def skip_gram_sample_with_text_vocab(
    input_tensor: Any,
    vocab_freq_file: str,
    vocab_token_index: int = 0,
    vocab_token_dtype: tf.DType = tf.string,
    vocab_freq_index: int = 1,
    vocab_freq_dtype: tf.DType = tf.float64,
    vocab_delimiter: str = ',',
    vocab_min_count: Any = 0,
    vocab_subsampling: Any = None,
    corpus_size: int | None = None,
    min_skips: Any = 1,
    max_skips: Any = 5,
    start: Any = 0,
    limit: Any = -1,
    emit_self_as_target: Any = False,
    batch_size: int | None = None,
    batch_capacity: int | None = None,
    seed: int | None = None,
    name: str | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Does what `skip_gram_sample` does with the frequencies of a file; tokens that it lacks are left out.

    Args:
      input_tensor: [tokens] of type `vocab_token_dtype`, the text.
      vocab_freq_file: a text file with a line for each token.
      vocab_token_index: column of the tokens.
      vocab_token_dtype: string or int64.
      vocab_freq_index: column of the frequencies.
      vocab_freq_dtype: float64, float32 or int64.
      vocab_delimiter: a character between columns.
      vocab_min_count: leaves out tokens that occur less often.
      vocab_subsampling: see `skip_gram_sample`.
      corpus_size: number of tokens of the corpus, at least the sum of the frequencies; that sum if None.
      min_skips: see `skip_gram_sample`, and so for the others.
      max_skips: see above.
      start: see above.
      limit: see above.
      emit_self_as_target: see above.
      batch_size: see above.
      batch_capacity: see above.
      seed: see above.
      name: of the operation.

    Returns:
      Tokens and their neighbours, both [pairs] of the type of `input_tensor`.

    Raises:
      NotFoundError: there is no such file.
      ValueError: a column is negative, missing in a line or named twice, or `corpus_size` is too small.
    """
    if min(vocab_token_index, vocab_freq_index) < 0 or vocab_token_index == vocab_freq_index:
        raise ValueError(
            'vocab_token_index and vocab_freq_index must be two columns, from 0 on, '
            f'got {vocab_token_index} and {vocab_freq_index}.'
        )
    total = _total(vocab_freq_file, vocab_token_index, vocab_freq_index, vocab_delimiter)
    if corpus_size is not None and corpus_size < total:
        raise ValueError(f'corpus_size must be at least the sum of the frequencies, {total}, got {corpus_size}.')
    table = tf.contrib.lookup.HashTable(
        tf.contrib.lookup.TextFileInitializer(
            vocab_freq_file,
            key_dtype=vocab_token_dtype,
            key_index=vocab_token_index,
            value_dtype=vocab_freq_dtype,
            value_index=vocab_freq_index,
            delimiter=vocab_delimiter,
        ),
        default_value=-1,
    )
    return skip_grams.skip_gram_sample(
        input_tensor,
        min_skips=min_skips,
        max_skips=max_skips,
        start=start,
        limit=limit,
        emit_self_as_target=emit_self_as_target,
        vocab_freq_table=table,
        vocab_min_count=vocab_min_count,
        vocab_subsampling=vocab_subsampling,
        corpus_size=None if vocab_subsampling is None else corpus_size or total,
        batch_size=batch_size,
        batch_capacity=batch_capacity,
        seed=seed,
        name=name,
    )


def _total(path: str, token_column: int, frequency_column: int, delimiter: str) -> int:
    with tf.gfile.GFile(path) as file:
        rows = [row for row in csv.reader(file, delimiter=delimiter) if row]
    if any(len(row) <= max(token_column, frequency_column) for row in rows):
        raise ValueError(f'{path}: each line needs columns {token_column} and {frequency_column}.')
    return sum(int(float(row[frequency_column])) for row in rows)
