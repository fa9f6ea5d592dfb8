"""Hooks that stop training early, as `tf.estimator.experimental` of TF 1.15 had them.

The chief decides and raises a flag, a variable of the graph that every worker looks at after each step.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import skippable, validation
from tf1.estimator.estimator import Estimator
from tf1.estimator.event_files import EvalEvents

_SCOPE = 'signal_early_stopping'
_FLAG = 'STOP'


def make_early_stopping_hook(
    estimator: Estimator,
    should_stop_fn: Callable[[], bool],
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.train.SessionRunHook:
    """Returns a hook that stops training once `should_stop_fn` returns True.

    It is asked after the first step, and then every so many seconds or steps; on the chief alone, which stops all.

    Args:
      estimator: the model that is trained.
      should_stop_fn: function of no arguments.
      run_every_secs: seconds between two questions; None with `run_every_steps`.
      run_every_steps: steps between two questions; needs `run_every_secs=None`.

    Raises:
      TypeError: an argument has the wrong type.
      ValueError: not exactly one of `run_every_secs` and `run_every_steps` is given.
    """
    _check_estimator(estimator)
    validation.check_function('should_stop_fn', should_stop_fn)
    if (run_every_secs is None) == (run_every_steps is None):
        raise ValueError(
            'One of run_every_secs and run_every_steps must be set, and the other None; '
            f'got {run_every_secs} and {run_every_steps}.'
        )
    if not estimator.config.is_chief:
        return _ObeyFlag(estimator)
    timer = tf.train.SecondOrStepTimer(every_secs=run_every_secs, every_steps=run_every_steps)
    return _RaiseFlag(estimator, should_stop_fn, timer)


def stop_if_higher_hook(
    estimator: Estimator,
    metric_name: str,
    threshold: float,
    eval_dir: str | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.train.SessionRunHook:
    """Returns a hook that stops training once a metric of an evaluation was higher than `threshold`.

    Args:
      estimator: the model that is trained.
      metric_name: the metric, 'accuracy' or 'loss' for example.
      threshold: a value that is not enough yet.
      eval_dir: folder of the evaluation's event files; None for `estimator.eval_dir()`.
      min_steps: evaluations of fewer steps do not count.
      run_every_secs: as for `make_early_stopping_hook`.
      run_every_steps: as for `make_early_stopping_hook`.

    Raises:
      TypeError, ValueError: as `make_early_stopping_hook`.
      KeyError: in training, an evaluation has no such metric.
    """
    _check_estimator(estimator)
    crossed = _Crossed(operator.gt, 'greater than', metric_name, threshold)
    return _metric_hook(crossed, estimator, metric_name, eval_dir, min_steps, run_every_secs, run_every_steps)


def stop_if_lower_hook(
    estimator: Estimator,
    metric_name: str,
    threshold: float,
    eval_dir: str | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.train.SessionRunHook:
    """Returns a hook that stops training once a metric was lower than `threshold`; see `stop_if_higher_hook`."""
    _check_estimator(estimator)
    crossed = _Crossed(operator.lt, 'less than', metric_name, threshold)
    return _metric_hook(crossed, estimator, metric_name, eval_dir, min_steps, run_every_secs, run_every_steps)


def stop_if_no_increase_hook(
    estimator: Estimator,
    metric_name: str,
    max_steps_without_increase: int,
    eval_dir: str | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.train.SessionRunHook:
    """Returns a hook that stops training once a metric had no new maximum for `max_steps_without_increase` steps.

    The other arguments are as for `stop_if_higher_hook`.
    """
    _check_estimator(estimator)
    stalled = _Stalled(operator.gt, 'increase', metric_name, max_steps_without_increase)
    return _metric_hook(stalled, estimator, metric_name, eval_dir, min_steps, run_every_secs, run_every_steps)


def stop_if_no_decrease_hook(
    estimator: Estimator,
    metric_name: str,
    max_steps_without_decrease: int,
    eval_dir: str | None = None,
    min_steps: int = 0,
    run_every_secs: float | None = 60,
    run_every_steps: int | None = None,
) -> tf.train.SessionRunHook:
    """Returns a hook that stops training once a metric had no new minimum for `max_steps_without_decrease` steps.

    The other arguments are as for `stop_if_higher_hook`.
    """
    _check_estimator(estimator)
    stalled = _Stalled(operator.lt, 'decrease', metric_name, max_steps_without_decrease)
    return _metric_hook(stalled, estimator, metric_name, eval_dir, min_steps, run_every_secs, run_every_steps)


def _check_estimator(estimator: Any) -> None:
    if not isinstance(estimator, Estimator):
        raise TypeError(f'estimator must be a tf.estimator.Estimator, got {estimator!r}.')


def _metric_hook(
    rule: Callable[[Iterable[tuple[int, float]]], bool],
    estimator: Estimator,
    metric_name: str,
    eval_dir: str | None,
    min_steps: int,
    run_every_secs: float | None,
    run_every_steps: int | None,
) -> tf.train.SessionRunHook:
    """Returns a hook that applies `rule` to the metric's history: (global step, value), by growing step."""
    events = EvalEvents(eval_dir or estimator.eval_dir())

    def should_stop() -> bool:
        evaluations = events.metrics().items()
        return rule((step, _value(metrics, metric_name)) for step, metrics in evaluations if step >= min_steps)

    return make_early_stopping_hook(estimator, should_stop, run_every_secs, run_every_steps)


