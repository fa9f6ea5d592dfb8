"""Cross-entropy of unrolled sequences: lists of tensors, one per step."""

from __future__ import annotations

from collections.abc import Callable

import tf1 as tf


def sequence_loss_by_example(
    logits: list[tf.Tensor],
    targets: list[tf.Tensor],
    weights: list[tf.Tensor],
    average_across_timesteps: bool = True,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """Returns the weighted cross-entropy of each sequence, [batch].

    Args:
      logits: a list of [batch, classes].
      targets: a list of [batch] integers.
      weights: a list of [batch].
      average_across_timesteps: whether to divide by the sum of the weights.
      softmax_loss_function: of `labels` and `logits`, for another loss than cross-entropy.
      name: of the operations.

    Raises:
      ValueError: the lists differ in length.
    """
    if not len(logits) == len(targets) == len(weights):
        raise ValueError(
            f'logits, targets and weights must have one length, got {len(logits)}, {len(targets)} and {len(weights)}.'
        )
    with tf.name_scope(name, 'sequence_loss_by_example', logits + targets + weights):
        losses = [
            _loss(logit, target, softmax_loss_function) * weight
            for logit, target, weight in zip(logits, targets, weights, strict=True)
        ]
        total = tf.add_n(losses)
        # Sequences of padding alone have no weight to divide by.
        return total / (tf.add_n(weights) + 1e-12) if average_across_timesteps else total


def _loss(logits: tf.Tensor, targets: tf.Tensor, loss_function: Callable | None) -> tf.Tensor:
    if loss_function is not None:
        return loss_function(labels=targets, logits=logits)
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.reshape(targets, [-1]), logits=logits)


def sequence_loss(
    logits: list[tf.Tensor],
    targets: list[tf.Tensor],
    weights: list[tf.Tensor],
    average_across_timesteps: bool = True,
    average_across_batch: bool = True,
    softmax_loss_function: Callable | None = None,
    name: str | None = None,
) -> tf.Tensor:
    """Returns the sum of `sequence_loss_by_example` over the batch, a scalar.

    Args:
      average_across_batch: whether to divide by the batch's size.

    The others, and what is raised, are as for `sequence_loss_by_example`.
    """
    with tf.name_scope(name, 'sequence_loss', logits + targets + weights):
        losses = sequence_loss_by_example(logits, targets, weights, average_across_timesteps, softmax_loss_function)
        total = tf.reduce_sum(losses)
        return total / tf.cast(tf.shape(targets[0])[0], total.dtype) if average_across_batch else total
