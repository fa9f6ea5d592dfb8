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
        (implementation.Message, '__init__'),
        (implementation.RepeatedScalarContainer, 'append'),
        (implementation.RepeatedScalarContainer, 'extend'),
    )
    before = [(kind, name, getattr(kind, name)) for kind, name in places]

    def taking(function: Callable[..., Any], is_field: bool) -> Callable[..., Any]:
        @functools.wraps(function)
        def take(self: Any, *args: Any, **kwargs: Any) -> Any:
            length = len(self) if is_field else 0
            try:
                return function(self, *args, **kwargs)
            except TypeError:
                if not user_code.owns(sys._getframe(1).f_globals):
                    raise
                numbers = _numbers(args), _numbers(kwargs)
                if all(one is other for one, other in zip(numbers, (args, kwargs), strict=True)):
                    raise
            # What went in before the first bool.
            if is_field:
                del self[length:]
            else:
                self.Clear()
            notices.say(_SAID)
            return function(self, *numbers[0], **numbers[1])

        return take

    for kind, name, function in before:
        setattr(kind, name, taking(function, name != '__init__'))

    def undo() -> None:
        for kind, name, function in before:
            setattr(kind, name, function)

    return undo


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
