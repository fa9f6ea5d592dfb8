"""First values from a checkpoint's matrix whose rows or columns follow another vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

Initializer = Callable[..., tf.Tensor]


def load_and_remap_matrix_initializer(
    ckpt_path: str,
    old_tensor_name: str,
    new_row_vocab_size: int,
    new_col_vocab_size: int,
    old_row_vocab_size: int = -1,
    old_row_vocab_file: str | None = None,
    new_row_vocab_file: str | None = None,
    old_col_vocab_file: str | None = None,
    new_col_vocab_file: str | None = None,
    num_row_oov_buckets: int = 0,
    num_col_oov_buckets: int = 0,
    initializer: Initializer | None = None,
    max_rows_in_memory: int = -1,
) -> Initializer:
    """Returns an initializer for a matrix `[new rows + buckets, new columns + buckets]`.

    What both vocabularies have comes from the checkpoint; the rest and the buckets, which come last, are new.

    Args:
      ckpt_path: prefix of the checkpoint.
      old_tensor_name: name of the matrix in it.
      new_row_vocab_size: number of entries of the new row vocabulary.
      new_col_vocab_size: number of entries of the new column vocabulary.
      old_row_vocab_size: number of entries of the old row vocabulary to use; -1 for all.
      old_row_vocab_file: file of the old row vocabulary, an entry a line; None with the next where rows stay.
      new_row_vocab_file: file of the new row vocabulary.
      old_col_vocab_file: file of the old column vocabulary; None with the next where columns stay.
      new_col_vocab_file: file of the new column vocabulary.
      num_row_oov_buckets: rows for entries that are not in the vocabulary.
      num_col_oov_buckets: columns for entries that are not in the vocabulary.
      initializer: first values of what is new; None for zeros.
      max_rows_in_memory: rows that are read at once; -1 for all.

    Raises:
      ValueError: there are no files or one of a pair is missing, or a number of buckets is < 0; when called, the shape
        does not fit.
      TypeError: `initializer` is not callable.
    """
    if num_row_oov_buckets < 0 or num_col_oov_buckets < 0:
        raise ValueError(f'Numbers of buckets must be >= 0, got {num_row_oov_buckets} and {num_col_oov_buckets}.')
    for kind, new, old in (
        ('row', new_row_vocab_file, old_row_vocab_file),
        ('col', new_col_vocab_file, old_col_vocab_file),
    ):
        if bool(new) != bool(old):
            raise ValueError(f'new_{kind}_vocab_file and old_{kind}_vocab_file go together, got {new} and {old}.')
    if not (new_row_vocab_file or new_col_vocab_file):
        raise ValueError('No vocabulary file was given; without remapping use tf.train.init_from_checkpoint.')
    if initializer is None:
        initializer = tf.zeros_initializer()
    elif not callable(initializer):
        raise TypeError(f'initializer must be callable, got {initializer!r}.')

    def remap(shape: Sequence[int], dtype: tf.DType = tf.float32, partition_info: Any = None) -> tf.Tensor:
        columns = new_col_vocab_size + num_col_oov_buckets
        if partition_info is not None and partition_info.var_offset[1] != 0:
            raise ValueError('Only rows may be partitioned; give the variable one part along its columns.')
        if dtype != tf.float32 or int(shape[1]) != columns:
            raise ValueError(f'The matrix must be float32 with {columns} columns, got {dtype} of shape {shape}.')
        offset = 0 if partition_info is None else partition_info.var_offset[0]
        rows = max(0, min(int(shape[0]), new_row_vocab_size - offset))
        row_map, found = _mapping(new_row_vocab_file, old_row_vocab_file, old_row_vocab_size, rows, offset)
        column_map, columns_found = _mapping(new_col_vocab_file, old_col_vocab_file, -1, new_col_vocab_size, 0)
        fresh_rows = _fresh(initializer, [rows, new_col_vocab_size], row_map, found, column_map, columns_found)
        matrix = tf.raw_ops.LoadAndRemapMatrix(
            ckpt_path=ckpt_path,
            old_tensor_name=old_tensor_name,
            row_remapping=row_map,
            col_remapping=column_map if new_col_vocab_file else tf.constant([], tf.int64),
            initializing_values=fresh_rows,
            num_rows=rows,
            num_cols=new_col_vocab_size,
            max_rows_in_memory=max_rows_in_memory,
        )
        matrix = tf.reshape(matrix, [rows, new_col_vocab_size])
        if num_col_oov_buckets:
            matrix = tf.concat([matrix, initializer([rows, num_col_oov_buckets], dtype=dtype)], 1)
        if int(shape[0]) > rows:
            matrix = tf.concat([matrix, initializer([int(shape[0]) - rows, columns], dtype=dtype)], 0)
        return matrix

    return remap


def _mapping(new: str | None, old: str | None, old_size: int, count: int, offset: int) -> tuple[tf.Tensor, Any]:
    """Returns for each new entry its old place, -1 for none; and how many have one."""
    if not new:
        return tf.range(offset, offset + count, dtype=tf.int64), count
    places, present = tf.raw_ops.GenerateVocabRemapping(
        new_vocab_file=new, old_vocab_file=old, new_vocab_offset=offset, num_new_vocab=count, old_vocab_size=old_size
    )
    return tf.reshape(places, [count]), present


def _fresh(
    initializer: Initializer, shape: list[int], rows: tf.Tensor, rows_found: Any, columns: tf.Tensor, columns_found: Any
) -> tf.Tensor:
    """Returns as many first values as the matrix has places without an old one."""
    missing = shape[0] * shape[1] - tf.cast(rows_found, tf.int32) * tf.cast(columns_found, tf.int32)
    return tf.slice(tf.reshape(initializer(shape, dtype=tf.float32), [-1]), [0], tf.reshape(missing, [1]))


def load_embedding_initializer(
    ckpt_path: str,
    embedding_tensor_name: str,
    new_vocab_size: int,
    embedding_dim: int,
    old_vocab_file: str,
    new_vocab_file: str,
    old_vocab_size: int = -1,
    num_oov_buckets: int = 0,
    initializer: Initializer | None = None,
    max_rows_in_memory: int = -1,
) -> Initializer:
    """Returns an initializer for embeddings `[new_vocab_size + num_oov_buckets, embedding_dim]`.

    New embeddings are normal with deviation `1 / sqrt(embedding_dim)`, cut at two deviations, unless `initializer`
    gives others. The other arguments mean what those of `load_and_remap_matrix_initializer` mean.
    """
    if initializer is None:
        initializer = tf.truncated_normal_initializer(stddev=embedding_dim**-0.5)
    return load_and_remap_matrix_initializer(
        ckpt_path,
        embedding_tensor_name,
        new_vocab_size,
        embedding_dim,
        old_row_vocab_size=old_vocab_size,
        old_row_vocab_file=old_vocab_file,
        new_row_vocab_file=new_vocab_file,
        num_row_oov_buckets=num_oov_buckets,
        initializer=initializer,
        max_rows_in_memory=max_rows_in_memory,
    )


def load_linear_multiclass_bias_initializer(
    ckpt_path: str,
    bias_tensor_name: str,
    new_class_vocab_size: int,
    old_class_vocab_file: str,
    new_class_vocab_file: str,
    num_class_oov_buckets: int = 0,
    initializer: Initializer | None = None,
    max_rows_in_memory: int = -1,
) -> Initializer:
    """Returns an initializer for the biases of classes, a matrix of one column.

    New biases are zeros unless `initializer` gives others. The arguments mean what those of
    `load_and_remap_matrix_initializer` mean.
    """
    return load_and_remap_matrix_initializer(
        ckpt_path,
        bias_tensor_name,
        new_class_vocab_size,
        1,
        old_row_vocab_file=old_class_vocab_file,
        new_row_vocab_file=new_class_vocab_file,
        num_row_oov_buckets=num_class_oov_buckets,
        initializer=initializer,
        max_rows_in_memory=max_rows_in_memory,
    )


def load_variable_slot_initializer(
    ckpt_path: str,
    old_tensor_name: str,
    primary_partition_info: Any,
    new_row_vocab_size: int,
    new_col_vocab_size: int,
    old_row_vocab_file: str | None = None,
    new_row_vocab_file: str | None = None,
    old_col_vocab_file: str | None = None,
    new_col_vocab_file: str | None = None,
    num_row_oov_buckets: int = 0,
    num_col_oov_buckets: int = 0,
    initializer: Initializer | None = None,
    max_rows_in_memory: int = -1,
) -> Initializer:
    """Returns an initializer for an optimizer's slot of a remapped variable.

    Args:
      ckpt_path: prefix of the checkpoint.
      old_tensor_name: name of the slot in it.
      primary_partition_info: which part of a partitioned variable the slot belongs to; None for a whole one.
      new_row_vocab_size: this and what follows as for `load_and_remap_matrix_initializer`.
    """
    remap = load_and_remap_matrix_initializer(
        ckpt_path,
        old_tensor_name,
        new_row_vocab_size,
        new_col_vocab_size,
        old_row_vocab_file=old_row_vocab_file,
        new_row_vocab_file=new_row_vocab_file,
        old_col_vocab_file=old_col_vocab_file,
        new_col_vocab_file=new_col_vocab_file,
        num_row_oov_buckets=num_row_oov_buckets,
        num_col_oov_buckets=num_col_oov_buckets,
        initializer=initializer,
        max_rows_in_memory=max_rows_in_memory,
    )

    def slot(shape: Sequence[int], dtype: tf.DType = tf.float32, partition_info: Any = None) -> tf.Tensor:
        return remap(shape, dtype=dtype, partition_info=primary_partition_info or partition_info)

    return slot
