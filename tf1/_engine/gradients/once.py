"""What TF 1.15 builds once per graph and then remembers."""

from __future__ import annotations

import weakref
from collections.abc import Hashable

import tensorflow.compat.v1 as tf

# Graph -> what has been built in it.
_BUILT: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def is_first(key: Hashable) -> bool:
    """Returns whether the default graph is asked for `key` for the first time."""
    built = _BUILT.setdefault(tf.get_default_graph(), set())
    if key in built:
        return False
    built.add(key)
    return True
