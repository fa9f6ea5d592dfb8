"""The losses: `tf.losses` with the argument order, the weights and the names of `tf.contrib.losses`.

Each returns a scalar, the sum of the weighted errors over the number of errors whose weight is not 0, and adds it to
the collection of losses. `weights` is a scalar, `[batch]`, or has the shape of the errors or one that broadcasts.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

add_loss = tf.losses.add_loss
get_losses = tf.losses.get_losses


def get_regularization_losses(scope: str | None = None) -> list[tf.Tensor]:
    """Returns the regularization losses, those whose names begin with `scope` if it is given."""
    return tf.losses.get_regularization_losses(scope)


def get_total_loss(add_regularization_losses: bool = True, name: str = 'total_loss') -> tf.Tensor:
    """Returns the sum of all collected losses, a scalar."""
    return tf.losses.get_total_loss(add_regularization_losses, name)


def compute_weighted_loss(losses: Any, weights: Any = 1.0, scope: str | None = None) -> tf.Tensor:
    """Returns the weighted mean of `losses` (any shape) and adds it to the losses.

    Raises:
      ValueError: `weights` is None or does not fit the losses.
    """
    with tf.name_scope(scope, 'weighted_loss', [losses, weights]) as scope:
        losses = tf.convert_to_tensor(losses)
        return tf.losses.compute_weighted_loss(losses, _fitting(weights, losses), scope)


def absolute_difference(
    predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean of `|predictions - labels|`, both of one shape."""
    with tf.name_scope(scope, 'absolute_difference', [predictions, labels]) as scope:
        predictions = tf.convert_to_tensor(predictions)
        return tf.losses.absolute_difference(labels, predictions, _fitting(weights, predictions), scope)


