"""The logits of a linear model over feature columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.column_inputs import ColumnInputs

LINEAR_MODEL = 'linear_model'
LINEAR_MODEL_V2 = 'linear/linear_model'


def linear_logit_fn_builder(
    units: int, feature_columns: Sequence[Any], sparse_combiner: str = 'sum'
) -> Callable[[Mapping[str, Any]], tf.Tensor]:
    """Returns a function of `features` that returns logits, `[batch, units]` float32.

    Args:
      units: length of the logits' last axis.
      feature_columns: columns, dense or categorical.
      sparse_combiner: how the several values of a categorical column join: 'sum', 'mean' or 'sqrtn'.
    """

    def linear_logit_fn(features: Mapping[str, Any]) -> tf.Tensor:
        logits, _ = linear_logits(features, feature_columns, units, sparse_combiner)
        return logits

    return linear_logit_fn


def linear_logits(
    features: Mapping[str, Any],
    feature_columns: Sequence[Any],
    units: int,
    sparse_combiner: str = 'sum',
    name: str = LINEAR_MODEL,
) -> tuple[tf.Tensor, dict[Any, list[tf.Variable]]]:
    """Returns what `model` does, and writes summaries of the weights."""
    logits, variables = model(features, feature_columns, units, sparse_combiner, name)
    summarize(variables, units)
    return logits, variables


def model(
    features: Mapping[str, Any],
    feature_columns: Sequence[Any],
    units: int,
    sparse_combiner: str,
    name: str = LINEAR_MODEL,
) -> tuple[tf.Tensor, dict[Any, list[tf.Variable]]]:
    """Returns logits, `[batch, units]` float32, and the parts of the weights by column, of the bias by 'bias'.

    Variables are called `NAME/COLUMN/weights`, what is computed of them `NAME/NAME/NAME/...`, as in TF 1.15's layer for
    columns, and unlike in `tf.feature_column.linear_model`.

    Raises:
      ValueError: there is no column, or one is neither dense nor categorical.
    """
    columns = sorted(_checked(feature_columns), key=lambda column: column.name)
    inputs = ColumnInputs(features)
    with tf.variable_scope(name) as scope:
        weights = [_weights(column, units) for column in columns]
        bias = _variable('bias_weights', [units])
        with tf.name_scope(scope.original_name_scope), tf.name_scope(name), tf.name_scope(name):
            sums = [_weighted_sum(*each, inputs, sparse_combiner) for each in zip(columns, weights, strict=True)]
            logits = tf.nn.bias_add(tf.add_n(sums, name='weighted_sum_no_bias'), bias, name='weighted_sum')
    parts = {column: _parts(each) for column, each in zip(columns, weights, strict=True)}
    return logits, {**parts, 'bias': _parts(bias)}


def summarize(variables: Mapping[Any, Sequence[tf.Variable]], units: int) -> None:
    """Writes the bias, and the share of zeros among the weights."""
    bias = variables['bias']
    _summarize_bias(bias[0] if len(bias) == 1 else tf.concat(bias, axis=0), units)
    weights = [part for column, parts in variables.items() if column != 'bias' for part in parts]
    tf.summary.scalar('fraction_of_zero_weights', _zero_fraction(weights))


def _checked(feature_columns: Sequence[Any]) -> Sequence[Any]:
    if not feature_columns:
        raise ValueError(f'feature_columns must hold a column at least, got {feature_columns!r}.')
    for column in feature_columns:
        if not (_is_categorical(column) or hasattr(column, 'get_dense_tensor')):
            raise ValueError(f'feature_columns must be dense or categorical columns, got {column!r}.')
    return feature_columns


def _is_categorical(column: Any) -> bool:
    return hasattr(column, 'num_buckets')


def _weights(column: Any, units: int) -> Any:
    with tf.variable_scope(column.name):
        rows = column.num_buckets if _is_categorical(column) else column.variable_shape.num_elements()
        return _variable('weights', [rows, units])


def _variable(name: str, shape: list[int]) -> Any:
    collections = [tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.MODEL_VARIABLES]
    return tf.get_variable(name, shape, initializer=tf.zeros_initializer(), collections=collections)


def _parts(variable: Any) -> list[tf.Variable]:
    in_parts = hasattr(variable, 'as_tensor')  # Only a PartitionedVariable is to be made one tensor.
    return list(variable) if in_parts else [variable]


def _weighted_sum(column: Any, weights: Any, inputs: ColumnInputs, sparse_combiner: str) -> tf.Tensor:
    """Returns what a column adds to the logits, `[batch, units]`."""
    with tf.name_scope(column.name):
        if _is_categorical(column):
            pair = column.get_sparse_tensors(inputs, None)
            ids, shares = _matrix(pair.id_tensor), pair.weight_tensor
            return tf.nn.safe_embedding_lookup_sparse(
                weights, ids, shares if shares is None else _matrix(shares), sparse_combiner, name='weighted_sum'
            )
        values = column.get_dense_tensor(inputs, None)
        matrix = tf.reshape(values, [tf.shape(values)[0], column.variable_shape.num_elements()])
        return tf.matmul(matrix, weights, name='weighted_sum')


def _matrix(values: tf.SparseTensor) -> tf.SparseTensor:
    return tf.sparse_reshape(values, [tf.shape(values)[0], -1])


def _zero_fraction(weights: Sequence[tf.Variable]) -> tf.Tensor:
    """Returns the share of zeros, variable by variable, so that large ones are not joined."""
    with tf.name_scope('zero_fraction'):
        with tf.name_scope('total_size'):
            sizes = [tf.size(part, out_type=tf.int64) for part in weights]
            size = tf.add_n(sizes)
        with tf.name_scope('total_zero'):
            zeros = tf.add_n([_count_zeros(part, size) for part, size in zip(weights, sizes, strict=True)])
        with tf.name_scope('compute'):
            share = zeros / tf.to_float(size, name='float32_size')
        return tf.identity(share, 'zero_fraction_or_nan')


def _count_zeros(part: tf.Variable, size: tf.Tensor) -> tf.Tensor:
    return tf.cond(
        tf.equal(size, tf.constant(0, tf.int64)),
        lambda: tf.constant(0.0),
        lambda: tf.nn.zero_fraction(part) * tf.to_float(size),
        name='zero_count',
    )


def _summarize_bias(bias: tf.Tensor, units: int) -> None:
    if units == 1:
        tf.summary.scalar('bias', bias[0])
    else:
        tf.summary.histogram('bias', bias)
