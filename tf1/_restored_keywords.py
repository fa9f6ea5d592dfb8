"""`np.reshape(a, newshape=...)`, whose argument NumPy 2.1 called `shape` and 2.4 takes under no other name."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1._notes import Notes
from tf1._program import Program

_OLD = 'newshape'


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Lets `np.reshape` take `newshape` from `program`, in every NumPy. Returns a function to undo it."""
    reshape = np.reshape

    @functools.wraps(reshape)
    def reshape_as_before(*args: Any, **kwargs: Any) -> np.ndarray:
        if _OLD in kwargs and len(args) < 2 and program.owns(sys._getframe(1).f_globals):
            notes.say('np.reshape(newshape=...) is gone; its second argument stands in for it.')
            a = args[0] if args else kwargs.pop('a')
            return reshape(a, kwargs.pop(_OLD), **kwargs)
        return reshape(*args, **kwargs)

    def undo() -> None:
        np.reshape = reshape

    np.reshape = reshape_as_before
    return undo
