"""`tf.contrib.compiler`: operations compiled with XLA."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.compiler import jit, xla

__all__ = ['jit', 'xla']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.compiler', name)
