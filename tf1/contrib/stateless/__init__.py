"""`tf.contrib.stateless`: random numbers of a seed alone, which `tf.random` has under shorter names."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

stateless_multinomial = tf.random.stateless_multinomial
stateless_random_normal = tf.random.stateless_normal
stateless_random_uniform = tf.random.stateless_uniform
stateless_truncated_normal = tf.random.stateless_truncated_normal

__all__ = [
    'stateless_multinomial',
    'stateless_random_normal',
    'stateless_random_uniform',
    'stateless_truncated_normal',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.stateless', name)
