"""An iterator over a dataset for eager programs."""

from __future__ import annotations

import tf1 as tf


def Iterator(dataset: tf.data.Dataset) -> tf.data.Iterator:
    """Returns an iterator over the elements of a dataset, for Python's `for`, `next(iterator)` and checkpoints."""
    return tf.data.make_one_shot_iterator(dataset)
