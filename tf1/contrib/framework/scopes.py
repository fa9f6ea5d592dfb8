"""Default arguments for decorated functions within a `with` block: `arg_scope` and its questions.

A scope is a dictionary from a function's key to its defaults. The scope that holds belongs to the running context, so
that threads that build graphs of their own do not see each other's.
"""

from __future__ import annotations

import contextlib
import contextvars
import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any

Scope = dict[str, dict[str, Any]]

_CURRENT: contextvars.ContextVar[Scope | None] = contextvars.ContextVar('tf1_arg_scope', default=None)


def arg_scope_func_key(op: Callable[..., Any]) -> str:
    """Returns the key that stands for a function in a scope; a decorated function keeps the key of what it wraps."""
    return getattr(op, '_key_op', str(op))


def current_arg_scope() -> Scope:
    """Returns the scope that holds here: `{key: {argument: value}}`, empty outside every `arg_scope`."""
    scope = _CURRENT.get()
    return {} if scope is None else scope


@contextlib.contextmanager
def arg_scope(
    list_ops_or_scope: list[Callable[..., Any]] | tuple[Callable[..., Any], ...] | Scope, **kwargs: Any
) -> Iterator[Scope]:
    """Gives decorated functions other default arguments while the block runs.

    Args:
      list_ops_or_scope: functions that `add_arg_scope` decorated, or a scope that an earlier `arg_scope` yielded; that
        replaces the current one.
      **kwargs: the defaults. What an outer scope gave the same function stays, unless it is named again.

    Yields:
      The scope that holds within.

    Raises:
      TypeError: the first argument is neither a list, a tuple nor a scope.
      ValueError: a function is not decorated, or arguments come with a scope.
    """
    if isinstance(list_ops_or_scope, dict):
        if kwargs:
            raise ValueError(f'A scope that is used again takes no more arguments, got {sorted(kwargs)}; drop them.')
        scope = list_ops_or_scope.copy()
    else:
        scope = _extended(list_ops_or_scope, kwargs)
    token = _CURRENT.set(scope)
    try:
        yield scope
    finally:
        _CURRENT.reset(token)


def _extended(functions: object, defaults: dict[str, Any]) -> Scope:
    if not isinstance(functions, (list, tuple)):
        raise TypeError(
            f'arg_scope needs a list or tuple of functions, or a scope; got {type(functions).__name__}. '
            'Put a single function into a list.'
        )
    scope = current_arg_scope().copy()
    for function in functions:
        if not has_arg_scope(function):
            raise ValueError(f'{_full_name(function)} is not decorated with @add_arg_scope; decorate it.')
        key = arg_scope_func_key(function)
        scope[key] = {**scope.get(key, {}), **defaults}
    return scope


def _full_name(function: object) -> str:
    return f'{getattr(function, "__module__", "?")}.{getattr(function, "__name__", function)}'


def add_arg_scope(func: Callable[..., Any]) -> Callable[..., Any]:
    """Decorates a function so that `arg_scope` can give it defaults; what a call names itself wins."""
    key = str(func)

    @functools.wraps(func)
    def func_with_args(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **{**current_arg_scope().get(key, {}), **kwargs})

    func_with_args._key_op = key
    return func_with_args


def has_arg_scope(func: object) -> bool:
    """Returns whether `add_arg_scope` decorated the function."""
    return hasattr(func, '_key_op')


def arg_scoped_arguments(func: Callable[..., Any]) -> tuple[str, ...]:
    """Returns the names of the arguments that a scope can set: those with a default.

    Raises:
      AssertionError: the function is not decorated.
    """
    if not has_arg_scope(func):
        raise AssertionError(f'{_full_name(func)} is not decorated with @add_arg_scope; decorate it.')
    parameters = inspect.signature(func).parameters.values()
    return tuple(p.name for p in parameters if p.default is not inspect.Parameter.empty)
