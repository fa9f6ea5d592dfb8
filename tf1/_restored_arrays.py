"""`ndarray.tostring`, the older name of `tobytes`, which programs that write TFRecords call and NumPy 2.3 dropped."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable

import numpy as np

from tf1._notes import Notes
from tf1._program import Program

_NAME = 'tostring'


class _ToString:
    def __init__(self, program: Program, notes: Notes):
        self._program = program
        self._notes = notes

    def __get__(self, array: np.ndarray | None, kind: type) -> Callable[..., bytes]:
        if not self._program.owns(sys._getframe(1).f_globals):
            raise AttributeError(f'{kind.__name__!r} object has no attribute {_NAME!r}', name=_NAME, obj=array)
        self._notes.say('ndarray.tostring is gone; tobytes stands in for it.')
        return kind.tobytes if array is None else array.tobytes


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Gives arrays and NumPy's scalars `tostring` where they lack it, for `program`. Returns a function to undo it."""
    changed = [kind for kind in (np.ndarray, np.generic) if _NAME not in _attributes(kind)]
    for kind in changed:
        _attributes(kind)[_NAME] = _ToString(program, notes)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

    def undo() -> None:
        for kind in changed:
            del _attributes(kind)[_NAME]
            ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))

    return undo


def _attributes(kind: type) -> dict:
    # A type written in C takes no attributes in any other way; the view that it shows refers to the real ones alone.
    return next(each for each in gc.get_referents(kind.__dict__) if isinstance(each, dict))
