"""`tf.contrib.deprecated`: summaries as they were before TF 1.0, whose tags are taken as they are."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.deprecated.summaries import (
    audio_summary,
    histogram_summary,
    image_summary,
    merge_all_summaries,
    merge_summary,
    scalar_summary,
)

__all__ = [
    'audio_summary',
    'histogram_summary',
    'image_summary',
    'merge_all_summaries',
    'merge_summary',
    'scalar_summary',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.deprecated', name)
