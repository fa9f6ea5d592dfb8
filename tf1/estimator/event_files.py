"""Reads the scalars in event files, also in one that a process still writes or that was cut off."""

from __future__ import annotations

from collections.abc import Iterator

import tensorflow.compat.v1 as tf


def scalars(path: str, is_growing: bool = False) -> Iterator[tuple[int, dict[str, float]]]:
    """Yields `(global step, {tag: value})` for each event with scalars in it, in the order of writing.

    A record cut off ends the file; what stands before it counts.

    Args:
      path: the event file.
      is_growing: whether somebody may be writing it: then a record cut off is nothing to warn of.
    """
    try:
        for event in tf.train.summary_iterator(path):
            values = {v.tag: v.simple_value for v in event.summary.value if v.HasField('simple_value')}
            if values:
                yield event.step, values
    except tf.errors.DataLossError as error:
        if not is_growing:
            tf.logging.warning('The event file %s is damaged and was read in part: %s', path, error.message)
