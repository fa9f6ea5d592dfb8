"""`tf.contrib.resampler`: images sampled at given points."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.resampler.sampling import resampler

__all__ = ['resampler']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.resampler', name)
