"""Features, labels, logits and weights of a batch, checked and in the shapes that heads compute with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def checked_features(features: Any) -> Mapping[str, Any]:
    """Returns `features`.

    Raises:
      ValueError: they are no dict.
    """
    if not isinstance(features, Mapping):
        raise ValueError(f'features must be a dict of Tensors by name, got {features!r}. Return one from input_fn.')
    return features


def checked_logits(logits: Any, dimension: int) -> tf.Tensor:
    """Returns `logits` as `[batch, ..., dimension]` float32; a session fails on others, where the graph cannot tell.

    Raises:
      ValueError: the last axis has another length, or there are fewer than two axes.
    """
    logits = tf.cast(tf.convert_to_tensor(logits), tf.float32)
    constraint = f'logits shape must be [batch, ..., {dimension}]'
    known = None if isinstance(dimension, tf.Tensor) else dimension
    if logits.shape.ndims is None:
        has_axes = tf.debugging.assert_rank_at_least(logits, 2, message=constraint)
        with tf.control_dependencies([has_axes]):
            fits = tf.debugging.assert_equal(tf.shape(logits)[-1], dimension, message=constraint)
        with tf.control_dependencies([fits]):
            return tf.identity(logits)
    if logits.shape.ndims < 2 or not logits.shape[-1:].is_compatible_with([known]):
        raise ValueError(f'{constraint}, got {logits.shape}.')
    if known is not None and logits.shape[-1:].is_fully_defined():
        return logits
    with tf.control_dependencies([tf.debugging.assert_equal(tf.shape(logits)[-1], dimension, message=constraint)]):
        return tf.identity(logits)


def dense_labels(labels: Any, logits: tf.Tensor, dimension: int) -> tf.Tensor:
    """Returns `labels` as `[batch, ..., dimension]`; an axis of length 1 is added where it lacks.

    Raises:
      ValueError: labels are missing, sparse, or of another shape.
    """
    if labels is None:
        raise ValueError('labels must be a Tensor to train and evaluate, got None. Return them from input_fn.')
    if isinstance(labels, tf.SparseTensor):
        raise ValueError(f'labels must be a dense Tensor, got {labels}. Make them dense with tf.sparse.to_dense.')
    labels = tf.convert_to_tensor(labels)
    if None not in (labels.shape.ndims, logits.shape.ndims) and labels.shape.ndims == logits.shape.ndims - 1:
        labels = tf.expand_dims(labels, -1)
    expected = logits.shape[:-1].concatenate([dimension])
    if not labels.shape.is_compatible_with(expected):
        raise ValueError(f'labels shape must be {expected}, got {labels.shape}.')
    if labels.shape.is_fully_defined() and expected.is_fully_defined():
        return labels
    constraint = f'labels shape must be that of logits but for its last axis, {dimension}'
    return of_shape(labels, tf.concat([tf.shape(logits)[:-1], [dimension]], 0), constraint)


def of_shape(tensor: tf.Tensor, shape: tf.Tensor, constraint: str) -> tf.Tensor:
    """Returns `tensor`; a session fails unless its shape is `shape`.

    Args:
      tensor: of any shape.
      shape: `[rank]` int32.
      constraint: begins the error's text.
    """
    # Shapes of different length would be compared after broadcasting.
    same_rank = tf.debugging.assert_equal(tf.rank(tensor), tf.size(shape), message=constraint)
    with tf.control_dependencies([same_rank]):
        same_shape = tf.debugging.assert_equal(tf.shape(tensor), shape, message=constraint)
    with tf.control_dependencies([same_shape]):
        return tf.identity(tensor)


def class_ids(labels: tf.Tensor, n_classes: int, vocabulary: Sequence[str] | None) -> tf.Tensor:
    """Returns labels as class numbers, int64, of the same shape; a session fails on one out of range.

    Raises:
      ValueError: strings without a vocabulary, or other labels than strings with one.
    """
    if vocabulary:
        if labels.dtype != tf.string:
            raise ValueError(f'labels must be strings, as label_vocabulary is given; got dtype {labels.dtype.name}.')
        return in_range(vocabulary_ids(labels, vocabulary), n_classes)
    if not labels.dtype.is_integer:
        raise ValueError(
            f'labels dtype must be an integer, got {labels.dtype.name}. Labels that are strings need label_vocabulary.'
        )
    return in_range(tf.cast(labels, tf.int64), n_classes)


def vocabulary_ids(labels: tf.Tensor, vocabulary: Sequence[str]) -> tf.Tensor:
    """Returns the places of strings in `vocabulary`, int64; -1 for others."""
    rows = tf.lookup.KeyValueTensorInitializer(
        tf.constant(list(vocabulary), tf.string), tf.range(len(vocabulary), dtype=tf.int64)
    )
    return tf.lookup.StaticHashTable(rows, default_value=-1).lookup(labels)


def in_range(ids: tf.Tensor, count: int) -> tf.Tensor:
    """Returns `ids`; a session fails unless all are in [0, count - 1]."""
    low = tf.debugging.assert_non_negative(ids, message='Labels must be >= 0, and words of label_vocabulary if given.')
    highest = tf.cast(count - 1, ids.dtype)
    high = tf.debugging.assert_less_equal(ids, highest, message=f'Labels must be <= {count - 1}.')
    with tf.control_dependencies([low, high]):
        return tf.identity(ids)


def weights_of(features: Mapping[str, Any] | None, column: Any, logits: tf.Tensor) -> tf.Tensor | float:
    """Returns the examples' weights, float32, or 1.0 without a weight column.

    Weights are `[batch, ..., 1]`, or `[batch, ..., n]`: one for each logit. A session fails on others, where the graph
    cannot tell.

    Args:
      features: features by name.
      column: a feature's name, or a numeric column.
      logits: `[batch, ..., n]`.

    Raises:
      ValueError: there is no such feature, it is no number, or its shape does not fit.
    """
    if column is None:
        return 1.0
    key = column if isinstance(column, str) else column.key
    if not isinstance(features, Mapping) or key not in features:
        raise ValueError(f'features must be a dict that holds weight_column {key!r}, got {features!r}.')
    weights = tf.convert_to_tensor(features[key])
    if not (weights.dtype.is_floating or weights.dtype.is_integer):
        raise ValueError(f'weight_column {key!r} must be numbers, got dtype {weights.dtype.name}.')
    weights = tf.cast(weights, tf.float32)
    if getattr(column, 'normalizer_fn', None):
        weights = column.normalizer_fn(weights)
    if None not in (weights.shape.ndims, logits.shape.ndims) and weights.shape.ndims == logits.shape.ndims - 1:
        weights = tf.expand_dims(weights, -1)
    shapes = [logits.shape[:-1].concatenate([1]), logits.shape]
    if not any(weights.shape.is_compatible_with(shape) for shape in shapes):
        raise ValueError(
            f'weight_column {key!r} must have shape {shapes[0]}, without its last axis, or that of the logits, '
            f'{logits.shape}; got {weights.shape}.'
        )
    if weights.shape.is_fully_defined() and logits.shape.is_fully_defined():
        return weights
    return _fitting_weights(
        weights, logits, f'weight_column {key!r} must have the shape of the logits but for the last axis'
    )


def _fitting_weights(weights: tf.Tensor, logits: tf.Tensor, constraint: str) -> tf.Tensor:
    """Returns weights with as many axes as logits; a session fails unless they weigh examples or logits."""
    if weights.shape.ndims is None or logits.shape.ndims is None:
        lacking = tf.maximum(tf.rank(logits) - tf.rank(weights), 0)
        weights = tf.reshape(weights, tf.concat([tf.shape(weights), tf.ones([tf.minimum(lacking, 1)], tf.int32)], 0))
    last = tf.shape(weights)[-1:]
    is_one_or_all = tf.debugging.Assert(
        tf.reduce_all(tf.equal(last, 1) | tf.equal(last, tf.shape(logits)[-1:])), [constraint, tf.shape(weights)]
    )
    with tf.control_dependencies([is_one_or_all]):
        return of_shape(weights, tf.concat([tf.shape(logits)[:-1], last], 0), constraint)


def check_weight_column(column: Any) -> None:
    """Raises TypeError unless `column` is None, a name or a numeric column."""
    if column is not None and not is_weight_column(column):
        raise TypeError(f'weight_column must be a name or tf.feature_column.numeric_column, got {column!r}.')


def is_weight_column(column: Any) -> bool:
    """Returns whether `column` is a name or a numeric column."""
    return isinstance(column, str) or hasattr(column, 'normalizer_fn')
