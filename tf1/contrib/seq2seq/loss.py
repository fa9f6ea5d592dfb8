"""`sequence_loss`: weighted cross-entropy over batches of sequences."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf


def sequence_loss(
    logits: tf.Tensor,
    targets: tf.Tensor,
    weights: tf.Tensor,
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    sum_over_timesteps: bool = False,
    sum_over_batch: bool = False,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """Returns the loss: a scalar, or [batch], [time] or [batch, time] where fewer dimensions are reduced.

    Args:
      logits: [batch, time, classes].
      targets: [batch, time] integers.
      weights: [batch, time]; 0 for padding.
      average_across_timesteps: sums over time and divides by the weights' sum.
      average_across_batch: sums over the batch and divides by the weights' sum.
      sum_over_timesteps: sums over time and divides by the number of weights that are not 0.
      sum_over_batch: sums over the batch and divides by the number of weights that are not 0.
      softmax_loss_function: of `labels` [n] and `logits` [n, classes], for another loss than cross-entropy.
      name: of the operations.

    Raises:
      ValueError: a rank is wrong, or one dimension is to be averaged and summed.
    """
    for argument, value, rank in (('logits', logits, 3), ('targets', targets, 2), ('weights', weights, 2)):
        if len(value.shape) != rank:
            raise ValueError(f'{argument} must have {rank} dimensions, got shape {value.shape}.')
    if average_across_timesteps and sum_over_timesteps:
        raise ValueError('One of average_across_timesteps and sum_over_timesteps must be False, got both True.')
    if average_across_batch and sum_over_batch:
        raise ValueError('One of average_across_batch and sum_over_batch must be False, got both True.')
    with tf.name_scope(name, 'sequence_loss', [logits, targets, weights]):
        losses = _losses(logits, targets, softmax_loss_function) * tf.reshape(weights, [-1])
        if average_across_timesteps and average_across_batch:
            return tf.div_no_nan(tf.reduce_sum(losses), tf.reduce_sum(weights))
        losses = tf.reshape(losses, tf.shape(logits)[:2])
        if average_across_timesteps or average_across_batch:
            axes, sizes = _axes(average_across_timesteps, average_across_batch), weights
        else:
            axes = _axes(sum_over_timesteps, sum_over_batch)
            sizes = tf.cast(tf.not_equal(weights, 0), losses.dtype)
        return tf.div_no_nan(tf.reduce_sum(losses, axes), tf.reduce_sum(sizes, axes)) if axes else losses


def _losses(logits: tf.Tensor, targets: tf.Tensor, loss_function: Callable | None) -> tf.Tensor:
    """Returns the loss of each target, [batch * time]."""
    flat_logits = tf.reshape(logits, [-1, tf.shape(logits)[2]])
    flat_targets = tf.reshape(targets, [-1])
    return (loss_function or tf.nn.sparse_softmax_cross_entropy_with_logits)(labels=flat_targets, logits=flat_logits)


def _axes(over_time: bool, over_batch: bool) -> list[int]:
    return [axis for axis, wanted in ((0, over_batch), (1, over_time)) if wanted]
