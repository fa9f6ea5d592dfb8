"""`np.fromstring(data, dtype)` of binary data, which readers of images and records call and NumPy 2.3 refuses."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1._notes import Notes
from tf1._program import Program


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Lets `np.fromstring` read binary data for `program`, in every NumPy. Returns a function to undo it."""
    fromstring = np.fromstring

    @functools.wraps(fromstring)
    def fromstring_as_before(
        string: bytes | str, dtype: Any = float, count: int = -1, sep: str = '', **kwargs: Any
    ) -> np.ndarray:
        if sep or kwargs or not program.owns(sys._getframe(1).f_globals):
            return fromstring(string, dtype, count, sep=sep, **kwargs)
        notes.say('np.fromstring of binary data is gone; np.frombuffer stands in for it.')
        data = string.encode() if isinstance(string, str) else string
        if not data:
            return np.empty(0, dtype)
        return np.frombuffer(data, dtype, count).copy()

    def undo() -> None:
        np.fromstring = fromstring

    np.fromstring = fromstring_as_before
    return undo
