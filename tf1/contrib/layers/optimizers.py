"""`optimize_loss`: one training operation from a loss, with clipping, noise, decay and summaries."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.layers import gradient_changes

OPTIMIZER_CLS_NAMES = {
    'Adagrad': tf.train.AdagradOptimizer,
    'Adam': tf.train.AdamOptimizer,
    'Ftrl': tf.train.FtrlOptimizer,
    'Momentum': functools.partial(tf.train.MomentumOptimizer, momentum=0.9),
    'RMSProp': tf.train.RMSPropOptimizer,
    'SGD': tf.train.GradientDescentOptimizer,
}
OPTIMIZER_SUMMARIES = ['learning_rate', 'loss', 'gradients', 'gradient_norm', 'global_gradient_norm']
_USUAL_SUMMARIES = ('loss', 'learning_rate', 'global_gradient_norm')


def optimize_loss(
    loss: tf.Tensor,
    global_step: tf.Variable | None,
    learning_rate: float | tf.Tensor | None,
    optimizer: str | type[tf.train.Optimizer] | tf.train.Optimizer | Callable[..., tf.train.Optimizer],
    gradient_noise_scale: float | None = None,
    gradient_multipliers: Mapping[Any, float] | None = None,
    clip_gradients: float | Callable[..., Any] | None = None,
    learning_rate_decay_fn: Callable[[tf.Tensor, tf.Tensor], tf.Tensor] | None = None,
    update_ops: Sequence[tf.Operation] | None = None,
    variables: Sequence[tf.Variable] | None = None,
    name: str | None = None,
    summaries: Sequence[str] | None = None,
    colocate_gradients_with_ops: bool = False,
    increment_global_step: bool = True,
) -> tf.Tensor:
    """Returns a tensor that makes one step of training and gives the loss.

    Args:
      loss: scalar float.
      global_step: the step to count; None for the graph's, if it has one.
      learning_rate: a float, which becomes the variable `learning_rate`, or a scalar tensor; None where the optimizer
        has its own.
      optimizer: a name of OPTIMIZER_CLS_NAMES, an Optimizer, its class, or a function that returns one; it gets the
        learning rate unless that is None.
      gradient_noise_scale: scale of normal noise on the gradients; None for none.
      gradient_multipliers: factors by variable or by its name ('weights:0').
      clip_gradients: largest global norm of the gradients, or a function of their pairs with variables; None for none.
      learning_rate_decay_fn: function of learning rate and step that gives the rate to use.
      update_ops: operations to run before the step; None for the collection of updates.
      variables: what to train; None for all trainable variables.
      name: variable scope; None for 'OptimizeLoss'.
      summaries: which of OPTIMIZER_SUMMARIES to write; None for loss, learning rate and global norm.
      colocate_gradients_with_ops: whether gradients stand where their operations do.
      increment_global_step: whether the step is counted.

    Raises:
      ValueError: an argument has the wrong type or value.
    """
    loss = _scalar(tf.convert_to_tensor(loss))
    global_step = tf.train.get_global_step() if global_step is None else global_step
    if global_step is not None:
        tf.train.assert_global_step(global_step)
    with tf.variable_scope(name, 'OptimizeLoss', [loss, global_step]):
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS) if update_ops is None else update_ops
        if update_ops:
            with tf.control_dependencies(list(update_ops)):
                loss = tf.identity(loss, name='control_dependency')
        rate = _learning_rate(learning_rate)
        summaries = _checked_summaries(summaries)
        if rate is not None and learning_rate_decay_fn is not None:
            if global_step is None:
                raise ValueError('learning_rate_decay_fn needs a global step; call tf.train.create_global_step().')
            rate = learning_rate_decay_fn(rate, global_step)
            if 'learning_rate' in summaries:
                tf.summary.scalar('learning_rate', rate)
        minimizer = _optimizer(optimizer, rate)
        gradients = minimizer.compute_gradients(
            loss,
            tf.trainable_variables() if variables is None else variables,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
        )
        gradients = gradient_changes.apply(
            gradients, gradient_noise_scale, gradient_multipliers, clip_gradients, 'global_gradient_norm' in summaries
        )
        _summarize(loss, gradients, summaries, clip_gradients is not None)
        step = global_step if increment_global_step else None
        with tf.control_dependencies([minimizer.apply_gradients(gradients, global_step=step, name='train')]):
            return tf.identity(loss, name='control_dependency')


def _scalar(loss: tf.Tensor) -> tf.Tensor:
    if loss.shape.rank != 0:
        raise ValueError(f'The loss must be a scalar, got {loss.name} of shape {loss.shape}; reduce it.')
    return loss


def _learning_rate(learning_rate: Any) -> tf.Tensor | None:
    if learning_rate is None:
        return None
    if isinstance(learning_rate, tf.Tensor) and learning_rate.shape.rank == 0:
        return learning_rate
    if not isinstance(learning_rate, float):
        raise ValueError(f'learning_rate must be a float or a scalar tensor, got {learning_rate!r}.')
    if learning_rate < 0.0:
        raise ValueError(f'learning_rate must be >= 0, got {learning_rate}.')
    return tf.get_variable('learning_rate', [], trainable=False, initializer=tf.constant_initializer(learning_rate))


def _checked_summaries(summaries: Sequence[str] | None) -> Sequence[str]:
    if summaries is None:
        return _USUAL_SUMMARIES
    for summary in summaries:
        if summary not in OPTIMIZER_SUMMARIES:
            raise ValueError(f'summaries must be among {", ".join(OPTIMIZER_SUMMARIES)}, got {summary!r}.')
    return summaries


def _optimizer(optimizer: Any, rate: tf.Tensor | None) -> tf.train.Optimizer:
    if isinstance(optimizer, str):
        if rate is None:
            raise ValueError(f'learning_rate must be given for an optimizer by name ({optimizer}), got None.')
        if optimizer not in OPTIMIZER_CLS_NAMES:
            raise ValueError(f'optimizer must be one of {", ".join(OPTIMIZER_CLS_NAMES)}, got {optimizer!r}.')
        return OPTIMIZER_CLS_NAMES[optimizer](rate)
    if isinstance(optimizer, tf.train.Optimizer):
        return optimizer
    if isinstance(optimizer, type) and issubclass(optimizer, tf.train.Optimizer):
        if rate is None:
            raise ValueError(f'learning_rate must be given for an optimizer class ({optimizer.__name__}), got None.')
        return optimizer(rate)
    if callable(optimizer):
        made = optimizer() if rate is None else optimizer(rate)
        if isinstance(made, tf.train.Optimizer):
            return made
        raise ValueError(f'The function optimizer must return an Optimizer, got {made!r}.')
    raise ValueError(f'optimizer must be a name, an Optimizer, its class or a function of the rate, got {optimizer!r}.')


def _summarize(loss: tf.Tensor, gradients: gradient_changes.Gradients, summaries: Sequence[str], clipped: bool) -> None:
    if 'loss' in summaries:
        tf.summary.scalar('loss', loss)
    for gradient, variable in gradients:
        if gradient is None:
            continue
        values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        # The summary's name may not hold the colon; TensorFlow would say so in a log line.
        label = variable.name.replace(':', '_')
        if 'gradients' in summaries:
            tf.summary.histogram(f'gradients/{label}', values)
        if 'gradient_norm' in summaries:
            tf.summary.scalar(f'gradient_norm/{label}', tf.linalg.global_norm([values]))
    if clipped and 'global_gradient_norm' in summaries:
        gradient_changes.summarize_norm('clipped_gradient_norm', gradients)
