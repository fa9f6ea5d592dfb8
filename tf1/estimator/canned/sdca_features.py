"""Feature columns as `LinearSDCA` takes them: a matrix, or the numbers and values of what each example has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.column_inputs import ColumnInputs


class DenseFeature(NamedTuple):
    """A column with `[batch, n]` float32."""

    column: Any
    values: tf.Tensor


class SparseFeature(NamedTuple):
    """A column with pairs of an example and a category, each pair once: `[pairs]` int64, int64, float32."""

    column: Any
    examples: tf.Tensor
    ids: tf.Tensor
    values: tf.Tensor


def features_of(
    features: Mapping[str, Any], feature_columns: Sequence[Any]
) -> tuple[list[DenseFeature], list[SparseFeature]]:
    """Returns the columns by their form, each in the order of the columns' names.

    Raises:
      ValueError: a column is neither numeric nor categorical.
    """
    inputs = ColumnInputs(features)
    dense, sparse = [], []
    for column in sorted(feature_columns, key=lambda column: column.name):
        if hasattr(column, 'num_buckets'):
            sparse.append(_sparse(column, column.get_sparse_tensors(inputs, None)))
        elif hasattr(column, 'normalizer_fn'):
            values = column.get_dense_tensor(inputs, None)
            dense.append(DenseFeature(column, tf.reshape(values, [-1, column.variable_shape.num_elements()])))
        else:
            raise ValueError(f'LinearSDCA takes numeric and categorical columns, got {column!r}.')
    return dense, sparse


def _sparse(column: Any, tensors: Any) -> SparseFeature:
    ids = tensors.id_tensor
    weights = tf.ones_like(ids.values, tf.float32) if tensors.weight_tensor is None else tensors.weight_tensor.values
    examples, numbers = ids.indices[:, 0], ids.values
    known = numbers >= 0
    examples, numbers, weights = (tf.boolean_mask(each, known) for each in (examples, numbers, weights))
    count = tf.constant(column.num_buckets, tf.int64)
    pairs, place = tf.unique(examples * count + numbers)
    summed = tf.unsorted_segment_sum(weights, place, tf.size(pairs))
    return SparseFeature(column, pairs // count, pairs % count, summed)
