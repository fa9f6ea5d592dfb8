"""The losses of `tf.contrib.losses`.

Each returns a scalar, the sum of the weighted errors over the number of errors whose weight is not 0, and adds it to
the collection of losses. `weights` is a scalar, `[batch]`, or has the shape of the errors or one that broadcasts.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.losses import loss_sums

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
      ValueError: `weights` is None, or the rank of the weights or the losses is unknown.
    """
    with tf.name_scope(scope, 'weighted_loss', [losses, weights]):
        losses = tf.convert_to_tensor(losses)
        loss = loss_sums.weighted_mean(tf.cast(losses, tf.float32), weights)
        # float16 losses give a float16 mean.
        loss = tf.cast(loss, losses.dtype)
        add_loss(loss)
        return loss


def absolute_difference(
    predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean of `|predictions - labels|`, both of one shape."""
    with tf.name_scope(scope, 'absolute_difference', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(tf.abs(tf.subtract(predictions, labels)), weights, scope)


def mean_squared_error(predictions: Any, labels: Any = None, weights: Any = 1.0, scope: str | None = None) -> tf.Tensor:
    """Returns the weighted mean of `(predictions - labels) ** 2`, both of one shape."""
    with tf.name_scope(scope, 'mean_squared_error', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        return compute_weighted_loss(tf.math.squared_difference(predictions, labels), weights, scope)


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
    with tf.name_scope(scope, 'mean_pairwise_squared_error', [predictions, labels, weights]):
        predictions, labels = _floats(predictions, labels)
        weights = loss_sums.checked_weights(weights, predictions)
        loss = loss_sums.pairwise_error(tf.subtract(predictions, labels), weights)
        add_loss(loss)
        return loss


def log_loss(
    predictions: Any, labels: Any = None, weights: Any = 1.0, epsilon: float = 1e-07, scope: str | None = None
) -> tf.Tensor:
    """Returns the weighted mean log loss of probabilities `predictions` for `labels` from 0 to 1, both of one shape."""
    with tf.name_scope(scope, 'log_loss', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        of_ones = tf.negative(tf.multiply(labels, tf.log(predictions + epsilon)))
        losses = of_ones - tf.multiply(1 - labels, tf.log(1 - predictions + epsilon))
        return compute_weighted_loss(losses, weights, scope)


def hinge_loss(logits: Any, labels: Any = None, scope: str | None = None) -> tf.Tensor:
    """Returns `max(0, 1 - y * logits)` for each element, y being -1 or 1 for labels 0 or 1; it joins no collection."""
    with tf.name_scope(scope, 'hinge_loss', [logits, labels]):
        logits, labels = _floats(logits, labels)
        ones = tf.ones_like(labels)
        signs = tf.subtract(2 * labels, ones)
        return tf.nn.relu(tf.subtract(ones, tf.multiply(signs, logits)))


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
    with tf.name_scope(scope, 'cosine_distance_loss', [predictions, labels, weights]) as scope:
        predictions, labels = _floats(predictions, labels)
        losses = 1 - tf.reduce_sum(tf.multiply(predictions, labels), axis=[axis])
        return compute_weighted_loss(losses, weights, scope)


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
        labels = tf.cast(multi_class_labels, logits.dtype)
        if label_smoothing > 0:
            labels = labels * (1 - label_smoothing) + 0.5 * label_smoothing
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope)


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
        logits = tf.convert_to_tensor(logits)
        labels = tf.cast(onehot_labels, logits.dtype)
        if label_smoothing > 0:
            share = label_smoothing / tf.cast(tf.shape(labels)[1], logits.dtype)
            labels = labels * (1.0 - label_smoothing) + share
        losses = tf.nn.softmax_cross_entropy_with_logits_v2(
            labels=tf.stop_gradient(labels, name='xentropy/labels_stop_gradient'), logits=logits, name='xentropy'
        )
        return compute_weighted_loss(losses, weights, scope)


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
        labels = tf.reshape(labels, shape=[tf.shape(labels)[0]])
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name='xentropy')
        return compute_weighted_loss(losses, weights, scope)


def _floats(predictions: Any, labels: Any) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns both as float32.

    Raises:
      ValueError: their shapes differ.
    """
    predictions, labels = tf.cast(predictions, tf.float32), tf.cast(labels, tf.float32)
    predictions.shape.assert_is_compatible_with(labels.shape)
    return predictions, labels
