"""Whether summaries are written: a condition that `with` blocks set, at first never."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import tf1 as tf


class _Condition(threading.local):
    value: bool | Callable[[], tf.Tensor] = False


_condition = _Condition()


def should_record_summaries() -> tf.Tensor:
    """Returns whether summaries are written here, a bool scalar that is computed with the summaries."""
    return tf.convert_to_tensor(condition())


def condition() -> bool | tf.Tensor:
    """Returns whether summaries are written here: True or False where that is known, else a bool scalar."""
    value = _condition.value
    if not callable(value):
        return value
    return bool(value()) if tf.executing_eagerly() else value()


def always_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Writes the summaries of a `with` block at every run."""
    return _recording(True)


def never_record_summaries() -> contextlib.AbstractContextManager[None]:
    """Writes none of the summaries of a `with` block."""
    return _recording(False)


def record_summaries_every_n_global_steps(n: int, global_step: Any = None) -> contextlib.AbstractContextManager[None]:
    """Writes the summaries of a `with` block where the step is a multiple of `n`.

    Args:
      n: steps from one to the next.
      global_step: a step, int64 scalar; the global step if None.
    """
    step = tf.train.get_or_create_global_step() if global_step is None else global_step

    def reached() -> tf.Tensor:
        with tf.device('cpu:0'):
            now = tf.convert_to_tensor(step)
            return tf.equal(now % tf.cast(n, now.dtype), 0)

    if tf.executing_eagerly():
        return _recording(reached)
    # In a graph all summaries of the block share one comparison.
    shared = reached()
    return _recording(lambda: shared)


@contextlib.contextmanager
def _recording(value: bool | Callable[[], tf.Tensor]) -> Iterator[None]:
    before, _condition.value = _condition.value, value
    try:
        yield
    finally:
        _condition.value = before
