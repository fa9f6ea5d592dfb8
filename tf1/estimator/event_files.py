"""What evaluations left in their event files, also in one that a process still writes or that was cut off."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._checkpoint import event_files

_PATTERN = 'events.out.tfevents.*'
_GLOBAL_STEP = 'global_step'


class EvalEvents:
    """The metrics in the event files of a folder, read again only when a file has grown.

    Args:
      eval_dir: the folder; it may come into being later.
    """

    def __init__(self, eval_dir: str):
        self._eval_dir = eval_dir
        self._sizes: dict[str, int] = {}
        self._metrics: dict[int, dict[str, float]] = {}

    def metrics(self) -> dict[int, dict[str, float]]:
        """Returns `{global step: {metric: value}}` by growing step; the last value written for a step counts."""
        paths = sorted(tf.io.gfile.glob(os.path.join(self._eval_dir, _PATTERN)))
        sizes = {path: tf.io.gfile.stat(path).length for path in paths}
        if sizes != self._sizes:
            found: dict[int, dict[str, float]] = {}
            for path in paths:
                # An evaluator may be writing; a file that has grown is read again.
                for step, scalars in _scalars(path, is_growing=True):
                    found.setdefault(step, {}).update(scalars)
            self._metrics, self._sizes = dict(sorted(found.items())), sizes
        return self._metrics


def results(pattern: str) -> list[dict[str, float]]:
    """Returns the scalars of every summary in the event files of `pattern`, by tag, in the order of writing."""
    paths = sorted(path for path in tf.io.gfile.glob(pattern) if not tf.io.gfile.isdir(path))
    if not paths:
        tf.logging.warning('No event file matches %s: there are no earlier evaluations to compare with.', pattern)
    return [scalars for path in paths for _, scalars in _scalars(path)]


def is_result_of(scalars: Mapping[str, float], eval_result: Mapping[str, Any] | None) -> bool:
    """Returns whether `scalars` are what `evaluate` wrote to the event file for `eval_result`."""
    written = {
        name: float(np.float32(value))
        for name, value in (eval_result or {}).items()
        if name != _GLOBAL_STEP and isinstance(value, (int, float, np.number))
    }
    same = (name in scalars and np.array_equal(value, scalars[name], equal_nan=True) for name, value in written.items())
    return bool(written) and all(same)


def _scalars(path: str, is_growing: bool = False) -> Iterator[tuple[int, dict[str, float]]]:
    """Yields `(global step, {tag: value})` for each event with scalars in it; a record cut off ends the file.

    Args:
      path: the event file.
      is_growing: whether somebody may be writing it: then a record cut off is nothing to warn of.
    """
    for event in event_files.read(path, None if is_growing else tf.logging.warning):
        values = {v.tag: v.simple_value for v in event.summary.value if v.HasField('simple_value')}
        if values:
            yield event.step, values
