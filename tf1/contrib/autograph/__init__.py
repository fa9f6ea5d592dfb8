"""`tf.contrib.autograph`: what `tf.autograph` has."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

Feature = tf.autograph.experimental.Feature
do_not_convert = tf.autograph.experimental.do_not_convert
set_loop_options = tf.autograph.experimental.set_loop_options
to_code = tf.autograph.to_code
to_graph = tf.autograph.to_graph

__all__ = ['Feature', 'do_not_convert', 'set_loop_options', 'to_code', 'to_graph']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.autograph', name)
