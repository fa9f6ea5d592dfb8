"""Input layers and linear models of feature columns."""

from __future__ import annotations

from collections.abc import Iterable

import tf1 as tf
from tf1.contrib import framework
from tf1.contrib.layers import feature_columns as columns
from tf1.contrib.layers.feature_embeddings import EmbeddingColumn
from tf1.contrib.layers.feature_transforms import Features, Transformer, check_feature_columns, ordered

_SPARSE = (columns.SparseColumn, columns.WeightedSparseColumn, columns.CrossedColumn, columns.BucketizedColumn)


def input_from_feature_columns(
    columns_to_tensors: Features,
    feature_columns: Iterable[columns.FeatureColumn],
    weight_collections: list[str] | None = None,
    trainable: bool = True,
    scope: str | None = None,
    cols_to_outs: dict[columns.FeatureColumn, tf.Tensor] | None = None,
) -> tf.Tensor:
    """Returns the columns beside each other as input of a dense layer, `[batch, sum of their widths]` float32.

    Args:
      columns_to_tensors: features by name.
      feature_columns: real-valued, bucketized, embedding and one-hot columns; they come in the order of their keys.
      weight_collections: collections for the variables besides the usual ones.
      trainable: whether training changes them.
      scope: variable scope.
      cols_to_outs: if given, it gets each column's part.

    Raises:
      ValueError: a column that has no dense form, or two alike.
    """
    return _input(
        columns_to_tensors,
        feature_columns,
        weight_collections,
        trainable,
        scope,
        'input_from_feature_columns',
        2,
        cols_to_outs,
    )


