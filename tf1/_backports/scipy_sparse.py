"""`matrix.A` and `matrix.H` of SciPy's sparse matrices, which SciPy 1.14 has dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import scipy.sparse

from tf1._backports import registry
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode

_SUCCESSORS: dict[str, tuple[Callable[[Any], Any], str]] = {
    'A': (lambda matrix: matrix.toarray(), 'toarray()'),
    'H': (lambda matrix: matrix.conj().transpose(), 'conj().T'),
}


def install(user_code: UserCode, notices: Notices) -> Callable[[], None]:
    """Gives sparse matrices the attributes that they lack, for `user_code`. Returns a function to undo it."""
    lent = {}
    for name, (value, words) in _SUCCESSORS.items():
        if not hasattr(scipy.sparse.csr_matrix, name):
            said = f'{name} of sparse matrices is gone; {words} stands in for it.'
            lent[scipy.sparse.spmatrix, name] = registry.Lent(name, value, said, user_code, notices)
    return registry.patch_attributes(lent)
