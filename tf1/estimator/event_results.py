"""Reads the results of earlier evaluations from their event files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.estimator import event_files

_GLOBAL_STEP = 'global_step'


def read(pattern: str) -> list[dict[str, float]]:
    """Returns the scalars of every summary in the event files of `pattern`, by tag, in the order of writing."""
    paths = sorted(path for path in tf.io.gfile.glob(pattern) if not tf.io.gfile.isdir(path))
    if not paths:
        tf.logging.warning('No event file matches %s: there are no earlier evaluations to compare with.', pattern)
    return [scalars for path in paths for _, scalars in event_files.scalars(path)]


def is_of(scalars: Mapping[str, float], eval_result: Mapping[str, Any] | None) -> bool:
    """Returns whether `scalars` are what `evaluate` wrote to the event file for `eval_result`."""
    written = {
        name: float(np.float32(value))
        for name, value in (eval_result or {}).items()
        if name != _GLOBAL_STEP and isinstance(value, (int, float, np.number))
    }
    same = (name in scalars and np.array_equal(value, scalars[name], equal_nan=True) for name, value in written.items())
    return bool(written) and all(same)
