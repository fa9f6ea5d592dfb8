"""`tf.contrib.summary`: summaries that are written as they are computed, in sessions and in eager programs."""

from __future__ import annotations

import sys as _sys

from tf1._namespace import removed
from tf1.contrib.summary.recording import (
    always_record_summaries,
    never_record_summaries,
    record_summaries_every_n_global_steps,
    should_record_summaries,
)
from tf1.contrib.summary.summaries import (
    all_summary_ops,
    audio,
    generic,
    graph,
    histogram,
    image,
    import_event,
    initialize,
    scalar,
)
from tf1.contrib.summary.writers import (
    SummaryWriter,
    create_file_writer,
    create_summary_file_writer,
    eval_dir,
    flush,
    summary_writer_initializer_op,
)

# TF 1.15 had all of it in a module of the same name, too.
summary = _sys.modules[__name__]

__all__ = [
    'SummaryWriter',
    'all_summary_ops',
    'always_record_summaries',
    'audio',
    'create_file_writer',
    'create_summary_file_writer',
    'eval_dir',
    'flush',
    'generic',
    'graph',
    'histogram',
    'image',
    'import_event',
    'initialize',
    'never_record_summaries',
    'record_summaries_every_n_global_steps',
    'scalar',
    'should_record_summaries',
    'summary',
    'summary_writer_initializer_op',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.summary', name)