def sequence_input_from_feature_columns(
    columns_to_tensors: Features,
    feature_columns: Iterable[columns.FeatureColumn],
    weight_collections: list[str] | None = None,
    trainable: bool = True,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns `[batch, time, sum of widths]` float32 of features `[batch, time, any]`, as `input_from_feature_columns`.

    Raises:
      ValueError: a column that has no dense form, a bucketized column, or two alike.
    """
    feature_columns = list(feature_columns)
    for column in feature_columns:
        if isinstance(column, (columns.BucketizedColumn, columns.CrossedColumn)):
            raise ValueError(f'{column.name} has no sequence form: it is {type(column).__name__}.')
    return _input(
        columns_to_tensors,
        feature_columns,
        weight_collections,
        trainable,
        scope,
        'sequence_input_from_feature_columns',
        3,
        None,
    )


def _input(
    features: Features,
    feature_columns: Iterable[columns.FeatureColumn],
    collections: list[str] | None,
    trainable: bool,
    scope: str | None,
    default_scope: str,
    rank: int,
    parts: dict[columns.FeatureColumn, tf.Tensor] | None,
) -> tf.Tensor:
    feature_columns = list(feature_columns)
    check_feature_columns(feature_columns)
    with tf.variable_scope(scope, default_scope):
        transformer, outputs = Transformer(features), []
        for column in ordered(feature_columns):
            with tf.variable_scope(None, column.name):
                outputs.append(_part(transformer, column, rank, collections, trainable))
            if parts is not None:
                parts[column] = outputs[-1]
        return tf.concat(outputs, rank - 1)


def _part(
    transformer: Transformer,
    column: columns.FeatureColumn,
    rank: int,
    collections: list[str] | None,
    trainable: bool,
) -> tf.Tensor:
    if isinstance(column, columns.RealValuedColumn):
        return _shaped(tf.cast(transformer.transform(column), tf.float32), column.dimension, rank)
    if isinstance(column, columns.BucketizedColumn):
        buckets = tf.cast(transformer.transform(column), tf.int64)
        width = column.length * column.source_column.dimension
        hot = tf.one_hot(buckets, column.length, on_value=1.0, off_value=0.0)
        return tf.reshape(hot, [-1, width], name='reshape')
    if isinstance(column, columns.OneHotColumn):
        return _one_hot(transformer, column, rank)
    if isinstance(column, EmbeddingColumn):
        parts = transformer.ids_and_weights(column.sparse_id_column)
        ids, weights = (None if each is None else _flattened(each, rank) for each in parts)
        vectors = _vectors(column, collections, trainable)
        return tf.nn.safe_embedding_lookup_sparse(
            vectors, ids, weights, combiner=column.combiner, max_norm=column.max_norm, name=f'{column.name}weights'
        )
    raise ValueError(
        f'{column.name} has no dense form: it is {type(column).__name__}. '
        'Wrap it in embedding_column or one_hot_column.'
    )


def _shaped(numbers: tf.Tensor, dimension: int, rank: int) -> tf.Tensor:
    if numbers.shape.rank == rank:
        return numbers
    if rank == 2:
        return tf.reshape(numbers, [-1, dimension])
    return tf.reshape(numbers, tf.concat([tf.shape(numbers)[: rank - 1], [dimension]], axis=0))


def _flattened(values: tf.SparseTensor, rank: int) -> tf.SparseTensor:
    """Returns sparse values with all dimensions from `rank` - 1 on as one."""
    with tf.name_scope('InnerFlatten'):
        shape = values.dense_shape
        outer, inner = shape[: rank - 1], shape[rank - 1 :]
        return tf.sparse.reshape(values, tf.concat([outer, [tf.reduce_prod(inner)]], 0))


def _one_hot(transformer: Transformer, column: columns.OneHotColumn, rank: int) -> tf.Tensor:
    ids, weights = transformer.ids_and_weights(column.sparse_id_column)
    length = column.sparse_id_column.length
    # -1 stands for places without a value, and has no 1 in its vector.
    dense = tf.sparse_tensor_to_dense(_flattened(ids, rank), default_value=-1)
    vectors = tf.one_hot(dense, length, on_value=1.0, off_value=0.0)
    if weights is not None:
        vectors *= tf.sparse.to_dense(_flattened(weights, rank))[..., tf.newaxis]
    return tf.reduce_sum(vectors, axis=[rank - 1])


def _vectors(column: EmbeddingColumn, collections: list[str] | None, trainable: bool) -> tf.Variable:
    shared = column.shared_embedding_name
    key = f'SHARED_EMBEDDING_COLLECTION_{shared.upper()}' if shared else None
    known = tf.get_collection(key) if shared else []
    if known:
        return known[0]
    vectors = framework.model_variable(
        shared or 'weights',
        shape=[column.length, column.dimension],
        dtype=tf.float32,
        initializer=column.initializer,
        trainable=trainable and column.trainable,
        collections=collections,
    )
    if shared:
        tf.add_to_collection(key, vectors)
    _start_from_checkpoint(column, vectors)
    return vectors


def _start_from_checkpoint(column: EmbeddingColumn | columns.CrossedColumn, weights: tf.Variable) -> None:
    if getattr(column, 'ckpt_to_load_from', None) is not None:
        tf.train.init_from_checkpoint(column.ckpt_to_load_from, {column.tensor_name_in_ckpt: weights})


def weighted_sum_from_feature_columns(
    columns_to_tensors: Features,
    feature_columns: Iterable[columns.FeatureColumn],
    num_outputs: int,
    weight_collections: list[str] | None = None,
    trainable: bool = True,
    scope: str | None = None,
) -> tuple[tf.Tensor, dict[columns.FeatureColumn, list[tf.Variable]], tf.Variable]:
    """Builds a linear model: a weight for every number and every id, all starting from 0, and a bias.

    Returns:
      The sum `[batch, num_outputs]` float32, the variables of each column, and the bias `[num_outputs]`.

    Raises:
      ValueError: an embedding or one-hot column, or two alike.
    """
    feature_columns = list(feature_columns)
    check_feature_columns(feature_columns)
    with tf.variable_scope(scope, 'weighted_sum_from_feature_columns'):
        transformer, sums, variables = Transformer(columns_to_tensors), [], {}
        for column in ordered(feature_columns):
            linear = _weighted_numbers if isinstance(column, columns.RealValuedColumn) else _weighted_ids
            total, weights = linear(transformer, column, num_outputs, weight_collections, trainable)
            sums.append(tf.reshape(total, [-1, num_outputs]))
            variables[column] = [weights]
        total, bias = _with_bias(tf.add_n(sums), num_outputs, weight_collections, trainable)
        return total, variables, bias


def _weighted_numbers(
    transformer: Transformer,
    column: columns.RealValuedColumn,
    num_outputs: int,
    collections: list[str] | None,
    trainable: bool,
) -> tuple[tf.Tensor, tf.Variable]:
    numbers = transformer.transform(column)
    with tf.variable_scope(None, column.name):
        weights = _zeros('weight', [column.dimension, num_outputs], collections, trainable)
        numbers = _shaped(tf.cast(numbers, tf.float32), column.dimension, 2)
        return tf.matmul(numbers, weights, name='matmul'), weights


def _weighted_ids(
    transformer: Transformer,
    column: columns.FeatureColumn,
    num_outputs: int,
    collections: list[str] | None,
    trainable: bool,
) -> tuple[tf.Tensor, tf.Variable]:
    _check_sparse(column)
    ids, id_weights = transformer.ids_and_weights(column)
    with tf.variable_scope(None, column.name):
        weights = _zeros('weights', [_ids_of(column), num_outputs], collections, trainable)
        _start_from_checkpoint(column, weights)
        sums = tf.nn.safe_embedding_lookup_sparse(
            weights, ids, id_weights, combiner=column.combiner, name=f'{column.name}_weights'
        )
        return sums, weights


def _check_sparse(column: columns.FeatureColumn) -> None:
    if not isinstance(column, _SPARSE):
        raise ValueError(f'{column.name} has no part in a linear model: it is {type(column).__name__}.')


def _ids_of(column: columns.FeatureColumn) -> int:
    """Returns the number of weights; a bucketized column has buckets for each of its numbers."""
    bucketized = isinstance(column, columns.BucketizedColumn)
    return column.length * (column.source_column.dimension if bucketized else 1)


def _zeros(name: str, shape: list[int], collections: list[str] | None, trainable: bool) -> tf.Variable:
    return framework.model_variable(
        name,
        shape=shape,
        dtype=tf.float32,
        initializer=tf.zeros_initializer(),
        trainable=trainable,
        collections=collections,
    )


def _with_bias(
    total: tf.Tensor, num_outputs: int, collections: list[str] | None, trainable: bool
) -> tuple[tf.Tensor, tf.Variable]:
    bias = _zeros('bias_weight', [num_outputs], collections, trainable)
    return tf.nn.bias_add(total, bias), bias


def joint_weighted_sum_from_feature_columns(
    columns_to_tensors: Features,
    feature_columns: Iterable[columns.FeatureColumn],
    num_outputs: int,
    weight_collections: list[str] | None = None,
    trainable: bool = True,
    scope: str | None = None,
) -> tuple[tf.Tensor, list[tf.Variable], tf.Variable]:
    """`weighted_sum_from_feature_columns` with all weights in one variable; for sparse columns alone.

    Returns:
      The sum `[batch, num_outputs]` float32, a list with the variable, and the bias `[num_outputs]`.

    Raises:
      ValueError: a column that is not sparse, or two alike.
    """
    feature_columns = list(feature_columns)
    check_feature_columns(feature_columns)
    with tf.variable_scope(scope, 'joint_weighted_sum_from_feature_columns'):
        transformer, first = Transformer(columns_to_tensors), 0
        for column in ordered(feature_columns):
            _check_sparse(column)
            transformer.transform(column)
        ids, id_weights = [], []
        for column in ordered(feature_columns):
            found, weight = transformer.ids_and_weights(column)
            ids.append(tf.SparseTensor(found.indices, found.values + first, found.dense_shape))
            id_weights.append(weight)
            first += _ids_of(column)
        if any(weight is not None for weight in id_weights):
            joint_weights = _joined([_or_ones(*each) for each in zip(id_weights, ids, strict=True)])
        else:
            joint_weights = None
        joint_ids = _joined(ids)
        with tf.variable_scope('linear_weights'):
            weights = _zeros('weights', [first, num_outputs], weight_collections, trainable)
            total = tf.nn.safe_embedding_lookup_sparse(
                weights, joint_ids, joint_weights, combiner='sum', name='_weights'
            )
        total, bias = _with_bias(total, num_outputs, weight_collections, trainable)
        return total, [weights], bias


def _joined(parts: list[tf.SparseTensor]) -> tf.SparseTensor:
    if len(parts) == 1:
        return parts[0]
    if len({each.dtype for each in parts}) > 1:
        parts = [tf.SparseTensor(each.indices, tf.cast(each.values, tf.int64), each.dense_shape) for each in parts]
    return tf.sparse.concat(1, parts)


def _or_ones(weights: tf.SparseTensor | None, ids: tf.SparseTensor) -> tf.SparseTensor:
    if weights is not None:
        return weights
    return tf.SparseTensor(ids.indices, tf.ones_like(ids.values, tf.float32), ids.dense_shape)
