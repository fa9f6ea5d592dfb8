"""`tf.contrib.hooks`: the hook that `tf.train` has."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

ProfilerHook = tf.train.ProfilerHook

__all__ = ['ProfilerHook']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.hooks', name)
