"""`tf.contrib.tensor_forest`: random forests that grow batch by batch."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.tensor_forest import client, python
from tf1.contrib.tensor_forest.client import eval_metrics, random_forest
from tf1.contrib.tensor_forest.python import tensor_forest

__all__ = ['client', 'eval_metrics', 'python', 'random_forest', 'tensor_forest']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.tensor_forest', name)
