"""`tf.contrib.sparsemax`: a softmax that gives zeros, and its loss."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.sparsemax.projection import sparsemax, sparsemax_loss

__all__ = ['sparsemax', 'sparsemax_loss']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.sparsemax', name)
