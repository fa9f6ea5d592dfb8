"""The penalty of `tf.get_variable`, which TensorFlow builds twice, and keeps as an object that is no tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def get_single_variable(usual: Function) -> Function:
    """Returns what makes a variable, with its penalty in the scope `NAME/Regularizer` and nowhere else."""

    def ours(self: Any, name: str, *args: Any, regularizer: Callable[..., Any] | None = None, **kwargs: Any) -> Any:
        if regularizer is not None and not isinstance(regularizer, type):
            regularizer = _Once(regularizer, name)
        return usual(self, name, *args, regularizer=regularizer, **kwargs)

    return ours


def built(usual: Function) -> Function:
    """Returns what stands for a penalty in collections: the tensor itself."""

    def ours(thunk: Callable[[], Any]) -> Any:
        return thunk()

    return ours


class _Once:
    """A regularizer that builds the penalty of a variable once and then gives the same."""

    def __init__(self, regularizer: Callable[..., Any], name: str):
        self._regularizer = regularizer
        self._name = name
        self._penalty: Any = None

    def __call__(self, variable: Any) -> Any:
        if self._penalty is None:
            with tf.colocate_with(variable.op), tf.name_scope(f'{self._name}/Regularizer/'):
                self._penalty = self._regularizer(variable)
        return self._penalty
