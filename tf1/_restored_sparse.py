"""`matrix.A` and `matrix.H` of SciPy's sparse matrices, which SciPy 1.14 has dropped."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import scipy.sparse

from tf1._notes import Notes
from tf1._program import Program

_SUCCESSORS: dict[str, tuple[Callable[[Any], Any], str]] = {
    'A': (lambda matrix: matrix.toarray(), 'toarray()'),
    'H': (lambda matrix: matrix.conj().transpose(), 'conj().T'),
}


class _Property:
    def __init__(self, name: str, program: Program, notes: Notes):
        self._name = name
        self._value, self._words = _SUCCESSORS[name]
        self._program = program
        self._notes = notes

    def __get__(self, matrix: Any, kind: type) -> Any:
        if matrix is None or not self._program.owns(sys._getframe(1).f_globals):
            raise AttributeError(
                f'{kind.__name__!r} object has no attribute {self._name!r}', name=self._name, obj=matrix
            )
        self._notes.say(f'{self._name} of sparse matrices is gone; {self._words} stands in for it.')
        return self._value(matrix)


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Gives sparse matrices the attributes that they lack, for `program`. Returns a function to undo it."""
    kind = scipy.sparse.spmatrix
    lost = [name for name in _SUCCESSORS if not hasattr(scipy.sparse.csr_matrix, name)]
    for name in lost:
        setattr(kind, name, _Property(name, program, notes))

    def undo() -> None:
        for name in lost:
            delattr(kind, name)

    return undo
