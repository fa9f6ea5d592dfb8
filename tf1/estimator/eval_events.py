"""What evaluations left in their event files."""

from __future__ import annotations

import os

import tensorflow.compat.v1 as tf

from tf1.estimator import event_files

_PATTERN = 'events.out.tfevents.*'


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
            self._metrics = _read(paths)
            self._sizes = sizes
        return self._metrics


def _read(paths: list[str]) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    for path in paths:
        # An evaluator may be writing; a file that has grown is read again.
        for step, scalars in event_files.scalars(path, is_growing=True):
            found.setdefault(step, {}).update(scalars)
    return dict(sorted(found.items()))
