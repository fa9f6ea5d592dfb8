"""Feature columns of `tf.contrib.layers`: immutable records that say what an input is and how it becomes numbers.

They are older than `tf.feature_column`, which has other names, variables and defaults. A column's `key` orders columns
as in TF 1.15, and with them the parts of an input layer.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import tf1 as tf

SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY = 956888297470


class FeatureColumn:
    """What all columns have: `name`, `config` (a specification for `tf.parse_example`) and `key`."""

    @property
    def key(self) -> str:
        """What columns are ordered by; it differs between columns that differ."""
        return repr(self)


@dataclasses.dataclass(frozen=True)
class RealValuedColumn(FeatureColumn):
    """Numbers, `[batch, dimension]`."""

    column_name: str
    dimension: int
    default_value: tuple | None
    dtype: tf.DType
    normalizer: Callable[[tf.Tensor], tf.Tensor] | None

    @property
    def name(self) -> str:
        """The name of the feature."""
        return self.column_name

    @property
    def config(self) -> dict[str, tf.FixedLenFeature]:
        """The specification for parsing."""
        default = None if self.default_value is None else list(self.default_value)
        return {self.column_name: tf.FixedLenFeature([self.dimension], self.dtype, default)}

    @property
    def key(self) -> str:
        """The normalizer has no part in it."""
        return (
            f'RealValuedColumn(column_name={self.column_name}, dimension={self.dimension}, '
            f'default_value={self.default_value}, dtype={self.dtype!r})'
        )


@dataclasses.dataclass(frozen=True)
class LookupConfig:
    """Where the ids of words come from."""

    vocabulary_file: str | None = None
    keys: tuple | None = None
    num_oov_buckets: int = 0
    vocab_size: int | None = None
    default_value: int = -1


@dataclasses.dataclass(frozen=True)
class SparseColumn(FeatureColumn):
    """Words or numbers of which an example may have any number; each becomes an id."""

    column_name: str
    is_integerized: bool = False
    bucket_size: int | None = None
    lookup_config: LookupConfig | None = None
    combiner: str = 'sum'
    dtype: tf.DType = tf.string

    def __post_init__(self):
        if not (self.dtype == tf.string or self.dtype.is_integer):
            raise ValueError(f'dtype of {self.column_name} must be string or an integer type, got {self.dtype.name}.')
        if self.bucket_size is not None and self.bucket_size < 1:
            raise ValueError(f'bucket_size of {self.column_name} must be >= 1, got {self.bucket_size}.')

    @property
    def name(self) -> str:
        """The name of the feature."""
        return self.column_name

    @property
    def config(self) -> dict[str, tf.VarLenFeature]:
        """The specification for parsing."""
        return {self.column_name: tf.VarLenFeature(self.dtype)}

    @property
    def length(self) -> int:
        """The number of ids."""
        if self.lookup_config is None:
            return self.bucket_size
        return self.lookup_config.vocab_size + self.lookup_config.num_oov_buckets


class SparseColumnHashed(SparseColumn):
    """Ids are hash buckets."""


class SparseColumnIntegerized(SparseColumn):
    """Ids are the values themselves, modulo the number of buckets."""


class SparseColumnKeys(SparseColumn):
    """Ids are places in a list."""


class SparseColumnVocabulary(SparseColumn):
    """Ids are line numbers of a file."""


@dataclasses.dataclass(frozen=True)
class WeightedSparseColumn(FeatureColumn):
    """A sparse column whose ids have weights from another feature of the same shape."""

    sparse_id_column: SparseColumn
    weight_column_name: str
    dtype: tf.DType

    @property
    def name(self) -> str:
        """The names of both features."""
        return f'{self.sparse_id_column.name}_weighted_by_{self.weight_column_name}'

    @property
    def config(self) -> dict[str, tf.VarLenFeature]:
        """The specification for parsing."""
        return {**self.sparse_id_column.config, self.weight_column_name: tf.VarLenFeature(self.dtype)}

    @property
    def length(self) -> int:
        """The number of ids."""
        return self.sparse_id_column.length

    @property
    def combiner(self) -> str:
        """How the ids of an example are combined."""
        return self.sparse_id_column.combiner


@dataclasses.dataclass(frozen=True)
class BucketizedColumn(FeatureColumn):
    """Numbers sorted into buckets: one more than there are boundaries."""

    source_column: RealValuedColumn
    boundaries: tuple[float, ...]
    combiner = 'sum'

    @property
    def name(self) -> str:
        """The name of the feature and `_bucketized`."""
        return f'{self.source_column.name}_bucketized'

    @property
    def config(self) -> dict[str, tf.FixedLenFeature]:
        """The specification for parsing."""
        return self.source_column.config

    @property
    def length(self) -> int:
        """The number of buckets."""
        return len(self.boundaries) + 1


@dataclasses.dataclass(frozen=True)
class CrossedColumn(FeatureColumn):
    """Every combination of the values of several columns, hashed."""

    columns: tuple[FeatureColumn, ...]
    hash_bucket_size: int
    hash_key: int | None
    combiner: str
    ckpt_to_load_from: str | None
    tensor_name_in_ckpt: str | None

    @property
    def name(self) -> str:
        """The sorted names of the columns."""
        return '_X_'.join(sorted(column.name for column in self.columns))

    @property
    def config(self) -> dict[str, object]:
        """The specification for parsing."""
        return {name: spec for column in self.columns for name, spec in column.config.items()}

    @property
    def length(self) -> int:
        """The number of buckets."""
        return self.hash_bucket_size


@dataclasses.dataclass(frozen=True)
class OneHotColumn(FeatureColumn):
    """A sparse column as a vector of its length: the sum of 1, or of the weight, for each id."""

    sparse_id_column: FeatureColumn

    @property
    def name(self) -> str:
        """The name of the sparse column and `_one_hot`."""
        return f'{self.sparse_id_column.name}_one_hot'

    @property
    def config(self) -> dict[str, object]:
        """The specification for parsing."""
        return self.sparse_id_column.config


def real_valued_column(
    column_name: str,
    dimension: int = 1,
    default_value: float | Sequence[float] | None = None,
    dtype: tf.DType = tf.float32,
    normalizer: Callable[[tf.Tensor], tf.Tensor] | None = None,
) -> RealValuedColumn:
    """Returns a column of numbers, `[batch, dimension]`.

    Args:
      column_name: the feature.
      dimension: how many numbers an example has.
      default_value: for examples without the feature: one number, or one for each place.
      dtype: a type of integers or floats.
      normalizer: applied to the numbers before they are used.

    Raises:
      TypeError: a dimension that is no integer, or a default of another type than `dtype`.
      ValueError: a dimension below 1, a type that is no number's, or defaults that are not `dimension` many.
    """
    if dimension is None:
        raise TypeError('dimension must be an integer, got None.')
    if not isinstance(dimension, int):
        raise TypeError(f'dimension of {column_name} must be an integer, got {dimension!r}.')
    if dimension < 1:
        raise ValueError(f'dimension of {column_name} must be > 0, got {dimension}.')
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f'dtype of {column_name} must be an integer or floating type, got {dtype.name}.')
    return RealValuedColumn(column_name, dimension, _defaults(default_value, dimension, dtype), dtype, normalizer)


def _defaults(value: object, dimension: int, dtype: tf.DType) -> tuple | None:
    if value is None:
        return None
    values = value if isinstance(value, (list, tuple)) else [value] * dimension
    if len(values) != dimension:
        raise ValueError(f'default_value must be one number or {dimension} of them, got {value!r}.')
    if dtype.is_integer and not all(isinstance(part, int) for part in values):
        raise TypeError(f'default_value must be of type {dtype.name}, got {value!r}.')
    return tuple(values) if dtype.is_integer else tuple(float(part) for part in values)


def sparse_column_with_hash_bucket(
    column_name: str,
    hash_bucket_size: int,
    combiner: str = 'sum',
    dtype: tf.DType = tf.string,
    hash_keys: None = None,
) -> SparseColumn:
    """Returns a column whose ids are hash buckets; the one hash is TensorFlow's fast one.

    Raises:
      ValueError: fewer than 1 bucket, a type that cannot be hashed, or `hash_keys`, whose op no longer exists.
    """
    if hash_keys is not None:
        raise ValueError(
            f'hash_keys must be None, got {hash_keys!r}: TensorFlow has no longer an op for several hashes; '
            'use several columns.'
        )
    return SparseColumnHashed(column_name, bucket_size=hash_bucket_size, combiner=combiner, dtype=dtype)


def sparse_column_with_integerized_feature(
    column_name: str, bucket_size: int, combiner: str = 'sum', dtype: tf.DType = tf.int64
) -> SparseColumn:
    """Returns a column whose values are ids in [0, bucket_size); others are taken modulo `bucket_size`.

    Raises:
      ValueError: a type other than integers, or fewer than 1 id.
    """
    if not dtype.is_integer:
        raise ValueError(f'dtype of {column_name} must be an integer type, got {dtype.name}.')
    return SparseColumnIntegerized(column_name, True, bucket_size, combiner=combiner, dtype=dtype)


def sparse_column_with_keys(
    column_name: str,
    keys: Sequence[str | int],
    default_value: int = -1,
    combiner: str = 'sum',
    dtype: tf.DType = tf.string,
) -> SparseColumn:
    """Returns a column whose ids are places in `keys`; `default_value` for all else, and -1 is left out."""
    config = LookupConfig(keys=tuple(keys), vocab_size=len(keys), default_value=default_value)
    return SparseColumnKeys(column_name, lookup_config=config, combiner=combiner, dtype=dtype)


def sparse_column_with_vocabulary_file(
    column_name: str,
    vocabulary_file: str,
    num_oov_buckets: int = 0,
    vocab_size: int | None = None,
    default_value: int = -1,
    combiner: str = 'sum',
    dtype: tf.DType = tf.string,
) -> SparseColumn:
    """Returns a column whose ids are line numbers of a file; other words get a hash bucket, or `default_value`.

    Raises:
      ValueError: no file, or no `vocab_size`.
    """
    if not vocabulary_file:
        raise ValueError(f'vocabulary_file of {column_name} must be the path of a file, got {vocabulary_file!r}.')
    if vocab_size is None:
        raise ValueError(f'vocab_size of {column_name} must be the number of lines to use, got None.')
    config = LookupConfig(vocabulary_file, None, num_oov_buckets, vocab_size, default_value)
    return SparseColumnVocabulary(column_name, lookup_config=config, combiner=combiner, dtype=dtype)


def weighted_sparse_column(
    sparse_id_column: SparseColumn, weight_column_name: str, dtype: tf.DType = tf.float32
) -> WeightedSparseColumn:
    """Returns a sparse column with weights from the feature `weight_column_name`.

    Raises:
      ValueError: a type of weights that is no number's.
    """
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f'dtype of weights must be an integer or floating type, got {dtype.name}.')
    return WeightedSparseColumn(sparse_id_column, weight_column_name, dtype)


def bucketized_column(source_column: RealValuedColumn, boundaries: Sequence[float]) -> BucketizedColumn:
    """Returns the numbers of `source_column` sorted into buckets; bucket i begins with the boundary before it.

    Raises:
      TypeError: the source is not a `real_valued_column`.
      ValueError: no boundaries, or boundaries that do not ascend.
    """
    if not isinstance(source_column, RealValuedColumn):
        raise TypeError(f'source_column must come from real_valued_column, got {source_column!r}.')
    if not isinstance(boundaries, (list, tuple)) or not boundaries:
        raise ValueError(f'boundaries must be a list of one number or more, got {boundaries!r}.')
    distinct = [number for number, after in zip(boundaries, [*boundaries[1:], None], strict=True) if number != after]
    if distinct != sorted(distinct):
        raise ValueError(f'boundaries must ascend, got {boundaries!r}.')
    return BucketizedColumn(source_column, tuple(distinct))


def crossed_column(
    columns: Sequence[FeatureColumn],
    hash_bucket_size: int,
    combiner: str = 'sum',
    ckpt_to_load_from: str | None = None,
    tensor_name_in_ckpt: str | None = None,
    hash_key: int | None = None,
) -> CrossedColumn:
    """Returns all combinations of the values of sparse, bucketized or crossed columns, in hash buckets.

    Args:
      columns: two or more.
      hash_bucket_size: the number of buckets, > 1.
      combiner: 'sum', 'mean' or 'sqrtn'.
      ckpt_to_load_from: with `tensor_name_in_ckpt`, where the weights start from.
      tensor_name_in_ckpt: name in that checkpoint.
      hash_key: of today's hash; without it the older one of TF 1.15.

    Raises:
      TypeError: a column of another kind.
      ValueError: fewer than 2 columns or buckets.
    """
    if len(columns) < 2:
        raise ValueError(f'columns must be two or more, got {list(columns)!r}.')
    if hash_bucket_size < 2:
        raise ValueError(f'hash_bucket_size must be > 1, got {hash_bucket_size}.')
    for column in columns:
        if not isinstance(column, (SparseColumn, CrossedColumn, BucketizedColumn)):
            raise TypeError(f'columns must be sparse, bucketized or crossed columns, got {column!r}.')
    ordered = tuple(sorted(columns, key=lambda column: column.name))
    return CrossedColumn(ordered, hash_bucket_size, hash_key, combiner, ckpt_to_load_from, tensor_name_in_ckpt)


def one_hot_column(sparse_id_column: FeatureColumn) -> OneHotColumn:
    """Returns a sparse column for input layers, as a vector of its length."""
    return OneHotColumn(sparse_id_column)
