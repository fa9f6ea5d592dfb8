"""Methods of pandas' tables and columns that pandas 1 and 2 have dropped: `as_matrix`, `get_values`, `append`, ..."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pandas as pd

from tf1._notes import Notes
from tf1._program import Program


def _as_matrix(data: Any, columns: Any = None) -> Any:
    return (data if columns is None else data[columns]).to_numpy()


def _append(data: Any, other: Any, ignore_index: bool = False, **ignored: Any) -> Any:
    # A dictionary or an unnamed column is one more row.
    if isinstance(data, pd.DataFrame) and isinstance(other, (dict, pd.Series)):
        other = pd.DataFrame([other])
    others = list(other) if isinstance(other, (list, tuple)) else [other]
    return pd.concat([data, *others], ignore_index=ignore_index)


_METHODS = {
    'append': (_append, 'pd.concat'),
    'as_matrix': (_as_matrix, 'to_numpy()'),
    'get_values': (_as_matrix, 'to_numpy()'),
    'iteritems': (lambda data: data.items(), 'items()'),
}


class _Method:
    def __init__(self, name: str, function: Callable, words: str, program: Program, notes: Notes):
        self._name = name
        self._function = function
        self._words = words
        self._program = program
        self._notes = notes

    def __get__(self, data: Any, kind: type) -> Callable:
        frame = sys._getframe(1)
        # pandas looks methods up in a function of its own before it asks for columns of that name.
        if data is None or not self._program.owns(frame.f_globals):
            raise AttributeError(f'{kind.__name__!r} object has no attribute {self._name!r}', name=self._name, obj=data)
        self._notes.say(f'{kind.__name__}.{self._name} is gone; {self._words} stands in for it.')
        return lambda *args, **kwargs: self._function(data, *args, **kwargs)


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Gives tables and columns the methods that they lack, for `program`. Returns a function to undo it."""
    changed = [(kind, name) for kind in (pd.DataFrame, pd.Series) for name in _METHODS if not hasattr(kind, name)]
    for kind, name in changed:
        setattr(kind, name, _Method(name, *_METHODS[name], program, notes))

    def undo() -> None:
        for kind, name in changed:
            delattr(kind, name)

    return undo
