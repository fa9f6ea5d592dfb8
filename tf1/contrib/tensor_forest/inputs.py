"""Features and labels of forests as matrices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tf1 as tf


def feature_matrix(features: Any, num_features: int) -> tf.Tensor:
    """Returns features as one matrix, [batch, columns] float32.

    Args:
      features: [batch, columns] float32, dense or sparse, or a dictionary of matrices of any number type or of strings,
        which are joined in the order of their keys, sparse ones last. A string counts by its hash.
      num_features: columns of a sparse matrix whose shape does not say.

    Raises:
      TypeError: a single tensor is not of float32.
      ValueError: a tensor of a dictionary is not a matrix.
    """
    if not isinstance(features, Mapping):
        if not isinstance(features, tf.SparseTensor):
            features = tf.convert_to_tensor(features)
        if features.dtype != tf.float32:
            raise TypeError(
                f'features must be float32, got {features.dtype.name}; convert them by tf.cast(features, tf.float32), '
                'or name them in a dictionary.'
            )
        return _dense(features, num_features)
    dense, sparse = [], []
    for _, tensor in sorted(features.items()):
        if not isinstance(tensor, tf.SparseTensor):
            tensor = tf.convert_to_tensor(tensor)
        is_sparse = isinstance(tensor, tf.SparseTensor)
        (sparse if is_sparse else dense).append(_dense(_numbers(tensor), num_features))
    return tf.concat([*dense, *sparse], 1)


def label_matrix(labels: Any, num_outputs: int, is_regression: bool) -> tf.Tensor:
    """Returns labels as forests take them: numbers, [batch, num_outputs] float32, or classes, [batch] int32.

    Args:
      labels: a tensor, or a dictionary with a single one.
      num_outputs: numbers of a label.
      is_regression: whether labels are numbers.

    Raises:
      ValueError: a dictionary has another number of labels.
    """
    if isinstance(labels, Mapping):
        if len(labels) != 1:
            raise ValueError(f'labels must be a tensor or a dictionary with one, got the keys {sorted(labels)}.')
        (labels,) = labels.values()
    if isinstance(labels, tf.SparseTensor):
        labels = tf.sparse.to_dense(labels)
    if is_regression:
        return tf.reshape(tf.cast(labels, tf.float32), [-1, num_outputs])
    return tf.reshape(tf.cast(labels, tf.int32), [-1])


def _numbers(tensor: Any) -> Any:
    if tensor.dtype != tf.string:
        return tf.cast(tensor, tf.float32)
    if isinstance(tensor, tf.SparseTensor):
        return tf.SparseTensor(tensor.indices, _hashes(tensor.values), tensor.dense_shape)
    return _hashes(tensor)


def _hashes(strings: tf.Tensor) -> tf.Tensor:
    # float32 holds whole numbers up to this.
    return tf.cast(tf.strings.to_hash_bucket_fast(strings, 1 << 24), tf.float32)


def _dense(tensor: Any, num_features: int) -> tf.Tensor:
    if not isinstance(tensor, tf.SparseTensor):
        if tensor.shape.rank not in (None, 2):
            raise ValueError(f'features must have the shape [batch, columns], got {tensor.shape}.')
        return tensor
    columns = tensor.shape[1].value
    if columns is None:
        columns = tf.maximum(tensor.dense_shape[1], num_features)
    shape = tf.stack([tensor.dense_shape[0], tf.cast(columns, tf.int64)])
    return tf.sparse.to_dense(tf.SparseTensor(tensor.indices, tensor.values, shape), validate_indices=False)
