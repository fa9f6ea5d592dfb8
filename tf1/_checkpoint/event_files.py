"""The one reader of event files, also of one that a process still writes or that was cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import tensorflow.compat.v1 as tf

from tf1._checkpoint.errors import reason
from tf1._checkpoint.reading import UNREADABLE
from tf1._files import regular_files


def read(path: str, warn: Callable[[str], None] | None = None) -> Iterator[tf.Event]:
    """Yields the events of a file in the order of writing, up to its end or to where it is damaged.

    Args:
      path: the event file.
      warn: is told of damage; None where somebody may be writing the file, and a record cut off is nothing to warn of.
    """
    try:
        regular_files.check(path)
        yield from tf.train.summary_iterator(path)
    except UNREADABLE as error:
        if warn:
            warn(f'{path} is damaged or cut short; what stands before that is used: {reason(error)}')
