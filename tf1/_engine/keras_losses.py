"""Losses of `tf.keras.losses` with the nodes of TF 1.15's Keras."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import weights_broadcast_ops

from tf1._engine import keras_functions
from tf1._engine.replacements import Function


def compute_weighted_loss(usual: Function) -> Function:
    """Returns the weighted loss, whose weights have a value for each loss, also where they are one number."""

    def ours(
        losses: Any, sample_weight: Any = None, reduction: str = 'sum_over_batch_size', name: str | None = None
    ) -> tf.Tensor:
        if reduction not in ('sum', 'sum_over_batch_size', 'none') or not isinstance(losses, tf.Tensor):
            return usual(losses, sample_weight, reduction, name)
        with tf.name_scope(name, 'weighted_loss') as scope:
            weights = tf.cast(1.0 if sample_weight is None else sample_weight, tf.float32)
            rank, of_losses = weights.shape.rank, losses.shape.rank
            if losses.dtype == tf.float32 and (rank == 0 or (rank is not None and rank == of_losses)):
                weights = weights_broadcast_ops.broadcast_weights(weights, losses)
            return usual(losses, weights, reduction, scope)

    return ours


def squeeze_or_expand_dimensions(usual: Function) -> Function:
    """Returns the function that lets ranks agree; an output without dimensions, a loss that a model computes, stays."""

    def ours(y_pred: Any, y_true: Any = None, sample_weight: Any = None) -> Any:
        if isinstance(y_pred, tf.Tensor) and y_pred.shape.rank == 0:
            return (y_pred, y_true) if sample_weight is None else (y_pred, y_true, sample_weight)
        return usual(y_pred, y_true, sample_weight)

    return ours


def mean_absolute_percentage_error(y_true: Any, y_pred: Any) -> tf.Tensor:
    """Returns `100 * mean(|y_true - y_pred| / |y_true|)` over the last axis."""
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, y_pred.dtype)
    error = tf.abs((y_true - y_pred) / keras_functions.clip(tf.abs(y_true), tf.keras.backend.epsilon(), None))
    return 100.0 * tf.keras.backend.mean(error, axis=-1)


def mean_squared_logarithmic_error(y_true: Any, y_pred: Any) -> tf.Tensor:
    """Returns the mean of `(log(y_true + 1) - log(y_pred + 1)) ** 2` over the last axis."""
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, y_pred.dtype)
    epsilon = tf.keras.backend.epsilon()
    of_prediction = tf.log(keras_functions.clip(y_pred, epsilon, None) + 1.0)
    of_truth = tf.log(keras_functions.clip(y_true, epsilon, None) + 1.0)
    return tf.keras.backend.mean(tf.squared_difference(of_prediction, of_truth), axis=-1)


def categorical_hinge(y_true: Any, y_pred: Any) -> tf.Tensor:
    """Returns `max(0, largest of the wrong - the right + 1)` over the last axis."""
    y_pred = tf.convert_to_tensor(y_pred)
    y_true = tf.cast(y_true, y_pred.dtype)
    right = tf.reduce_sum(y_true * y_pred, axis=-1)
    wrong = tf.reduce_max((1.0 - y_true) * y_pred, axis=-1)
    return tf.maximum(0.0, wrong - right + 1.0)


def cosine_similarity(y_true: Any, y_pred: Any, axis: int = -1) -> tf.Tensor:
    """Returns the cosine of the angle between both: TF 1.15 does not change its sign, neither here nor in the class."""
    y_true = tf.nn.l2_normalize(y_true, axis=axis)
    y_pred = tf.nn.l2_normalize(y_pred, axis=axis)
    return tf.reduce_sum(y_true * y_pred, axis=axis)


def huber(y_true: Any, y_pred: Any, delta: float = 1.0) -> tf.Tensor:
    """Returns Huber's loss of each element, without a mean."""
    y_pred = tf.cast(y_pred, tf.keras.backend.floatx())
    y_true = tf.cast(y_true, tf.keras.backend.floatx())
    size = tf.abs(tf.subtract(y_pred, y_true))
    quadratic = tf.minimum(size, delta)
    linear = tf.subtract(size, quadratic)
    half = tf.convert_to_tensor(0.5, quadratic.dtype)
    return tf.add(tf.multiply(half, tf.multiply(quadratic, quadratic)), tf.multiply(delta, linear))
