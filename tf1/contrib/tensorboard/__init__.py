"""`tf.contrib.tensorboard`: the embedding projector's configuration."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.tensorboard import plugins

__all__ = ['plugins']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.tensorboard', name)
