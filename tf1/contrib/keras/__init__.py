"""`tf.contrib.keras`: the modules of `tf.keras`, where they stood before TF 1.4."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

__all__ = [
    'activations',
    'applications',
    'backend',
    'callbacks',
    'constraints',
    'datasets',
    'initializers',
    'layers',
    'losses',
    'metrics',
    'models',
    'optimizers',
    'preprocessing',
    'regularizers',
    'utils',
]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(tf.keras, name)
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.keras', name)
