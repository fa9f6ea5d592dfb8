"""Variables of eager programs, and a store in which `tf.get_variable` finds them again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import tf1 as tf


class _MakesResourceVariables(type):
    def __call__(cls, *args: Any, **kwargs: Any) -> tf.Variable:
        return tf.Variable(*args, use_resource=True, **kwargs)

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, tf.compat.v2.Variable) and hasattr(instance, 'handle')


class Variable(metaclass=_MakesResourceVariables):
    """A resource variable, in a graph as well as in an eager program; takes the arguments of `tf.Variable`."""


class EagerVariableStore:
    """Keeps the variables of an eager program by name, so that `tf.get_variable` and `tf.layers` share them.

    store = tf.contrib.eager.EagerVariableStore()
    with store.as_default():
        for images in batches:
            logits = tf.layers.dense(images, 10, name='logits')
    """

    def __init__(self):
        self._variables: dict[str, tf.Variable] = {}

    @contextlib.contextmanager
    def as_default(self) -> Iterator[None]:
        """Makes `tf.get_variable` look here, and store here what is new, in a `with` block."""
        scope = tf.get_variable_scope()
        with tf.variable_scope(scope, custom_getter=self._get, auxiliary_name_scope=False):
            yield

    def variables(self) -> list[tf.Variable]:
        """Returns all variables, sorted by name."""
        return sorted(self._variables.values(), key=lambda variable: variable.name)

    def trainable_variables(self) -> list[tf.Variable]:
        """Returns the variables that train, sorted by name."""
        return [variable for variable in self.variables() if variable.trainable]

    def non_trainable_variables(self) -> list[tf.Variable]:
        """Returns the variables that do not train, sorted by name."""
        return [variable for variable in self.variables() if not variable.trainable]

    def copy(self) -> EagerVariableStore:
        """Returns a store with variables of its own that have the same names and values."""
        store = EagerVariableStore()
        for name, variable in self._variables.items():
            store._variables[name] = Variable(variable.numpy(), name=name, trainable=variable.trainable)
        return store

    def _get(self, getter: Callable[..., tf.Variable], name: str, *args: Any, **kwargs: Any) -> tf.Variable:
        if name not in self._variables:
            self._variables[name] = getter(name, *args, **kwargs)
            return self._variables[name]
        variable, shape = self._variables[name], kwargs.get('shape')
        if shape is not None and not tf.TensorShape(shape).is_compatible_with(variable.shape):
            raise ValueError(f'Variable {name} has shape {variable.shape}, not {tf.TensorShape(shape)}; rename one.')
        return variable
