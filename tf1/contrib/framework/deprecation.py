"""Decorators that warn of functions and arguments to leave."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def deprecated(date: str | None, instructions: str, warn_once: bool = True) -> Decorator:
    """Returns a decorator that logs a warning when the function is called.

    Args:
      date: day of the function's end, 'YYYY-MM-DD'; None for some day.
      instructions: what to use instead.
      warn_once: whether only the first call warns.
    """
    return _warning(
        '(deprecated)', 'THIS FUNCTION IS DEPRECATED. It', date, instructions, warn_once, lambda given: ['']
    )


def deprecated_args(
    date: str | None, instructions: str, *deprecated_arg_names_or_tuples: str | tuple[Any, ...], **kwargs: Any
) -> Decorator:
    """Returns a decorator that logs a warning when a call names one of the arguments.

    Args:
      date: day of the arguments' end, 'YYYY-MM-DD'; None for some day.
      instructions: what to use instead.
      *deprecated_arg_names_or_tuples: names; with a tuple of name and value, that value does not warn.
      **kwargs: `warn_once`, whether only the first such call warns.
    """
    named = [item if isinstance(item, tuple) else (item,) for item in deprecated_arg_names_or_tuples]

    def found(given: dict[str, Any]) -> list[str]:
        return [name for name, *fine in named if name in given and not (fine and given[name] == fine[0])]

    listed = ', '.join(name for name, *_ in named)
    text = f'SOME ARGUMENTS ARE DEPRECATED: `({listed})`. They'
    return _warning('(deprecated arguments)', text, date, instructions, kwargs.get('warn_once', True), found)


def deprecated_arg_values(
    date: str | None, instructions: str, warn_once: bool = True, **deprecated_kwargs: Any
) -> Decorator:
    """Returns a decorator that logs a warning when a call gives an argument a certain value.

    Args:
      date: day of the values' end, 'YYYY-MM-DD'; None for some day.
      instructions: what to use instead.
      warn_once: whether only the first such call warns.
      **deprecated_kwargs: the values by argument.
    """

    def found(given: dict[str, Any]) -> list[str]:
        return [f'{n}={v!r}' for n, v in deprecated_kwargs.items() if n in given and given[n] == v]

    listed = ', '.join(f'{name}={value!r}' for name, value in sorted(deprecated_kwargs.items()))
    text = f'SOME ARGUMENT VALUES ARE DEPRECATED: `({listed})`. They'
    return _warning('(deprecated argument values)', text, date, instructions, warn_once, found)


def _warning(
    mark: str,
    text: str,
    date: str | None,
    instructions: str,
    warn_once: bool,
    found: Callable[[dict[str, Any]], list[str]],
) -> Decorator:
    if not instructions:
        raise ValueError('instructions must say what to use instead, got none.')
    when = 'in a future version' if date is None else f'after {date}'

    def decorate(func: Callable[..., Any]) -> Callable[..., Any]:
        signature, warned = inspect.signature(func), []

        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            for what in found(signature.bind(*args, **kwargs).arguments):
                if not (warn_once and what in warned):
                    warned.append(what)
                    calling = f'calling {func.__name__}' if what else func.__name__
                    given = f' with {what}' if what else ''
                    # As an argument, so that the log keeps a program's own notices and drops only TensorFlow's.
                    tf.logging.warning(
                        '%s',
                        f'{calling} (from {func.__module__}){given} is deprecated and will be removed {when}.\n'
                        f'Instructions for updating:\n{instructions}',
                    )
            return func(*args, **kwargs)

        summary, _, rest = (inspect.getdoc(func) or f'DEPRECATED FUNCTION: {func.__name__}').partition('\n')
        notice = f'Warning: {text} will be removed {when}.\nInstructions for updating:\n{instructions}'
        wrapper.__doc__ = f'{summary} {mark}\n\n{notice}\n{rest}'
        return wrapper

    return decorate
