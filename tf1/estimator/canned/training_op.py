"""What a step of training runs: an optimizer's minimisation of the loss, with the updates that layers ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def training_op(
    loss: tf.Tensor,
    optimizer: Any,
    train_op_fn: Callable[[tf.Tensor], Any] | None,
    update_ops: Sequence[tf.Operation] | None = None,
    trainable_variables: Sequence[tf.Variable] | None = None,
) -> Any:
    """Returns the op of a training step.

    Args:
      loss: scalar.
      optimizer: a `tf.train.Optimizer`, or a Keras optimizer with `get_updates`.
      train_op_fn: function of the loss that returns the op, where there is no optimizer.
      update_ops: run in each step too; None for the graph's collection `UPDATE_OPS`.
      trainable_variables: what the optimizer changes; None for all trainable variables.

    Raises:
      ValueError: not exactly one of `optimizer` and `train_op_fn` is given.
    """
    if (optimizer is None) == (train_op_fn is None):
        raise ValueError(
            'One of optimizer and train_op_fn must be set in TRAIN mode, and the other None; '
            f'got {optimizer!r} and {train_op_fn!r}.'
        )
    if train_op_fn is not None:
        train_op = train_op_fn(loss)
    elif hasattr(optimizer, 'get_updates'):
        variables = tf.trainable_variables() if trainable_variables is None else list(trainable_variables)
        train_op = tf.group(*optimizer.get_updates(loss, variables))
    else:
        train_op = optimizer.minimize(loss, tf.train.get_global_step(), trainable_variables)
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS) if update_ops is None else list(update_ops)
    return tf.group(train_op, *updates) if updates else train_op
