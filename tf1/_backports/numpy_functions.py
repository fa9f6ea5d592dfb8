"""Functions of NumPy as programs of the TF 1 era call them: `array`, `asarray`, `fromstring`, `reshape`, and printing.

- `np.array` of sequences that differ in length: NumPy 1.24 and later make arrays of objects only by `dtype=object`.
- `np.array(copy=False)` where a copy is needed: NumPy 2 calls that `copy=None`.
- `np.fromstring` of binary data, which NumPy 2.3 refuses.
- `np.reshape(newshape=...)`, an argument that NumPy 2.4 takes as `shape` only.
- Scalars within lists print as `[0.5, 3]`, not as `[np.float32(0.5), np.int64(3)]`, as before NumPy 2.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_PRINTING_BEFORE_2 = '1.25'


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Lets these functions be as they were for `user_code`. Returns a function to undo it."""
    before = {name: getattr(np, name) for name in ('array', 'asarray', 'fromstring', 'reshape')}
    for name, make in (('array', _array), ('asarray', _array), ('fromstring', _fromstring), ('reshape', _reshape)):
        setattr(np, name, make(before[name], user_code, notices))
    printing = _print_as_before()

    def undo() -> None:
        for name, function in before.items():
            setattr(np, name, function)
        printing()

    return undo


def _array(function: Callable[..., np.ndarray], user_code: UserCode, notices: Notices) -> Callable[..., np.ndarray]:
    @functools.wraps(function)
    def make(*args: Any, **kwargs: Any) -> np.ndarray:
        while True:  # twice, where both are needed
            try:
                return function(*args, **kwargs)
            except ValueError as error:
                changed = _other_arguments(str(error), args, kwargs)
                if changed is None or not user_code.owns(sys._getframe(1).f_globals):
                    raise
            changes, what = changed
            instead = ', '.join(f'{name}={getattr(value, "__name__", value)}' for name, value in changes.items())
            notices.say(
                f'np.{function.__name__} {what} is gone; np.{function.__name__}(..., {instead}) stands in for it.'
            )
            kwargs.update(changes)

    return make


def _other_arguments(error: str, args: tuple, kwargs: dict[str, Any]) -> tuple[dict[str, Any], str] | None:
    """Returns the arguments that make the array that was refused, and words for it; None if there are none."""
    if kwargs.get('copy') is False and 'avoid copy' in error:
        return {'copy': None}, 'with copy=False where a copy is needed'
    if 'inhomogeneous' in error and len(args) < 2 and kwargs.get('dtype') is None:
        return {'dtype': object}, 'of sequences that differ in length'
    return None


def _fromstring(
    function: Callable[..., np.ndarray], user_code: UserCode, notices: Notices
) -> Callable[..., np.ndarray]:
    @functools.wraps(function)
    def fromstring(
        string: bytes | str, dtype: Any = float, count: int = -1, sep: str = '', **kwargs: Any
    ) -> np.ndarray:
        if sep or kwargs or not user_code.owns(sys._getframe(1).f_globals):
            return function(string, dtype, count, sep=sep, **kwargs)
        notices.say('np.fromstring of binary data is gone; np.frombuffer stands in for it.')
        data = string.encode() if isinstance(string, str) else string
        if not data:
            return np.empty(0, dtype)
        return np.frombuffer(data, dtype, count).copy()

    return fromstring


def _reshape(function: Callable[..., np.ndarray], user_code: UserCode, notices: Notices) -> Callable[..., np.ndarray]:
    @functools.wraps(function)
    def reshape(*args: Any, **kwargs: Any) -> np.ndarray:
        if 'newshape' in kwargs and len(args) < 2 and user_code.owns(sys._getframe(1).f_globals):
            notices.say('np.reshape(newshape=...) is gone; its second argument stands in for it.')
            a = args[0] if args else kwargs.pop('a')
            return function(a, kwargs.pop('newshape'), **kwargs)
        return function(*args, **kwargs)

    return reshape


def _print_as_before() -> Callable[[], None]:
    """Makes scalars print as before NumPy 2, unless another style was asked for. Returns a function to undo it."""
    if np.lib.NumpyVersion(np.__version__) < '2.0.0' or np.get_printoptions()['legacy'] is not False:
        return lambda: None
    np.set_printoptions(legacy=_PRINTING_BEFORE_2)
    return lambda: np.set_printoptions(legacy=False)
