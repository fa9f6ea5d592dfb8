"""What columns make of raw features: numbers, or sparse ids with their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import tf1 as tf
from tf1.contrib import lookup
from tf1.contrib.layers import feature_columns as columns
from tf1.contrib.layers import feature_cross
from tf1.contrib.layers.feature_embeddings import EmbeddingColumn

Features = Mapping[object, tf.Tensor | tf.SparseTensor]


class Transformer:
    """Transforms features by columns, each column once.

    Args:
      features: by name, or by column where they are transformed already.
    """

    def __init__(self, features: Features):
        self._features = features
        self._done = {key: value for key, value in features.items() if isinstance(key, columns.FeatureColumn)}

    def transform(self, column: columns.FeatureColumn) -> tf.Tensor | tf.SparseTensor | tuple:
        """Returns numbers, bucket numbers, sparse ids, or sparse ids and sparse weights.

        Raises:
          KeyError: the features lack one that the column needs.
          TypeError: not a column.
        """
        if column not in self._done:
            self._done[column] = self._transformed(column)
        return self._done[column]

    def ids_and_weights(self, column: columns.FeatureColumn) -> tuple[tf.SparseTensor, tf.SparseTensor | None]:
        """Returns a sparse, weighted, crossed or bucketized column as sparse ids, and weights or None."""
        value = self.transform(column)
        if isinstance(column, columns.WeightedSparseColumn):
            return value
        if isinstance(column, columns.BucketizedColumn):
            return self._bucket_ids(column), None
        return value, None

    def _transformed(self, column: columns.FeatureColumn) -> tf.Tensor | tf.SparseTensor | tuple:
        if isinstance(column, columns.RealValuedColumn):
            return self._numbers(column)
        if isinstance(column, columns.BucketizedColumn):
            numbers = tf.cast(self.transform(column.source_column), tf.float32)
            return tf.raw_ops.Bucketize(input=numbers, boundaries=list(column.boundaries), name='bucketize')
        if isinstance(column, columns.SparseColumn):
            return _ids(column, self._sparse(column.column_name, column.dtype))
        if isinstance(column, columns.WeightedSparseColumn):
            weights = self._sparse(column.weight_column_name, column.dtype)
            weights = tf.SparseTensor(weights.indices, tf.cast(weights.values, tf.float32), weights.dense_shape)
            return self.transform(column.sparse_id_column), weights
        if isinstance(column, columns.CrossedColumn):
            parts = [self._part(part) for part in _leaves(column)]
            return feature_cross.crossed(parts, column.hash_bucket_size, column.hash_key)
        if isinstance(column, (EmbeddingColumn, columns.OneHotColumn)):
            return self.transform(column.sparse_id_column)
        raise TypeError(f'{column!r} is not a feature column of tf.contrib.layers.')

    def _numbers(self, column: columns.RealValuedColumn) -> tf.Tensor:
        numbers = self._raw(column.column_name)
        return numbers if column.normalizer is None else column.normalizer(numbers)

    def _raw(self, name: str) -> tf.Tensor | tf.SparseTensor:
        """Returns a feature, numbers and words `[batch]` as `[batch, 1]`."""
        feature = self._features[name]
        if isinstance(feature, tf.SparseTensor):
            return feature
        feature = tf.convert_to_tensor(feature)
        return tf.expand_dims(feature, -1, name='expand_dims') if feature.shape.rank == 1 else feature

    def _sparse(self, name: str, dtype: tf.DType) -> tf.SparseTensor:
        dense = self._raw(name)
        if isinstance(dense, tf.SparseTensor):
            return dense
        missing = '' if dtype == tf.string else -1 if dtype.is_integer else 0.0
        with tf.name_scope('DenseToSparseTensor'):
            absent = tf.cast(missing, dense.dtype, name='ignore_value')
            places = tf.where(tf.not_equal(dense, absent), name='indices')
            values = tf.gather_nd(dense, places, name='values')
            return tf.SparseTensor(places, values, tf.shape(dense, out_type=tf.int64, name='dense_shape'))

    def _part(self, column: columns.FeatureColumn) -> tf.SparseTensor:
        """Returns one side of a cross: raw words, or ids of columns that make ids."""
        if isinstance(column, columns.SparseColumn):
            raw = self._sparse(column.column_name, column.dtype)
            if raw.dtype == tf.string:
                return raw
            return tf.SparseTensor(raw.indices, tf.cast(raw.values, tf.int64), raw.dense_shape)
        ids = self.ids_and_weights(column)[0]
        return tf.SparseTensor(ids.indices, tf.cast(ids.values, tf.int64), ids.dense_shape)

    def _bucket_ids(self, column: columns.BucketizedColumn) -> tf.SparseTensor:
        """Returns `[batch, dimension]` ids; each dimension has buckets of its own."""
        dimension, buckets = column.source_column.dimension, self.transform(column)
        batch = tf.shape(buckets, name='shape')[0]
        if dimension > 1:
            rows = tf.tile(tf.expand_dims(tf.range(0, batch), 1, name='expand_dims'), [1, dimension], name='tile')
            rows = tf.reshape(rows, [-1], name='reshape')
            places = tf.tile(tf.range(0, dimension), [batch], name='tile')
            ids = tf.reshape(buckets, [-1], name='reshape') + column.length * places
        else:
            rows, places = tf.range(0, batch), tf.zeros([batch], tf.int32)
            ids = tf.reshape(buckets, [-1], name='reshape')
        indices = tf.cast(tf.transpose(tf.stack([rows, places])), tf.int64)
        return tf.SparseTensor(indices, ids, tf.cast(tf.stack([batch, dimension]), tf.int64))


def _leaves(column: columns.CrossedColumn) -> list[columns.FeatureColumn]:
    """Returns what a cross is made of in the end; a cross of crosses is one cross of all their columns."""
    return [
        leaf
        for part in column.columns
        for leaf in (_leaves(part) if isinstance(part, columns.CrossedColumn) else [part])
    ]


def _ids(column: columns.SparseColumn, words: tf.SparseTensor) -> tf.SparseTensor:
    values, config = words.values, column.lookup_config
    if column.is_integerized:
        ids = tf.mod(values, column.bucket_size, name='mod')
    elif config is None:
        text = values if values.dtype == tf.string else tf.as_string(values)
        ids = tf.strings.to_hash_bucket_fast(text, column.bucket_size, name='lookup')
    elif config.keys is not None:
        table = lookup.index_table_from_tensor(
            config.keys, default_value=config.default_value, dtype=column.dtype, name='lookup'
        )
        ids = table.lookup(values)
    else:
        table = lookup.index_table_from_file(
            config.vocabulary_file,
            config.num_oov_buckets,
            config.vocab_size,
            config.default_value,
            key_dtype=column.dtype,
            name='lookup',
        )
        ids = table.lookup(values)
    return tf.SparseTensor(words.indices, ids, words.dense_shape)


def transform_features(
    features: Features, feature_columns: Iterable[columns.FeatureColumn]
) -> dict[columns.FeatureColumn, tf.Tensor | tf.SparseTensor | tuple]:
    """Returns what each column makes of the features.

    Raises:
      ValueError: not columns, or two alike.
      KeyError: the features lack one that a column needs.
    """
    feature_columns = list(feature_columns)
    check_feature_columns(feature_columns)
    transformer = Transformer(features)
    return {column: transformer.transform(column) for column in ordered(feature_columns)}


def ordered(feature_columns: Iterable[columns.FeatureColumn]) -> list[columns.FeatureColumn]:
    """Returns the distinct columns in the order of their keys."""
    return sorted(set(feature_columns), key=lambda column: column.key)


def check_feature_columns(feature_columns: Iterable[columns.FeatureColumn]) -> None:
    """Checks that columns are columns, no two alike.

    Raises:
      ValueError: a dictionary, or two columns with the same key.
    """
    if isinstance(feature_columns, dict):
        raise ValueError('feature_columns must be a list of columns, got a dictionary.')
    seen = set()
    for column in feature_columns:
        if column.key in seen:
            raise ValueError(f'feature_columns must differ, but two are {column.name} with the same key; drop one.')
        seen.add(column.key)
