"""`tf.contrib.solvers`: iterative solvers of linear equations, which need a matrix only as an operator."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.solvers import lanczos, least_squares, linear_equations, util

__all__ = ['lanczos', 'least_squares', 'linear_equations', 'util']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.solvers', name)
