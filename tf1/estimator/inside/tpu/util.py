"""Checks of the settings of TPU programs, and the hook that starts their input."""

from __future__ import annotations

import collections
from collections.abc import Sequence

import tensorflow.compat.v1 as tf

IterationsPerLoopCounter = collections.namedtuple('IterationsPerLoopCounter', ['value', 'unit'])
"""How long a TPU stays in its loop; `unit` is 'count' (steps) or 'seconds'."""
_SECONDS = {'s': 1, 'm': 60, 'h': 3600}


def check_positive_integer(value: object, name: str) -> None:
    """Raises where `value` is not a positive int.

    Raises:
      TypeError: it is no int.
      ValueError: it is 0 or less.
    """
    if not isinstance(value, int):
        raise TypeError(f'{name} must be int, got {type(value)}')
    if value <= 0:
        raise ValueError(f'{name} must be positive, got {value}')


def parse_iterations_per_loop(iterations_per_loop: int | str) -> IterationsPerLoopCounter:
    """Returns what '3', '30s', '5m' or '1h' means.

    Raises:
      ValueError: it is none of these.
    """
    text = str(iterations_per_loop)
    digits, unit = (text[:-1], text[-1:]) if text[-1:] in _SECONDS else (text, '')
    if not digits.isdigit() or digits.startswith('0'):
        raise ValueError(
            "iterations_per_loop must be a positive integer, or a time such as '30s', '5m', '1h'; got "
            f'{iterations_per_loop!r}.'
        )
    if unit:
        return IterationsPerLoopCounter(int(digits) * _SECONDS[unit], 'seconds')
    return IterationsPerLoopCounter(int(digits), 'count')


class MultiHostDatasetInitializerHook(tf.train.SessionRunHook):
    """Runs the initializers of iterators, one for each host, once there is a session."""

    def __init__(self, dataset_initializers: Sequence[tf.Operation]):
        self._initializers = dataset_initializers

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        """Runs them."""
        session.run(self._initializers)
