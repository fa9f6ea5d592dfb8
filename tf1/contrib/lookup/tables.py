"""The tables of `tf.contrib.lookup`: TensorFlow's own under their former names, and ids with hash buckets."""

from __future__ import annotations

import collections
from collections.abc import Sequence

import tf1 as tf

_INTEGERS = (tf.int32, tf.int64)


class HasherSpec(collections.namedtuple('HasherSpec', ['hasher', 'key'])):
    """A hash function by name, 'fasthash' or 'stronghash', and its key."""

    __slots__ = ()


class StrongHashSpec(HasherSpec):
    """SipHash with a key of two integers, for words that an adversary may choose."""

    __slots__ = ()

    def __new__(cls, key: Sequence[int]) -> StrongHashSpec:
        """Raises ValueError for a key that is not two integers."""
        if len(key) != 2 or not all(isinstance(part, int) for part in key):
            raise ValueError(f'key must be two integers, got {key!r}.')
        return super().__new__(cls, 'stronghash', key)


FastHashSpec = HasherSpec('fasthash', None)


class HashTable(tf.lookup.StaticHashTable):
    """A table that its initialiser fills. `shared_name` has no effect: graphs in one process have tables apart."""

    def __init__(
        self, initializer: object, default_value: object, shared_name: str | None = None, name: str | None = None
    ):
        super().__init__(initializer, default_value, name=name)

    @property
    def init(self) -> tf.Operation:
        """The operation that fills the table, now `initializer`."""
        return self.initializer


class MutableHashTable(tf.lookup.experimental.MutableHashTable):
    """A table that the graph fills as it runs, saved with checkpoints unless `checkpoint` is False."""

    def __init__(
        self,
        key_dtype: tf.DType,
        value_dtype: tf.DType,
        default_value: object,
        name: str = 'MutableHashTable',
        checkpoint: bool = True,
    ):
        super().__init__(key_dtype, value_dtype, default_value, name=name, checkpoint=checkpoint)


class MutableDenseHashTable(tf.lookup.experimental.DenseHashTable):
    """`MutableHashTable` that takes more memory and less time; two keys mark what is empty and what was deleted."""


class TextFileIdTableInitializer(tf.lookup.TextFileInitializer):
    """Fills a table from words to integers with a text file: by default each line and its number."""

    def __init__(
        self,
        filename: str | tf.Tensor,
        key_column_index: int = tf.lookup.TextFileIndex.WHOLE_LINE,
        value_column_index: int = tf.lookup.TextFileIndex.LINE_NUMBER,
        vocab_size: int | None = None,
        delimiter: str = '\t',
        name: str | None = 'text_file_id_table_init',
        key_dtype: tf.DType = tf.string,
    ):
        super().__init__(
            filename, key_dtype, key_column_index, tf.int64, value_column_index, vocab_size, delimiter, name
        )


class TextFileStringTableInitializer(tf.lookup.TextFileInitializer):
    """Fills a table from integers to words with a text file: by default the number of each line and the line."""

    def __init__(
        self,
        filename: str | tf.Tensor,
        key_column_index: int = tf.lookup.TextFileIndex.LINE_NUMBER,
        value_column_index: int = tf.lookup.TextFileIndex.WHOLE_LINE,
        vocab_size: int | None = None,
        delimiter: str = '\t',
        name: str | None = 'text_file_string_table_init',
    ):
        super().__init__(
            filename, tf.int64, key_column_index, tf.string, value_column_index, vocab_size, delimiter, name
        )


class IdTableWithHashBuckets:
    """Ids of `table` for words that it knows, and hash buckets after them for words that it does not.

    Args:
      table: from keys to int64, with a default value that is no id; None for buckets alone.
      num_oov_buckets: the number of buckets, > 0 unless there is a table.
      hasher_spec: `FastHashSpec` or a `StrongHashSpec`.
      name: name scope of look-ups.
      key_dtype: string, int32 or int64; that of the table, string without one.

    Raises:
      ValueError: no table and no buckets.
      TypeError: a key type that cannot be hashed.
    """

    def __init__(
        self,
        table: tf.lookup.StaticHashTable | None,
        num_oov_buckets: int,
        hasher_spec: HasherSpec = FastHashSpec,
        name: str | None = None,
        key_dtype: tf.DType | None = None,
    ):
        if table is None and num_oov_buckets <= 0:
            raise ValueError(f'num_oov_buckets must be > 0 without a table, got {num_oov_buckets}.')
        self._table, self._buckets, self._hasher = table, num_oov_buckets, hasher_spec
        self.name = name or ((table.name if table else 'hash') + '_bucket')
        self.key_dtype = tf.as_dtype(key_dtype or (table.key_dtype if table else tf.string))
        self.value_dtype = table.value_dtype if table else tf.int64
        if self.key_dtype != tf.string and self.key_dtype not in _INTEGERS:
            raise TypeError(f'key_dtype must be string, int32 or int64, got {self.key_dtype.name}.')

    @property
    def initializer(self) -> tf.Operation:
        """The operation that fills the table; one that does nothing without a table."""
        return self._table.initializer if self._table else tf.no_op()

    @property
    def init(self) -> tf.Operation:
        """`initializer` under its former name."""
        return self.initializer

    @property
    def resource_handle(self) -> tf.Tensor | None:
        """The table's handle, or None."""
        return self._table.resource_handle if self._table else None

    def size(self, name: str | None = None) -> tf.Tensor:
        """Returns the number of ids, buckets included, a scalar int64."""
        buckets = tf.constant(self._buckets, tf.int64)
        return self._table.size() + buckets if self._table else buckets

    def lookup(self, keys: tf.Tensor | tf.SparseTensor, name: str | None = None) -> tf.Tensor | tf.SparseTensor:
        """Returns the ids of keys, int64 of the same shape.

        Raises:
          TypeError: keys of another type than `key_dtype`.
        """
        sparse = isinstance(keys, tf.SparseTensor)
        values = keys.values if sparse else tf.convert_to_tensor(keys)
        if values.dtype.base_dtype != self.key_dtype:
            raise TypeError(f'keys must be {self.key_dtype.name}, got {values.dtype.name}.')
        with tf.name_scope(name or f'{self.name.split("/")[-1]}_Lookup'):
            ids = self._ids(values)
        return tf.SparseTensor(keys.indices, ids, keys.dense_shape) if sparse else ids

    def _ids(self, values: tf.Tensor) -> tf.Tensor:
        # Integers of a table are int64 there, whatever the caller's keys are.
        known = tf.cast(values, tf.int64) if values.dtype in _INTEGERS else values
        if self._buckets == 0:
            return self._table.lookup(known)
        buckets = self._hashed(values if values.dtype == tf.string else tf.as_string(values))
        if self._table is None:
            return buckets
        ids = self._table.lookup(known)
        buckets = tf.add(buckets, self._table.size())
        return tf.where_v2(tf.not_equal(ids, self._table.default_value), ids, buckets)

    def _hashed(self, words: tf.Tensor) -> tf.Tensor:
        if self._hasher.hasher == 'fasthash':
            return tf.strings.to_hash_bucket_fast(words, self._buckets, name='hash_bucket')
        if self._hasher.hasher == 'stronghash':
            return tf.strings.to_hash_bucket_strong(words, self._buckets, list(self._hasher.key), name='hash_bucket')
        raise ValueError(f"hasher must be 'fasthash' or 'stronghash', got {self._hasher.hasher!r}.")
