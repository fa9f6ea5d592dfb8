"""Monitors, the forerunners of session hooks: what they are, and the hook that calls them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tf1 as tf


class BaseMonitor:
    """Is called before and after each step of training; to be derived from. Steps count from 1."""

    def __init__(self) -> None:
        self._estimator = None

    @property
    def run_on_all_workers(self) -> bool:
        """Whether it runs on every worker, not on the chief alone."""
        return False

    def set_estimator(self, estimator: Any) -> None:
        """Tells which Estimator is being trained."""
        self._estimator = estimator

    def begin(self, max_steps: int | None = None) -> None:
        """Is called before the session is made."""

    def end(self, session: tf.Session | None = None) -> None:
        """Is called after the last step."""

    def epoch_begin(self, epoch: int) -> None:
        """Is there for programs that call it."""

    def epoch_end(self, epoch: int) -> None:
        """Is there for programs that call it."""

    def step_begin(self, step: int) -> list[Any]:
        """Returns the tensors, or their names, that are wanted of this step."""
        return []

    def step_end(self, step: int, output: dict[str, Any]) -> bool:
        """Is given what all monitors wanted, by name; returns whether training is to end."""
        return False

    def post_step(self, step: int, session: tf.Session) -> None:
        """Is called after `step_end`."""


class EveryN(BaseMonitor):
    """Is called for every n-th step; to be derived from.

    Args:
      every_n_steps: steps between calls.
      first_n_steps: calls come in each step up to this one.
    """

    def __init__(self, every_n_steps: int = 100, first_n_steps: int = 1):
        super().__init__()
        self._every_n_steps, self._first_n_steps = every_n_steps, first_n_steps
        self._active = self._seen = self._posted = 0

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the wanted tensors."""
        return []

    def every_n_step_end(self, step: int, outputs: dict[str, Any]) -> bool:
        """Returns whether training is to end."""
        return False

    def every_n_post_step(self, step: int, session: tf.Session) -> None:
        """Is called after such a step, and after the last one of all."""

    def step_begin(self, step: int) -> list[Any]:
        """Asks `every_n_step_begin`, if it is time."""
        if step > self._first_n_steps and step < self._active + self._every_n_steps:
            return []
        self._active = step
        return self.every_n_step_begin(step)

    def step_end(self, step: int, output: dict[str, Any]) -> bool:
        """Asks `every_n_step_end`, if it is time."""
        self._seen = step
        return self.every_n_step_end(step, output) if step == self._active else False

    def post_step(self, step: int, session: tf.Session) -> None:
        """Calls `every_n_post_step`, if it is time."""
        if step == self._active:
            self._posted = step
            self.every_n_post_step(step, session)

    def end(self, session: tf.Session | None = None) -> None:
        """Calls `every_n_post_step` for the last step, if that is still to do."""
        if self._posted < self._seen:
            self.every_n_post_step(self._seen, session)


class RunHookAdapterForMonitors(tf.train.SessionRunHook):
    """The session hook that calls monitors."""

    def __init__(self, monitors: Sequence[BaseMonitor]):
        self._monitors = list(monitors)
        self._step = None

    def begin(self) -> None:
        """Calls `begin`."""
        self._step = None
        self._global_step = tf.train.get_global_step()
        for monitor in self._monitors:
            monitor.begin(max_steps=None)

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        """Calls `step_begin` and fetches what is wanted."""
        if self._step is None:
            self._step = run_context.session.run(self._global_step)
        self._step += 1
        graph = run_context.session.graph
        wanted = [item for monitor in self._monitors for item in monitor.step_begin(self._step) or ()]
        return tf.train.SessionRunArgs({_name(item): _element(graph, item) for item in wanted})

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Calls `step_end` and `post_step`."""
        stops = [monitor.step_end(self._step, run_values.results) for monitor in self._monitors]
        for monitor in self._monitors:
            monitor.post_step(self._step, run_context.session)
        if any(stops):
            run_context.request_stop()

    def end(self, session: tf.Session) -> None:
        """Calls `end`."""
        for monitor in self._monitors:
            monitor.end(session)


def replace_monitors_with_hooks(
    monitors_or_hooks: Sequence[Any] | Any | None, estimator: Any
) -> list[tf.train.SessionRunHook]:
    """Returns session hooks alone: those that are there, and one that calls all monitors.

    Raises:
      TypeError: something is neither a monitor nor a hook.
    """
    given = monitors_or_hooks or []
    given = list(given) if isinstance(given, (list, tuple)) else [given]
    hooks = [item for item in given if isinstance(item, tf.train.SessionRunHook)]
    monitors = [item for item in given if isinstance(item, BaseMonitor)]
    for item in given:
        if item not in hooks and item not in monitors:
            raise TypeError(f'monitors must be monitors or instances of tf.train.SessionRunHook, got {item!r}.')
    for monitor in monitors:
        monitor.set_estimator(estimator)
    return [*hooks, RunHookAdapterForMonitors(monitors)] if monitors else hooks


def _name(item: Any) -> str:
    return item if isinstance(item, str) else item.name


def _element(graph: tf.Graph, item: Any) -> Any:
    element = graph.as_graph_element(item) if isinstance(item, str) else item
    # A name without a number is an operation's; what is wanted is its value.
    return element.outputs[0] if isinstance(element, tf.Operation) and element.outputs else element
