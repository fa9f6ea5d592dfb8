"""Tables between words and their numbers, from a tensor or from a file."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf
from tf1.contrib.lookup import tables

_WHOLE_LINE = tf.lookup.TextFileIndex.WHOLE_LINE
_LINE_NUMBER = tf.lookup.TextFileIndex.LINE_NUMBER

Table = tables.HashTable | tables.IdTableWithHashBuckets


def index_table_from_tensor(
    mapping: tf.Tensor | Sequence[str | int],
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: tables.HasherSpec = tables.FastHashSpec,
    dtype: tf.DType = tf.string,
    name: str | None = None,
) -> Table:
    """Returns a table from the words of `mapping` to their positions, int64.

    Args:
      mapping: the words, a vector.
      num_oov_buckets: ids after the last position for all other words.
      default_value: the id of other words if there are no buckets.
      hasher_spec: how other words are spread over buckets.
      dtype: of keys that are looked up: string, int32 or int64.
      name: name scope.

    Raises:
      ValueError: no mapping, one that is not of type `dtype`, or fewer than 0 buckets.
      TypeError: `dtype` is neither string nor an integer type.
    """
    if mapping is None:
        raise ValueError('mapping must be a vector of words, got None.')
    _check_buckets(num_oov_buckets)
    if dtype != tf.string and not tf.as_dtype(dtype).is_integer:
        raise TypeError(f'dtype must be string or an integer type, got {tf.as_dtype(dtype).name}.')
    with tf.name_scope(name, 'string_to_index'):
        keys = tf.convert_to_tensor(mapping)
        if keys.dtype.is_integer != tf.as_dtype(dtype).is_integer or not (keys.dtype.is_integer or keys.dtype == dtype):
            raise ValueError(f'mapping must be of type {tf.as_dtype(dtype).name}, got {keys.dtype.name}.')
        keys = tf.cast(keys, tf.int64) if keys.dtype.is_integer else keys
        values = tf.cast(tf.range(tf.size(keys)), tf.int64)
        with tf.name_scope('hash_table'):
            init = tf.lookup.KeyValueTensorInitializer(keys, values, name='table_init')
            table = tables.HashTable(init, default_value)
        return _with_buckets(table, num_oov_buckets, hasher_spec, dtype)


def index_table_from_file(
    vocabulary_file: str | tf.Tensor | None = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: tables.HasherSpec = tables.FastHashSpec,
    key_dtype: tf.DType = tf.string,
    name: str | None = None,
    key_column_index: int = _WHOLE_LINE,
    value_column_index: int = _LINE_NUMBER,
    delimiter: str = '\t',
) -> Table:
    """Returns a table from the lines of a file to their numbers, int64, or from one column to another.

    Args:
      vocabulary_file: the path; it becomes an asset of a SavedModel.
      num_oov_buckets: ids after the last one for all other words.
      vocab_size: the number of lines to read; all if not given.
      default_value: the id of other words if there are no buckets.
      hasher_spec: how other words are spread over buckets.
      key_dtype: of keys that are looked up: string, int32 or int64.
      name: name scope.
      key_column_index: the column of keys, or the whole line.
      value_column_index: the column of ids, or the line's number.
      delimiter: what separates columns.

    Raises:
      ValueError: no file, fewer than 0 buckets, or fewer than 1 line.
      TypeError: a `key_dtype` that cannot be a key.
    """
    _check_file(vocabulary_file)
    _check_buckets(num_oov_buckets)
    _check_size(vocab_size)
    if key_dtype != tf.string and not tf.as_dtype(key_dtype).is_integer:
        raise TypeError(f'key_dtype must be string or an integer type, got {tf.as_dtype(key_dtype).name}.')
    with tf.name_scope(name, 'string_to_index'), tf.name_scope('hash_table'):
        init = tables.TextFileIdTableInitializer(
            vocabulary_file,
            key_column_index,
            value_column_index,
            vocab_size,
            delimiter,
            name='table_init',
            key_dtype=tf.int64 if tf.as_dtype(key_dtype).is_integer else key_dtype,
        )
        table = tables.HashTable(init, default_value)
    return _with_buckets(table, num_oov_buckets, hasher_spec, key_dtype)


def index_to_string_table_from_tensor(
    mapping: tf.Tensor | Sequence[str], default_value: str = 'UNK', name: str | None = None
) -> tables.HashTable:
    """Returns a table from positions, int64, to the words of `mapping`; `default_value` for other positions.

    Raises:
      ValueError: no mapping.
    """
    if mapping is None:
        raise ValueError('mapping must be a vector of words, got None.')
    with tf.name_scope(name, 'index_to_string'):
        values = tf.convert_to_tensor(mapping, tf.string)
        keys = tf.cast(tf.range(tf.size(values)), tf.int64)
        return tables.HashTable(tf.lookup.KeyValueTensorInitializer(keys, values, name='table_init'), default_value)


def index_to_string_table_from_file(
    vocabulary_file: str | tf.Tensor,
    vocab_size: int | None = None,
    default_value: str = 'UNK',
    name: str | None = None,
    key_column_index: int = _LINE_NUMBER,
    value_column_index: int = _WHOLE_LINE,
    delimiter: str = '\t',
) -> tables.HashTable:
    """Returns a table from line numbers, int64, to the lines of a file, or from one column to another.

    Raises:
      ValueError: no file, or fewer than 1 line to read.
    """
    _check_file(vocabulary_file)
    _check_size(vocab_size)
    with tf.name_scope(name, 'index_to_string'):
        init = tables.TextFileStringTableInitializer(
            vocabulary_file, key_column_index, value_column_index, vocab_size, delimiter, name='table_init'
        )
        return tables.HashTable(init, default_value)


def string_to_index_table_from_file(
    vocabulary_file: str | tf.Tensor | None = None,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    hasher_spec: tables.HasherSpec = tables.FastHashSpec,
    name: str | None = None,
) -> Table:
    """Returns `index_table_from_file` for words, under its former name."""
    return index_table_from_file(vocabulary_file, num_oov_buckets, vocab_size, default_value, hasher_spec, name=name)


def string_to_index_table_from_tensor(
    mapping: tf.Tensor | Sequence[str],
    num_oov_buckets: int = 0,
    default_value: int = -1,
    hasher_spec: tables.HasherSpec = tables.FastHashSpec,
    name: str | None = None,
) -> Table:
    """Returns `index_table_from_tensor` for words, under its former name."""
    return index_table_from_tensor(mapping, num_oov_buckets, default_value, hasher_spec, name=name)


def string_to_index(
    tensor: tf.Tensor, mapping: tf.Tensor | Sequence[str], default_value: int = -1, name: str | None = None
) -> tf.Tensor:
    """Returns the positions of words in `mapping`, int64 of the same shape."""
    return index_table_from_tensor(mapping, default_value=default_value, name=name).lookup(tensor)


def index_to_string(
    tensor: tf.Tensor, mapping: tf.Tensor | Sequence[str], default_value: str = 'UNK', name: str | None = None
) -> tf.Tensor:
    """Returns the words of `mapping` at positions, string of the same shape."""
    return index_to_string_table_from_tensor(mapping, default_value, name).lookup(tensor)


def _with_buckets(table: tables.HashTable, buckets: int, hasher: tables.HasherSpec, dtype: tf.DType) -> Table:
    if buckets or (dtype != tf.string and tf.as_dtype(dtype) != tf.int64):
        return tables.IdTableWithHashBuckets(table, buckets, hasher, 'hash_table', dtype)
    return table


def _check_buckets(number: int) -> None:
    if number < 0:
        raise ValueError(f'num_oov_buckets must be >= 0, got {number}.')


def _check_file(path: object) -> None:
    if path is None or (isinstance(path, str) and not path):
        raise ValueError(f'vocabulary_file must be the path of a file, got {path!r}.')


def _check_size(lines: int | None) -> None:
    if lines is not None and lines < 1:
        raise ValueError(f'vocab_size must be >= 1, got {lines}; leave it out to read the whole file.')
