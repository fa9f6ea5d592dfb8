"""`matrix.A` and `matrix.H` of SciPy's sparse matrices, which SciPy 1.14 has dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import scipy.sparse

from tf1 import _restored_attributes
from tf1._notes import Notes
from tf1._program import Program

_SUCCESSORS: dict[str, tuple[Callable[[Any], Any], str]] = {
    'A': (lambda matrix: matrix.toarray(), 'toarray()'),
    'H': (lambda matrix: matrix.conj().transpose(), 'conj().T'),
}


def install(program: Program, notes: Notes) -> Callable[[], None]:
    """Gives sparse matrices the attributes that they lack, for `program`. Returns a function to undo it."""
    lent = {}
    for name, (value, words) in _SUCCESSORS.items():
        if not hasattr(scipy.sparse.csr_matrix, name):
            said = f'{name} of sparse matrices is gone; {words} stands in for it.'
            lent[scipy.sparse.spmatrix, name] = _restored_attributes.Lent(name, value, said, program, notes)
    return _restored_attributes.lend(lent)