def mean_squared_error(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> tf.Tensor:
    """Returns the weighted mean of `(predictions - labels) ** 2`, both of one shape."""
    with tf.name_scope(scope, 'mean_squared_error', [predictions, labels]) as scope:
        predictions = tf.convert_to_tensor(predictions)
        return tf.losses.mean_squared_error(labels, predictions, _fitting(weights, predictions), scope)


def mean_pairwise_squared_error(
    predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None
) -> tf.Tensor:
    """Returns how far differences between elements of an example are off, summed over examples.

    An example counts the mean over all ordered pairs of its elements, an element with itself included; `tf.losses`
    leaves those out.

    Args:
      predictions: `[batch, ...]`.
      labels: of the same shape.
      weights: scalar, or `[batch]`.
      scope: None for 'mean_pairwise_squared_error'.
    """
    with tf.name_scope(scope, 'mean_pairwise_squared_error', [predictions, labels]) as scope:
        predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        differences = predictions - labels
        _, variances = tf.nn.moments(tf.reshape(differences, [tf.shape(differences)[0], -1]), [1])
        # The name that TF 1.15 gave.
        value = tf.reduce_sum(2.0 * variances * tf.reshape(_fitting(weights, variances), [-1]), name='value_2')
        tf.losses.add_loss(value)
        return value


def log_loss(
    predictions: Any, labels: Any = None, weights: Any = 1.0, epsilon: float = 1e-07, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean log loss of probabilities `predictions` for `labels` from 0 to 1, both of one shape."""
    with tf.name_scope(scope, 'log_loss', [predictions, labels]) as scope:
        predictions = tf.convert_to_tensor(predictions)
        return tf.losses.log_loss(labels, predictions, _fitting(weights, predictions), epsilon, scope)


def hinge_loss(logits: Any, labels: Any = None, scope: str | None = None) -> tf.Tensor:
    """Returns `max(0, 1 - y * logits)` for each element, y being -1 or 1 for labels 0 or 1; it joins no collection."""
    with tf.name_scope(scope, 'hinge_loss', [logits, labels]):
        logits = tf.convert_to_tensor(logits)
        signs = 2 * tf.cast(labels, logits.dtype) - 1
        signs.shape.assert_is_compatible_with(logits.shape)
        return tf.nn.relu(1 - signs * logits)


def cosine_distance(
    predictions: Any,
    labels: Any = None,
    axis: int | None = None,
    weights: Any = 1.0,
    scope: str | None = None,
    dim: int | None = None,
) -> tf.Tensor:
    """Returns the weighted mean of 1 minus the dot product along `axis` (or its old name, `dim`) of unit vectors.

    Raises:
      ValueError: neither or both of `axis` and `dim` are given, or the shapes differ.
    """
    if (axis is None) == (dim is None):
        raise ValueError(f'cosine_distance needs one of axis and its old name dim, got axis={axis} and dim={dim}.')
    axis = dim if axis is None else axis
    with tf.name_scope(scope, 'cosine_distance_loss', [predictions, labels]) as scope:
        predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)
        predictions.shape.assert_is_compatible_with(labels.shape)
        losses = 1 - tf.reduce_sum(predictions * labels, axis=axis)
        return tf.losses.compute_weighted_loss(losses, _fitting(weights, losses), scope)


def sigmoid_cross_entropy(
    logits: Any, multi_class_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean cross entropy of independent classes, logits and labels `[batch, classes]`.

    Args:
      logits: before the sigmoid.
      multi_class_labels: 0 or 1.
      weights: as the module says.
      label_smoothing: share by which labels move towards 0.5.
      scope: None for 'sigmoid_cross_entropy_loss'.
    """
    with tf.name_scope(scope, 'sigmoid_cross_entropy_loss', [logits, multi_class_labels, weights]) as scope:
        logits = tf.convert_to_tensor(logits)
        weights = _fitting(weights, logits)
        return tf.losses.sigmoid_cross_entropy(multi_class_labels, logits, weights, label_smoothing, scope)


def softmax_cross_entropy(
    logits: Any, onehot_labels: Any, weights: Any = 1.0, label_smoothing: float = 0, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean cross entropy of exclusive classes, logits and labels `[batch, classes]`.

    Args:
      logits: before the softmax.
      onehot_labels: a distribution in each row.
      weights: scalar, or `[batch]`.
      label_smoothing: share by which labels move towards `1 / classes`.
      scope: None for 'softmax_cross_entropy_loss'.
    """
    with tf.name_scope(scope, 'softmax_cross_entropy_loss', [logits, onehot_labels, weights]) as scope:
        return tf.losses.softmax_cross_entropy(onehot_labels, logits, weights, label_smoothing, scope)


def sparse_softmax_cross_entropy(logits: Any, labels: Any, weights: Any = 1.0, scope: str | None = None) -> tf.Tensor:
    """Returns the weighted mean cross entropy of exclusive classes.

    Args:
      logits: `[batch, classes]`, before the softmax.
      labels: class indices, `[batch]` or `[batch, 1]` int32 or int64.
      weights: scalar, or `[batch]`.
      scope: None for 'sparse_softmax_cross_entropy_loss'.
    """
    with tf.name_scope(scope, 'sparse_softmax_cross_entropy_loss', [logits, labels, weights]) as scope:
        labels = tf.convert_to_tensor(labels)
        if labels.shape.rank == 2:
            labels = tf.squeeze(labels, [1])
        return tf.losses.sparse_softmax_cross_entropy(labels, logits, weights, scope)


def _fitting(weights: Any, losses: tf.Tensor) -> tf.Tensor:
    """Gives weights by example as many dimensions as the losses have: `tf.losses` refuses `[batch]` for `[batch, n]`.

    Raises:
      ValueError: `weights` is None.
    """
    if weights is None:
        raise ValueError('weights must not be None; the default is 1.0.')
    weights = tf.cast(weights, tf.float32)
    rank, wanted = weights.shape.rank, losses.shape.rank
    if not rank or wanted is None:
        return weights
    if rank == wanted + 1:
        return tf.squeeze(weights, [-1])
    while weights.shape.rank < wanted:
        weights = tf.expand_dims(weights, -1)
    return weights
