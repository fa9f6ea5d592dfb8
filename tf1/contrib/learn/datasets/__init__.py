"""`tf.contrib.learn.datasets`: MNIST."""

from __future__ import annotations

from tf1 import _successors
from tf1.contrib.learn.datasets import mnist
from tf1.datasets.mnist import load_dataset

__all__ = ['load_dataset', 'mnist']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise _successors.missing('tf.contrib.learn.datasets', name)
