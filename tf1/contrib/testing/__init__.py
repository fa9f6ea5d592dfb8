"""`tf.contrib.testing`: what tests of summaries need."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.testing.events import (
    assert_summary,
    latest_event_file,
    latest_events,
    latest_summaries,
    simple_values_from_events,
    to_summary_proto,
)

__all__ = [
    'assert_summary',
    'latest_event_file',
    'latest_events',
    'latest_summaries',
    'simple_values_from_events',
    'to_summary_proto',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.testing', name)
