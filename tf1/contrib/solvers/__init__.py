"""`tf.contrib.solvers`: iterative solvers of linear equations, which need a matrix only as an operator."""

from __future__ import annotations

from tf1 import _successors
from tf1.contrib.solvers import lanczos, least_squares, linear_equations, util

__all__ = ['lanczos', 'least_squares', 'linear_equations', 'util']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise _successors.missing('tf.contrib.solvers', name)
