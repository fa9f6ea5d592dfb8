"""`TrainSpec` and `EvalSpec`: the two halves of `train_and_evaluate`, checked when they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator import validation
from tf1.estimator.exporters import Exporter

Hooks = tuple[tf.train.SessionRunHook, ...]


class _TrainFields(NamedTuple):
    input_fn: Callable
    max_steps: int | None
    hooks: Hooks
    saving_listeners: tuple[tf.train.CheckpointSaverListener, ...]


class TrainSpec(_TrainFields):
    """How `train_and_evaluate` trains: an immutable record.

    Args:
      input_fn: as for `Estimator.train`.
      max_steps: the global step to reach; None trains to the end of the input.
      hooks: session hooks of training.
      saving_listeners: called around every checkpoint, before its evaluation.

    Raises:
      TypeError: a field has the wrong type.
      ValueError: `max_steps` is not > 0.
    """

    __slots__ = ()

    def __new__(
        cls,
        input_fn: Callable,
        max_steps: int | None = None,
        hooks: Iterable[tf.train.SessionRunHook] | None = None,
        saving_listeners: Iterable[tf.train.CheckpointSaverListener] | None = None,
    ) -> TrainSpec:
        """Checks every field and makes the record; see the class."""
        validation.check_function('input_fn', input_fn)
        validation.check_positive('max_steps', max_steps)
        return super().__new__(
            cls,
            input_fn,
            max_steps,
            tuple(validation.check_hooks(hooks)),
            tuple(validation.check_listeners(saving_listeners)),
        )


class _EvalFields(NamedTuple):
    input_fn: Callable
    steps: int | None
    name: str | None
    hooks: Hooks
    exporters: tuple[Exporter, ...]
    start_delay_secs: float
    throttle_secs: float


class EvalSpec(_EvalFields):
    """How `train_and_evaluate` evaluates and exports: an immutable record.

    Args:
      input_fn: as for `Estimator.evaluate`.
      steps: batches to take; None for all that the input has.
      name: sets the result's event files apart, in `eval_NAME`.
      hooks: session hooks of evaluation.
      exporters: `Exporter`s with different names, or a single one, called after every evaluation.
      start_delay_secs: how long an evaluator process waits before it looks for a checkpoint, in seconds.
      throttle_secs: a checkpoint is passed over unless the last evaluation began this many seconds ago.

    Raises:
      TypeError: a field has the wrong type.
      ValueError: `steps` is not > 0, a number of seconds is negative, or exporters' names are empty or alike.
    """

    __slots__ = ()

    def __new__(
        cls,
        input_fn: Callable,
        steps: int | None = 100,
        name: str | None = None,
        hooks: Iterable[tf.train.SessionRunHook] | None = None,
        exporters: Exporter | Iterable[Exporter] | None = None,
        start_delay_secs: float = 120,
        throttle_secs: float = 600,
    ) -> EvalSpec:
        """Checks every field and makes the record; see the class."""
        validation.check_function('input_fn', input_fn)
        validation.check_positive('steps', steps)
        if name is not None and not isinstance(name, str):
            raise TypeError(f'name must be a string, got {name!r}.')
        for field, seconds in (('start_delay_secs', start_delay_secs), ('throttle_secs', throttle_secs)):
            if seconds < 0:
                raise ValueError(f'{field} must be >= 0, got {seconds}.')
        return super().__new__(
            cls,
            input_fn,
            steps,
            name,
            tuple(validation.check_hooks(hooks)),
            _valid_exporters(exporters),
            start_delay_secs,
            throttle_secs,
        )


def _valid_exporters(exporters: Any) -> tuple[Exporter, ...]:
    if exporters is None:
        return ()
    if isinstance(exporters, Exporter):
        exporters = [exporters]
    if not isinstance(exporters, Iterable):
        raise TypeError(f'exporters must be an Exporter or an iterable of them, got {exporters!r}.')
    exporters = tuple(exporters)
    for exporter in exporters:
        if not isinstance(exporter, Exporter):
            raise TypeError(f'exporters: each must be an Exporter, got {exporter!r}.')
    names = [exporter.name for exporter in exporters]
    for name in names:
        if not isinstance(name, str) or not name:
            raise ValueError(f'exporters: every name must be a non-empty string, got {names}.')
    if len(set(names)) < len(names):
        raise ValueError(f'exporters: names must differ, since each gives a folder; got {names}.')
    return exporters
