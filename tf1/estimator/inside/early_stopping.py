"""`early_stopping`: hooks that end a training, and what they read."""

from __future__ import annotations

import collections

from tf1.estimator.event_files import EvalEvents
from tf1.estimator.hooks.early_stopping import (
    make_early_stopping_hook,
    stop_if_higher_hook,
    stop_if_lower_hook,
    stop_if_no_decrease_hook,
    stop_if_no_increase_hook,
)

__all__ = [
    'make_early_stopping_hook',
    'read_eval_metrics',
    'stop_if_higher_hook',
    'stop_if_lower_hook',
    'stop_if_no_decrease_hook',
    'stop_if_no_increase_hook',
]


def read_eval_metrics(eval_dir: str) -> collections.OrderedDict[int, dict[str, float]]:
    """Returns what evaluations wrote into their folder: `{global step: {metric: value}}` by growing step."""
    return collections.OrderedDict(EvalEvents(eval_dir).metrics())
