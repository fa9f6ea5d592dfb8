"""`model_with_buckets`: one model unrolled to several lengths, for batches of like sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tf1 as tf
from tf1.contrib.legacy_seq2seq.loss import sequence_loss, sequence_loss_by_example


def model_with_buckets(
    encoder_inputs: list[tf.Tensor],
    decoder_inputs: list[tf.Tensor],
    targets: list[tf.Tensor],
    weights: list[tf.Tensor],
    buckets: Sequence[tuple[int, int]],
    seq2seq: Callable,
    softmax_loss_function: Callable | None = None,
    per_example_loss: bool = False,
    name: str | None = None,
) -> tuple[list, list[tf.Tensor]]:
    """Returns outputs and losses, one of each per bucket.

    Args:
      encoder_inputs: a list of tensors, as many as the longest bucket's first number.
      decoder_inputs: a list of tensors, as many as the longest bucket's second number.
      targets: a list of [batch] integers, as long.
      weights: a list of [batch], as long.
      buckets: pairs of encoder and decoder steps, growing.
      seq2seq: of encoder and decoder inputs, returns (outputs, states); all buckets share its variables.
      softmax_loss_function: of `labels` and `logits`, for another loss than cross-entropy.
      per_example_loss: whether losses are [batch], or else scalars.
      name: of the operations.

    Raises:
      ValueError: a list is shorter than the last bucket.
    """
    longest_source, longest_target = buckets[-1]
    lists = (('encoder_inputs', encoder_inputs, longest_source), ('targets', targets, longest_target))
    for argument, values, longest in (*lists, ('weights', weights, longest_target)):
        if len(values) < longest:
            raise ValueError(f'{argument} must have the {longest} steps of the last bucket, got {len(values)}.')
    loss = sequence_loss_by_example if per_example_loss else sequence_loss
    losses, outputs = [], []
    with tf.name_scope(name, 'model_with_buckets', encoder_inputs + decoder_inputs + targets + weights):
        for index, (source, target) in enumerate(buckets):
            with tf.variable_scope(tf.get_variable_scope(), reuse=True if index > 0 else None):
                made, _ = seq2seq(encoder_inputs[:source], decoder_inputs[:target])
                outputs.append(made)
                losses.append(
                    loss(made, targets[:target], weights[:target], softmax_loss_function=softmax_loss_function)
                )
    return outputs, losses
