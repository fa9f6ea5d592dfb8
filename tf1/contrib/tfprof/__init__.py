"""`tf.contrib.tfprof`: the profiler, now `tf.profiler`."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.tfprof import model_analyzer, tfprof_logger
from tf1.contrib.tfprof.profile_context import ProfileContext

__all__ = ['ProfileContext', 'model_analyzer', 'tfprof_logger']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.tfprof', name)
