"""`tf.contrib.session_bundle`: exports of before SavedModel."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.session_bundle import exporter

__all__ = ['exporter']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.session_bundle', name)
