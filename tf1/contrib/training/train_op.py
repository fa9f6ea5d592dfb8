"""The operation that trains: gradients, what is done to them, updates before them, and the loss that it returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

GradsAndVars = list[tuple[Any, tf.Variable]]

# Stands for the global step of the graph; None means no step at all. TF 1.15 uses this value, too.
USE_GLOBAL_STEP = 0


def create_train_op(
    total_loss: tf.Tensor,
    optimizer: tf.train.Optimizer,
    global_step: Any = USE_GLOBAL_STEP,
    update_ops: Sequence[Any] | None = None,
    variables_to_train: Sequence[tf.Variable] | None = None,
    transform_grads_fn: Callable[[GradsAndVars], GradsAndVars] | None = None,
    summarize_gradients: bool = False,
    gate_gradients: int = tf.train.Optimizer.GATE_OP,
    aggregation_method: Any = None,
    colocate_gradients_with_ops: bool = False,
    check_numerics: bool = True,
) -> tf.Tensor:
    """Returns a tensor that trains when it is run, and has the value of the loss.

    Args:
      total_loss: scalar.
      optimizer: computes and applies gradients.
      global_step: counted up by one; 0 for the graph's (made if there is none), None for no step.
      update_ops: run before the loss; None for the collection `UPDATE_OPS`.
      variables_to_train: None for all trainable ones.
      transform_grads_fn: from pairs of gradient and variable to new pairs; clips or scales them.
      summarize_gradients: whether each gradient and its norm get a summary.
      gate_gradients: as for `Optimizer.compute_gradients`.
      aggregation_method: as for `Optimizer.compute_gradients`.
      colocate_gradients_with_ops: as for `Optimizer.compute_gradients`.
      check_numerics: whether a loss that is infinite or NaN is an error.

    Raises:
      ValueError: there is nothing to train, or a variable to train is not trainable.
    """
    if global_step is USE_GLOBAL_STEP:
        global_step = tf.train.get_or_create_global_step()
    updates = set(_chosen_updates(update_ops))
    if updates:
        with tf.control_dependencies(updates):
            barrier = tf.no_op(name='update_barrier')
        with tf.control_dependencies([barrier]):
            total_loss = tf.identity(total_loss, name='control_dependency')
    variables = _chosen_variables(variables_to_train)
    gradients = optimizer.compute_gradients(
        total_loss,
        variables,
        gate_gradients=gate_gradients,
        aggregation_method=aggregation_method,
        colocate_gradients_with_ops=colocate_gradients_with_ops,
    )
    if transform_grads_fn:
        gradients = transform_grads_fn(gradients)
    if summarize_gradients:
        with tf.name_scope('summarize_grads'):
            add_gradients_summaries(gradients)
    applied = optimizer.apply_gradients(gradients, global_step=global_step)
    with tf.name_scope('train_op'):
        if check_numerics:
            total_loss = tf.check_numerics(total_loss, 'LossTensor is inf or nan')
        with tf.control_dependencies([applied]):
            train_op = tf.identity(total_loss, name='control_dependency')
    _collect(train_op)
    return train_op


def _chosen_updates(update_ops: Sequence[Any] | None) -> list[Any]:
    collected = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
    if update_ops is None:
        return collected
    if not set(collected) <= set(update_ops):
        tf.logging.warning('update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS')
    return list(update_ops)


def _chosen_variables(variables_to_train: Sequence[tf.Variable] | None) -> list[tf.Variable]:
    trainable = tf.trainable_variables()
    chosen = trainable if variables_to_train is None else list(variables_to_train)
    if not chosen:
        raise ValueError('There must be a variable to train; create the model first, or name its variables.')
    known = {id(variable) for variable in trainable}
    for variable in chosen:
        if id(variable) not in known:
            raise ValueError(f'variables_to_train must be trainable, and {variable.op.name} is not.')
    return chosen


def _collect(train_op: tf.Tensor) -> None:
    if train_op not in tf.get_collection_ref(tf.GraphKeys.TRAIN_OP):
        tf.add_to_collection(tf.GraphKeys.TRAIN_OP, train_op)


def add_gradients_summaries(grads_and_vars: GradsAndVars) -> list[tf.Tensor]:
    """Adds a histogram of each gradient and a scalar of its norm; returns the summaries."""
    summaries = []
    for gradient, variable in grads_and_vars:
        if gradient is None:
            tf.logging.info('Var %s has no gradient', variable.op.name)
            continue
        values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
        summaries.append(tf.summary.histogram(f'{variable.op.name}_gradient', values))
        summaries.append(tf.summary.scalar(f'{variable.op.name}_gradient_norm', tf.global_norm([values])))
    return summaries


def clip_gradient_norms(gradients_to_variables: GradsAndVars, max_norm: float) -> GradsAndVars:
    """Returns the pairs with each gradient clipped to the norm `max_norm`, on its own."""
    return [
        (
            gradient if gradient is None else _on_values(gradient, lambda values: tf.clip_by_norm(values, max_norm)),
            variable,
        )
        for gradient, variable in gradients_to_variables
    ]


def clip_gradient_norms_fn(max_norm: float) -> Callable[[GradsAndVars], GradsAndVars]:
    """Returns `clip_gradient_norms` for `transform_grads_fn`."""
    return lambda gradients_to_variables: clip_gradient_norms(gradients_to_variables, max_norm)


def multiply_gradients(grads_and_vars: GradsAndVars, gradient_multipliers: Mapping[Any, Any]) -> GradsAndVars:
    """Returns the pairs with some gradients scaled.

    Args:
      grads_and_vars: pairs of gradient and variable.
      gradient_multipliers: from variable, or its name without ':0', to a factor.

    Raises:
      ValueError: an argument has the wrong type, no factor is given, or a gradient to scale is None.
    """
    if not isinstance(grads_and_vars, list):
        raise ValueError(f'grads_and_vars must be a list, got {grads_and_vars!r}.')
    if not gradient_multipliers:
        raise ValueError('gradient_multipliers is empty; name a variable and its factor.')
    if not isinstance(gradient_multipliers, Mapping):
        raise ValueError(f'gradient_multipliers must be a dict, got {gradient_multipliers!r}.')
    by_name = {key if isinstance(key, str) else key.op.name: factor for key, factor in gradient_multipliers.items()}
    return [
        (_scaled(gradient, variable, by_name[variable.op.name]) if variable.op.name in by_name else gradient, variable)
        for gradient, variable in grads_and_vars
    ]


def _scaled(gradient: Any, variable: tf.Variable, factor: Any) -> Any:
    if gradient is None:
        raise ValueError(f'The gradient of {variable.op.name} cannot be scaled: it is None, as no loss depends on it.')
    return _on_values(gradient, lambda values: values * tf.cast(factor, values.dtype))


def _on_values(gradient: Any, change: Callable[[tf.Tensor], tf.Tensor]) -> Any:
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(change(gradient.values), gradient.indices, gradient.dense_shape)
    return change(gradient)
