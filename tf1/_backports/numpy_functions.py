"""Functions of NumPy as programs of the TF 1 era call them, and printing.

- `np.array` of sequences that differ in length: NumPy 1.24 and later make arrays of objects only by `dtype=object`. The
  same where other functions take such a sequence for an array, as `np.savez`, `np.concatenate` and `np.shape` do.
- NumPy's abstract types as dtypes: `np.zeros(3, np.floating)`, which NumPy 2.4 refuses, has float64.
- `np.array(copy=False)` where a copy is needed: NumPy 2 calls that `copy=None`.
- `np.fromstring` of binary data, which NumPy 2.3 refuses.
- `np.reshape(newshape=...)`, an argument that NumPy 2.4 takes as `shape` only.
- Scalars within lists print as `[0.5, 3]`, not as `[np.float32(0.5), np.int64(3)]`, as before NumPy 2.
"""

from __future__ import annotations

import functools
import operator
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_PRINTING_BEFORE_2 = '1.25'
ABSTRACT: dict[type, type] = {
    np.number: np.float64,
    np.inexact: np.float64,
    np.floating: np.float64,
    np.complexfloating: np.complex128,
    np.integer: np.int64,
    np.signedinteger: np.int64,
    np.unsignedinteger: np.uint64,
}
"""What they mean as dtypes."""
# Functions that make an array, and have an argument `dtype`.
_MAKING_TEXT = """
    array asarray asanyarray zeros ones empty full arange zeros_like ones_like full_like
"""
_MAKING = tuple(_MAKING_TEXT.split())
# Functions that take a list for an array, or a list of such.
_JOINING = ('concatenate', 'hstack', 'stack', 'vstack')
_TAKING_TEXT = """
    all any append argsort array_split atleast_1d copy delete expand_dims flip insert max min ndim ravel repeat roll
    save savez savez_compressed shape size sort squeeze sum take tile transpose where
"""
_TAKING = (*_JOINING, *_TAKING_TEXT.split())


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Lets these functions be as they were for `user_code`. Returns a function to undo it."""
    before: list[tuple[ModuleType, str, Any]] = []

    def replace(module: ModuleType, name: str, make: Callable[..., Callable]) -> None:
        function = getattr(module, name)
        before.append((module, name, function))
        setattr(module, name, make(function, user_code, notices))

    for name in _MAKING + _TAKING:
        replace(np, name, functools.partial(_retrying, f'np.{name}'))
    replace(np.random, 'permutation', functools.partial(_retrying, 'np.random.permutation'))
    replace(np, 'fromstring', _fromstring)
    replace(np, 'reshape', _reshape)
    printing = _print_as_before()

    def undo() -> None:
        for module, name, function in before:
            setattr(module, name, function)
        printing()

    return undo


def _retrying(name: str, function: Callable[..., Any], user_code: UserCode, notices: Notices) -> Callable[..., Any]:
    """Returns a function that calls `function` again with other arguments where NumPy refuses those of old."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        while True:  # twice, where more than one is needed
            try:
                return function(*args, **kwargs)
            except (TypeError, ValueError) as error:
                changed = _other_arguments(name, str(error), args, kwargs)
                if changed is None or not user_code.owns(sys._getframe(1).f_globals):
                    raise
            args, kwargs, what, instead = changed
            notices.say(f'{name} {what} is gone; {instead} stands in for it.')

    return call


def _other_arguments(
    name: str, error: str, args: tuple, kwargs: dict[str, Any]
) -> tuple[tuple, dict[str, Any], str, str] | None:
    """Returns the arguments that give what was refused, and words for both; None if there are none."""
    if kwargs.get('copy') is False and 'avoid copy' in error:
        return args, {**kwargs, 'copy': None}, 'with copy=False where a copy is needed', f'{name}(..., copy=None)'
    kinds = [kind for kind in (*args, *kwargs.values()) if isinstance(kind, type) and kind in ABSTRACT]
    if kinds and 'to a dtype' in error:
        args, kwargs = concrete(args, kwargs)
        return args, kwargs, f'with the dtype np.{kinds[0].__name__}', f'np.{ABSTRACT[kinds[0]].__name__}'
    if 'inhomogeneous' not in error:
        return None
    words = 'of sequences that differ in length'
    if name.removeprefix('np.') in _MAKING:
        if len(args) > 1 or kwargs.get('dtype') is not None:
            return None
        return args, {**kwargs, 'dtype': object}, words, f'{name}(..., dtype=object)'
    change = _joined if name.removeprefix('np.') in _JOINING else _even
    new_args = tuple(change(value) for value in args)
    new_kwargs = {key: change(value) for key, value in kwargs.items()}
    if all(map(operator.is_, (*args, *kwargs.values()), (*new_args, *new_kwargs.values()))):
        return None
    return new_args, new_kwargs, words, f'{name}(np.array(..., dtype=object))'


def concrete(args: tuple, kwargs: dict[str, Any]) -> tuple[tuple, dict[str, Any]]:
    """Returns the arguments with the widest type of each abstract one's kind in its place."""

    def change(value: Any) -> Any:
        return ABSTRACT.get(value, value) if isinstance(value, type) else value

    return tuple(map(change, args)), {name: change(value) for name, value in kwargs.items()}


def _even(value: Any) -> Any:
    """Returns an array of objects for a list of lists that differ in length, all else as it is."""
    if not isinstance(value, list | tuple):
        return value
    try:
        np.asanyarray(value)
    except ValueError:
        return np.array(value, dtype=object)
    return value


def _joined(value: Any) -> Any:
    """Does so with each element of a list."""
    if not isinstance(value, list | tuple):
        return value
    new = [_even(each) for each in value]
    return value if all(map(operator.is_, value, new)) else new


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
