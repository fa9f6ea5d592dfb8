"""`float(array)`, `int(array)`, `'%d' % array` and `vector[0] = array` for arrays of one element that have dimensions.

NumPy 2.4 takes arrays without dimensions only. Programs of the TF 1 era fetch a loss of shape [1] and format it.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
import warnings
from collections.abc import Callable, Iterator

import numpy as np

from tf1._notes import Notes
from tf1._program import Program

_METHODS = ('__complex__', '__float__', '__int__')
_IMMUTABLE = 1 << 8


class _TypeObject(ctypes.Structure):
    """CPython's PyTypeObject as far as its flags."""

    _fields_ = (('ob_base', ctypes.c_ssize_t * 3), ('slots', ctypes.c_void_p * 18), ('tp_flags', ctypes.c_ulong))


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Lets arrays of one element be numbers for `program`, where NumPy does not. Returns a function to undo it."""
    before = {name: np.ndarray.__dict__[name] for name in _METHODS}
    if not _refused():
        return lambda: None
    _set({name: _converting(method, program, notes) for name, method in before.items()})
    return lambda: _set(before)


def _converting(method: Callable, program: Program, notes: Notes) -> Callable[[np.ndarray], object]:
    word = method.__name__.strip('_')

    def convert(array: np.ndarray) -> object:
        if array.ndim and array.size == 1 and program.owns(sys._getframe(1).f_globals):
            notes.say(f'{word}(array) of an array with dimensions is gone; {word}(array.item()) stands in for it.')
            return method(np.asarray(array.flat[0]))
        return method(array)

    return convert


def _refused() -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # NumPy 1.25 to 2.3 only warn
        try:
            float(np.zeros(1))
        except TypeError:
            return True
    return False


def _set(methods: dict[str, Callable]) -> None:
    with _mutable(np.ndarray) as allowed:
        for name, method in methods.items() if allowed else ():
            setattr(np.ndarray, name, method)


@contextlib.contextmanager
def _mutable(kind: type) -> Iterator[bool]:
    """Lets the type `kind`, written in C, take methods; yields whether it does."""
    found = _TypeObject.from_address(id(kind))
    # In a Python that lays types out in another way, they stay as they are.
    if found.tp_flags != kind.__flags__:
        yield False
        return
    found.tp_flags &= ~_IMMUTABLE
    try:
        yield True
    finally:
        found.tp_flags |= _IMMUTABLE
