"""`slim.prefetch_queue`: keeps whole batches ready."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


class _NamedQueue:
    """A queue that gives back a dictionary."""

    def __init__(self, queue: Any, keys: list[str]):
        self._queue = queue
        self._keys = keys

    def dequeue(self, name: str | None = None) -> dict[str, tf.Tensor]:
        """Returns the next tensors by name."""
        values = self._queue.dequeue(name)
        return dict(zip(self._keys, values if isinstance(values, list) else [values], strict=True))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queue, name)


def prefetch_queue(
    tensors: Any,
    capacity: int = 8,
    num_threads: int = 1,
    dynamic_pad: bool = False,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Returns a queue that a queue runner fills with `tensors`.

    Args:
      tensors: a list or dictionary; `dequeue` gives the same kind.
      capacity: elements that wait at most.
      num_threads: how many threads fill it.
      dynamic_pad: whether sizes may be unknown.
      shared_name: of the queue across sessions.
      name: None for 'prefetch_queue'.
    """
    named = isinstance(tensors, dict)
    keys = sorted(tensors) if named else []
    values = [tensors[key] for key in keys] if named else list(tensors)
    with tf.name_scope(name, 'prefetch_queue', values):
        values = [tf.convert_to_tensor(value) for value in values]
        types, shapes = [value.dtype for value in values], [value.shape for value in values]
        if dynamic_pad:
            queue = tf.PaddingFIFOQueue(capacity, types, shapes, shared_name=shared_name)
        else:
            fixed = shapes if all(shape.is_fully_defined() for shape in shapes) else None
            queue = tf.FIFOQueue(capacity, types, fixed, shared_name=shared_name)
        tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue(values)] * num_threads))
        fullness = tf.cast(queue.size(), tf.float32) * (1.0 / capacity)
        tf.summary.scalar(f'fraction_of_{capacity}_full', fullness)
    return _NamedQueue(queue, keys) if named else queue
