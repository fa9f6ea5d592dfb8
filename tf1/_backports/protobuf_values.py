"""Bools where a protocol buffer has a number: `tf.train.Int64List(value=[label == 'cat'])`.

Protobuf took True for 1 then, also NumPy's; now it refuses either in some of its versions.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_SAID = 'A bool for a number in a protocol buffer is gone; int stands in for it.'


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Lets messages and their repeated fields take them, for `user_code`. Returns a function to undo it."""
    try:
        implementation: Any = importlib.import_module('google._upb._message')
    except ModuleNotFoundError:  # protobuf in Python itself, which takes them
        return lambda: None
    places = (
        (implementation.Message, '__init__', lambda message: message.Clear),
        (implementation.RepeatedScalarContainer, 'append', lambda values: lambda: None),
        (implementation.RepeatedScalarContainer, 'extend', _shortening),
    )
    before = [(kind, name, getattr(kind, name)) for kind, name, _ in places]

    def taking(function: Callable[..., Any], emptying: Callable[[Any], Callable[[], None]]) -> Callable[..., Any]:
        @functools.wraps(function)
        def take(self: Any, *args: Any, **kwargs: Any) -> Any:
            restore = emptying(self)
            try:
                return function(self, *args, **kwargs)
            except TypeError:
                if not user_code.owns(sys._getframe(1).f_globals):
                    raise
                numbers = _numbers(args), _numbers(kwargs)
                if all(one is other for one, other in zip(numbers, (args, kwargs), strict=True)):
                    raise
            restore()
            notices.say(_SAID)
            return function(self, *numbers[0], **numbers[1])

        return take

    for (kind, name, emptying), (_, _, function) in zip(places, before, strict=True):
        setattr(kind, name, taking(function, emptying))

    def undo() -> None:
        for kind, name, function in before:
            setattr(kind, name, function)

    return undo


def _shortening(values: Any) -> Callable[[], None]:
    """Returns what takes away the values that are added from now on."""
    length = len(values)

    def shorten() -> None:
        del values[length:]

    return shorten


def _numbers(value: Any) -> Any:
    """Returns `value` with ints for the bools in it; the very same where there are none."""
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    if isinstance(value, np.ndarray) and value.dtype in (bool, object):
        return _numbers(value.tolist())
    if isinstance(value, dict):
        changed = {key: _numbers(each) for key, each in value.items()}
        return changed if any(changed[key] is not value[key] for key in value) else value
    if isinstance(value, (list, tuple)):
        numbers = type(value)(map(_numbers, value)) if type(value) in (list, tuple) else value
        return numbers if any(one is not other for one, other in zip(numbers, value, strict=True)) else value
    return value
