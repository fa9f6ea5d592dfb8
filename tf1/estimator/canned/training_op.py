"""What a step of training runs: an optimizer's minimisation of the loss, with the updates that layers ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

TrainOpFn = Callable[[tf.Tensor], Any]


def training_op(loss: tf.Tensor, optimizer: Any, train_op_fn: TrainOpFn | None) -> Any:
    """Returns the op of a training step, with the updates of the graph's collection `UPDATE_OPS`.

    Args:
      loss: scalar.
      optimizer: a `tf.train.Optimizer`, or an object whose `minimize` takes `global_step`.
      train_op_fn: function of the loss that returns the op, where there is no optimizer.

    Raises:
      ValueError: not exactly one of `optimizer` and `train_op_fn` is given.
    """
    _check_one(optimizer, train_op_fn)
    if train_op_fn is not None:
        train_op = train_op_fn(loss)
    else:
        # A user's own optimizer may take these two arguments and no more.
        train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return _with_updates(train_op, None)


def keras_training_op(
    loss: tf.Tensor,
    optimizer: Any,
    train_op_fn: TrainOpFn | None,
    update_ops: Sequence[tf.Operation] | None,
    trainable_variables: Sequence[tf.Variable] | None,
) -> Any:
    """Returns the op of a training step under a `tf.estimator.Head`, whose optimizers are those of Keras.

    Args:
      loss: scalar.
      optimizer: a Keras optimizer.
      train_op_fn: function of the loss that returns the op, where there is no optimizer.
      update_ops: run in each step too; None for the graph's collection `UPDATE_OPS`.
      trainable_variables: what the optimizer changes, a list or tuple.

    Raises:
      ValueError: not exactly one of `optimizer` and `train_op_fn` is given, the optimizer is none of Keras', or
        `trainable_variables` are no list or tuple.
    """
    _check_one(optimizer, train_op_fn)
    if train_op_fn is not None:
        return _with_updates(train_op_fn(loss), update_ops)
    if isinstance(optimizer, tf.train.Optimizer) or not hasattr(optimizer, 'get_updates'):
        raise ValueError(
            f'optimizer of a tf.estimator.Head must be one of tf.keras.optimizers, got {optimizer!r}: pass a '
            'tf.train.Optimizer in train_op_fn=lambda loss: optimizer.minimize(loss, tf.train.get_global_step()), or '
            'take a head of tf.contrib.estimator.'
        )
    if not isinstance(trainable_variables, (list, tuple)):
        raise ValueError(
            'trainable_variables must be a list or tuple of variables with a Keras optimizer, got '
            f'{trainable_variables!r}: pass tf.trainable_variables().'
        )
    return _with_updates(tf.group(*optimizer.get_updates(loss, list(trainable_variables))), update_ops)


def _check_one(optimizer: Any, train_op_fn: TrainOpFn | None) -> None:
    if (optimizer is None) == (train_op_fn is None):
        raise ValueError(
            'One of optimizer and train_op_fn must be set in TRAIN mode, and the other None; '
            f'got {optimizer!r} and {train_op_fn!r}.'
        )


def _with_updates(train_op: Any, update_ops: Sequence[tf.Operation] | None) -> Any:
    updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS) if update_ops is None else list(update_ops)
    return tf.group(train_op, *updates) if updates else train_op
