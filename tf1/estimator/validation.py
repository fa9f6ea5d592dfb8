"""Checks of arguments that several calls share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow.compat.v1 as tf


def check_positive(name: str, value: Any) -> None:
    """Raises ValueError unless `value` is None or > 0."""
    if value is not None and value <= 0:
        raise ValueError(f'{name} must be > 0, got {value}.')


def check_function(name: str, value: Any) -> None:
    """Raises TypeError unless `value` can be called."""
    if not callable(value):
        raise TypeError(f'{name} must be callable, got {value!r}.')


def check_hooks(values: Iterable[Any] | None, name: str = 'hooks') -> list[tf.train.SessionRunHook]:
    """Returns `values` as a list.

    Raises:
      TypeError: one is no `SessionRunHook`.
    """
    values = _elements(name, values)
    for hook in values:
        if not isinstance(hook, tf.train.SessionRunHook):
            raise TypeError(f'{name}: every hook must be a SessionRunHook, got {hook!r}.')
    return values


def check_listeners(
    values: Iterable[Any] | None, name: str = 'saving_listeners'
) -> list[tf.train.CheckpointSaverListener]:
    """Returns `values` as a list.

    Raises:
      TypeError: one is no `CheckpointSaverListener`.
    """
    values = _elements(name, values)
    for listener in values:
        if not isinstance(listener, tf.train.CheckpointSaverListener):
            raise TypeError(f'{name}: each must be a CheckpointSaverListener, got {listener!r}.')
    return values


def _elements(name: str, values: Iterable[Any] | None) -> list[Any]:
    if values is not None and not isinstance(values, Iterable):
        raise TypeError(f'{name} must be a list, got {values!r}.')
    return list(values or [])
