"""The queue of TF 1.15's `numpy_input_fn` as it shows: its runner in the collection, its fullness among the summaries.

Rows do not pass through it (see `numpy_io`), so the runner starts no threads, and the queue is as full as one would be
whose threads have caught up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

_MIN_AFTER_DEQUEUE = 0.25


class _IdleRunner(tf.train.QueueRunner):
    """A runner with nothing to do."""

    def create_threads(self, sess: tf.Session, coord: Any = None, daemon: bool = False, start: bool = False) -> list:
        """Returns no threads."""
        return []


def add(tensors: Sequence[tf.Tensor], num_rows: int | None, shuffle: bool, capacity: int, num_threads: int) -> None:
    """Adds the runner of a queue, and its summary, to the collections of the default graph.

    Args:
      tensors: what a row of the queue holds.
      num_rows: rows in all; None for no end.
      shuffle: whether it is a queue that shuffles, of which a quarter always stays.
      capacity: rows that it can hold.
      num_threads: operations that fill it.
    """
    least = int(capacity * _MIN_AFTER_DEQUEUE) if shuffle else 0
    types = [tf.int64, *(tensor.dtype.base_dtype for tensor in tensors)]
    with tf.name_scope('enqueue_input') as scope:
        if shuffle:
            queue = tf.RandomShuffleQueue(capacity, least, types, name='random_shuffle_queue')
        else:
            queue = tf.FIFOQueue(capacity, types, name='fifo_queue')
        fill = [tf.no_op(name='enqueue') for _ in range(num_threads)]
        runner = _IdleRunner(queue, fill, cancel_op=tf.no_op(), close_op=tf.no_op())
        tf.train.add_queue_runner(runner)
        waiting = capacity if num_rows is None else min(num_rows, capacity)
        share = max(0, waiting - least) / (capacity - least)
        tag = f'queue/{scope}{queue.name.rpartition("/")[2]}fraction_over_{least}_of_{capacity - least}_full'
        tf.summary.scalar(tag, tf.constant(share, tf.float32))
