"""Feature columns as `LinearSDCA` takes them: a matrix, or the numbers and values of what each example has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.column_inputs import ColumnInputs
from tf1.estimator.canned.sdca_solver import Dense, Parts, Sparse, pairs_once


def inputs_of(
    features: Mapping[str, Any], feature_columns: Sequence[Any], variables: Mapping[Any, Parts]
) -> tuple[list[Sparse], list[Dense]]:
    """Returns the columns by their form, each in the order of the columns' names.

    Args:
      features: of the batch, by name.
      feature_columns: numeric and categorical ones.
      variables: the weights of each column.

    Raises:
      ValueError: a column is neither numeric nor categorical.
    """
    inputs = ColumnInputs(features)
    sparse, dense = [], []
    for column in sorted(feature_columns, key=lambda column: column.name):
        if hasattr(column, 'num_buckets'):
            sparse.append(_sparse(column, column.get_sparse_tensors(inputs, None), variables[column]))
        elif hasattr(column, 'normalizer_fn'):
            values = tf.reshape(column.get_dense_tensor(inputs, None), [-1, column.variable_shape.num_elements()])
            dense.append(Dense(values, variables[column]))
        else:
            raise ValueError(f'LinearSDCA takes numeric and categorical columns, got {column!r}.')
    return sparse, dense


def _sparse(column: Any, tensors: Any, weights: Parts) -> Sparse:
    ids = tensors.id_tensor
    values = tf.ones_like(ids.values, tf.float32) if tensors.weight_tensor is None else tensors.weight_tensor.values
    examples, numbers, values = pairs_once(ids.indices[:, 0], ids.values, values, column.num_buckets)
    return Sparse(examples, numbers, values, weights)
