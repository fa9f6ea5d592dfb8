"""Variables made or found by name: `variable`, `model_variable`, and those that need only a first value."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope

Device = str | Callable[[tf.Operation], str] | None


def global_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> tf.Variable:
    """Returns a new variable that no optimizer changes, in the collection of global variables."""
    return _untrained(tf.GraphKeys.GLOBAL_VARIABLES, initial_value, validate_shape, name, use_resource)


def local_variable(
    initial_value: Any, validate_shape: bool = True, name: str | None = None, use_resource: bool | None = None
) -> tf.Variable:
    """Returns a new variable that no optimizer changes and no checkpoint keeps, in the collection of local ones."""
    return _untrained(tf.GraphKeys.LOCAL_VARIABLES, initial_value, validate_shape, name, use_resource)


def _untrained(
    collection: str, initial_value: Any, validate_shape: bool, name: str | None, use_resource: bool | None
) -> tf.Variable:
    return tf.Variable(
        initial_value,
        trainable=False,
        collections=[collection],
        validate_shape=validate_shape,
        name=name,
        use_resource=use_resource,
    )


@add_arg_scope
def variable(
    name: str,
    shape: Sequence[int] | None = None,
    dtype: tf.DType | None = None,
    initializer: Any = None,
    regularizer: Callable[[tf.Tensor], tf.Tensor | None] | None = None,
    trainable: bool = True,
    collections: Sequence[str] | None = None,
    caching_device: Device = None,
    device: Device = None,
    partitioner: Callable[..., Any] | None = None,
    custom_getter: Callable[..., Any] | None = None,
    use_resource: bool | None = None,
    synchronization: tf.VariableSynchronization = tf.VariableSynchronization.AUTO,
    aggregation: tf.VariableAggregation = tf.VariableAggregation.NONE,
) -> tf.Variable:
    """Returns the variable of this name in the current variable scope; makes it where it must.

    Args:
      name: name within the scope.
      shape: shape of a new variable.
      dtype: type of a new variable; None for float32.
      initializer: as for `tf.get_variable`.
      regularizer: function of the variable; what it gives joins the regularization losses.
      trainable: whether it joins the trainable variables too.
      collections: collections that it joins; None for the global variables.
      caching_device: device, or function that gives one, on which reads are cached.
      device: device, or function that gives one, on which it stands.
      partitioner: as for `tf.get_variable`.
      custom_getter: called in place of `tf.get_variable`, with its arguments and the scope's `reuse`.
      use_resource: whether it is a resource variable; None for the scope's choice.
      synchronization: as for `tf.get_variable`.
      aggregation: as for `tf.get_variable`.
    """
    getter = tf.get_variable
    if custom_getter is not None:
        getter = functools.partial(custom_getter, reuse=tf.get_variable_scope().reuse)
    regularizer = tf.get_variable_scope().regularizer if regularizer is None else regularizer
    made: list[tf.Variable] = []
    with tf.device(device or ''):
        found = getter(
            name,
            shape=shape,
            dtype=dtype,
            initializer=initializer,
            # Asked for a new variable only, which is how we learn that it is new.
            regularizer=None if regularizer is None else made.append,
            trainable=trainable,
            collections=_distinct(collections or [tf.GraphKeys.GLOBAL_VARIABLES]),
            caching_device=caching_device,
            partitioner=partitioner,
            use_resource=use_resource,
            synchronization=synchronization,
            aggregation=aggregation,
        )
        for new in made:
            _add_penalty(regularizer, new)
    return found


def _add_penalty(regularizer: Callable[[tf.Tensor], tf.Tensor | None], new: tf.Variable) -> None:
    """Adds the penalty as a tensor of the graph; `tf.get_variable` of TF 2 leaves a promise of one."""
    with tf.colocate_with(new), tf.name_scope(f'{new.op.name}/Regularizer/'):
        penalty = regularizer(new)
    if penalty is not None:
        tf.add_to_collection(tf.GraphKeys.REGULARIZATION_LOSSES, penalty)


@add_arg_scope
def model_variable(
    name: str,
    shape: Sequence[int] | None = None,
    dtype: tf.DType = tf.float32,
    initializer: Any = None,
    regularizer: Callable[[tf.Tensor], tf.Tensor | None] | None = None,
    trainable: bool = True,
    collections: Sequence[str] | None = None,
    caching_device: Device = None,
    device: Device = None,
    partitioner: Callable[..., Any] | None = None,
    custom_getter: Callable[..., Any] | None = None,
    use_resource: bool | None = None,
    synchronization: tf.VariableSynchronization = tf.VariableSynchronization.AUTO,
    aggregation: tf.VariableAggregation = tf.VariableAggregation.NONE,
) -> tf.Variable:
    """Returns a variable of the model: as `variable`, and it joins the global and the model variables besides."""
    return variable(
        name,
        shape=shape,
        dtype=dtype,
        initializer=initializer,
        regularizer=regularizer,
        trainable=trainable,
        collections=[*(collections or ()), tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.MODEL_VARIABLES],
        caching_device=caching_device,
        device=device,
        partitioner=partitioner,
        custom_getter=custom_getter,
        use_resource=use_resource,
        synchronization=synchronization,
        aggregation=aggregation,
    )


def add_model_variable(var: tf.Variable) -> None:
    """Adds a variable to the model variables, once."""
    if not any(var is other for other in tf.get_collection(tf.GraphKeys.MODEL_VARIABLES)):
        tf.add_to_collection(tf.GraphKeys.MODEL_VARIABLES, var)


def zero_initializer(ref: tf.Variable, use_locking: bool = True, name: str = 'zero_initializer') -> tf.Tensor:
    """Returns a tensor that sets a variable of known shape to zeros, once.

    Raises:
      tf.errors.InvalidArgumentError: at run time, the variable has a value already.
    """
    with tf.name_scope(f'{name}/'):
        fresh = tf.logical_not(tf.is_variable_initialized(ref))
        with tf.control_dependencies([tf.Assert(fresh, [f'Variable {ref.op.name} is initialized already.'])]):
            zeros = tf.zeros(ref.shape, ref.dtype.base_dtype)
    return tf.assign(ref, zeros, use_locking=use_locking, name=name)


def _distinct(items: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(items))
