"""`np.array` as it was: of sequences that differ in length, and with `copy=False` where a copy is needed.

NumPy 1.24 and later make arrays of objects only by `dtype=object`; programs of the TF 1 era keep sentences of different
lengths, or pairs of an image and a label, in such arrays. NumPy 2 calls `copy=None` what `copy=False` meant.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1._notes import Notes
from tf1._program import Program

_FUNCTIONS = ('array', 'asarray')


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Lets `np.array` and `np.asarray` be as they were for `program`. Returns a function to undo it."""
    before = {name: getattr(np, name) for name in _FUNCTIONS}
    for name, function in before.items():
        setattr(np, name, _as_before(function, program, notes))

    def undo() -> None:
        for name, function in before.items():
            setattr(np, name, function)

    return undo


def _as_before(function: Callable[..., np.ndarray], program: Program, notes: Notes) -> Callable[..., np.ndarray]:
    @functools.wraps(function)
    def make(*args: Any, **kwargs: Any) -> np.ndarray:
        while True:  # twice, where both are needed
            try:
                return function(*args, **kwargs)
            except ValueError as error:
                changed = _instead(str(error), args, kwargs)
                if changed is None or not program.owns(sys._getframe(1).f_globals):
                    raise
            changes, what = changed
            instead = ', '.join(f'{name}={getattr(value, "__name__", value)}' for name, value in changes.items())
            notes.say(
                f'np.{function.__name__} {what} is gone; np.{function.__name__}(..., {instead}) stands in for it.'
            )
            kwargs.update(changes)

    return make


def _instead(error: str, args: tuple, kwargs: dict[str, Any]) -> tuple[dict[str, Any], str] | None:
    """Returns the arguments that make the array that was refused, and words for it; None if there are none."""
    if kwargs.get('copy') is False and 'avoid copy' in error:
        return {'copy': None}, 'with copy=False where a copy is needed'
    if 'inhomogeneous' in error and len(args) < 2 and kwargs.get('dtype') is None:
        return {'dtype': object}, 'of sequences that differ in length'
    return None
