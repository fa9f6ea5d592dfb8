"""`tf.contrib.staging`: a buffer of tensors between parts of a step."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.staging.staging_area import StagingArea

__all__ = ['StagingArea']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.staging', name)
