"""`tf.contrib.checkpoint`: the two classes that programs use, under today's names."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

Checkpointable = tf.Module
CheckpointManager = tf.train.CheckpointManager

__all__ = ['CheckpointManager', 'Checkpointable']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.checkpoint', name)
