"""`tf.contrib.tensorboard.plugins`: the embedding projector, from the package tensorboard."""

from __future__ import annotations

from tensorboard.plugins import projector

from tf1._namespace import removed

__all__ = ['projector']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.tensorboard.plugins', name)