def _value(metrics: dict[str, float], name: str) -> float:
    if name not in metrics:
        raise KeyError(f'metric_name must be one of the evaluated metrics {sorted(metrics)}, got {name!r}.')
    return metrics[name]


class _Crossed:
    def __init__(self, beyond: Callable[[float, float], bool], relation: str, metric_name: str, threshold: float):
        self._beyond = beyond
        self._relation = relation
        self._metric_name = metric_name
        self._threshold = threshold

    def __call__(self, history: Iterable[tuple[int, float]]) -> bool:
        for step, value in history:
            if self._beyond(value, self._threshold):
                tf.logging.info(
                    'At step %s, metric "%s" has value %s which is %s the configured threshold (%s) for early '
                    'stopping.',
                    step,
                    self._metric_name,
                    value,
                    self._relation,
                    self._threshold,
                )
                return True
        return False


class _Stalled:
    def __init__(self, better: Callable[[float, float], bool], change: str, metric_name: str, max_steps: int):
        self._better = better
        self._change = change
        self._metric_name = metric_name
        self._max_steps = max_steps

    def __call__(self, history: Iterable[tuple[int, float]]) -> bool:
        best_step, best = None, None
        for step, value in history:
            if best is None or self._better(value, best):
                best_step, best = step, value
            if step - best_step >= self._max_steps:
                tf.logging.info(
                    'No %s in metric "%s" for %s steps, which is greater than or equal to max steps (%s) configured '
                    'for early stopping.',
                    self._change,
                    self._metric_name,
                    step - best_step,
                    self._max_steps,
                )
                return True
        return False


class _Flag:
    """The flag's variable, in the checkpoints too, as in TF 1.15.

    A checkpoint from before the hook was added has none; then it is not restored but starts down.
    """

    def __init__(self, estimator: Estimator):
        checkpoint = estimator.latest_checkpoint()
        name = f'{_SCOPE}/{_FLAG}'
        is_new = checkpoint is not None and not tf.train.load_checkpoint(checkpoint).has_tensor(name)
        collection = tf.GraphKeys.LOCAL_VARIABLES if is_new else tf.GraphKeys.GLOBAL_VARIABLES
        with tf.variable_scope(_SCOPE, reuse=tf.AUTO_REUSE):
            self.variable = tf.get_variable(
                _FLAG,
                shape=[],
                dtype=tf.bool,
                initializer=tf.constant_initializer(False),
                collections=[collection],
                trainable=False,
            )
        self._value = tf.placeholder_with_default(True, shape=[])
        self._assign = tf.assign(self.variable, self._value)

    def set(self, session: tf.Session, value: bool) -> None:
        session.run(self._assign, {self._value: value})


class _RaiseFlag(tf.train.SessionRunHook):
    def __init__(self, estimator: Estimator, should_stop_fn: Callable[[], bool], timer: tf.train.SecondOrStepTimer):
        self._estimator = estimator
        self._should_stop_fn = should_stop_fn
        self._timer = timer

    def begin(self) -> None:
        self._global_step = tf.train.get_global_step()
        self._flag = _Flag(self._estimator)

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        # A checkpoint of a training that was stopped holds a raised flag.
        self._flag.set(session, False)

    def skippable_steps(self, global_step: int) -> float:
        return skippable.until_triggered(self._timer, global_step + 1)

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._global_step)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        # Read in the middle of a run that increased it, the step may be one too low.
        if not self._timer.should_trigger_for_step(run_values.results + 1):
            return
        step = run_context.session.run(self._global_step)
        if not self._timer.should_trigger_for_step(step):
            return
        self._timer.update_last_triggered_step(step)
        if self._should_stop_fn():
            tf.logging.info('Requesting early stopping at global step %d', step)
            self._flag.set(run_context.session, True)
            run_context.request_stop()


class _ObeyFlag(tf.train.SessionRunHook):
    def __init__(self, estimator: Estimator):
        self._estimator = estimator

    def begin(self) -> None:
        self._flag = _Flag(self._estimator)

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._flag.variable)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        if run_values.results:
            tf.logging.info('Early stopping requested, suspending run.')
            run_context.request_stop()
