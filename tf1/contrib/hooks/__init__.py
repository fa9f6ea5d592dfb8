"""`tf.contrib.hooks`: the hook that `tf.train` has."""

from __future__ import annotations

import tf1 as tf
from tf1 import _successors

ProfilerHook = tf.train.ProfilerHook

__all__ = ['ProfilerHook']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise _successors.missing('tf.contrib.hooks', name)
