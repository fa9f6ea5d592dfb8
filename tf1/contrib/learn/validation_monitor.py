"""`ValidationMonitor`: evaluates each new checkpoint while training goes on, and may end it early."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.learn.monitor_hooks import EveryN


class ValidationMonitor(EveryN):
    """Evaluates the newest checkpoint, if it is new, and logs the result.

    Args:
      x: features; see `Estimator.evaluate`.
      y: labels.
      input_fn: excludes `x`.
      batch_size: rows of `x` in a batch; None for all.
      eval_steps: batches; None for all.
      every_n_steps: steps between looks for a checkpoint.
      metrics: see `Estimator.evaluate`.
      hooks: session hooks of the evaluation.
      early_stopping_rounds: training ends once the metric has not become better for this many steps; None for never.
      early_stopping_metric: which of the results counts.
      early_stopping_metric_minimize: whether less is better.
      name: of the evaluation.
      check_interval_secs: seconds between looks, too; None for no limit.

    Raises:
      ValueError: neither `x` nor `input_fn` is given.
    """

    def __init__(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        eval_steps: int | None = None,
        every_n_steps: int = 100,
        metrics: Mapping[Any, Any] | None = None,
        hooks: Sequence[tf.train.SessionRunHook] | None = None,
        early_stopping_rounds: int | None = None,
        early_stopping_metric: str = 'loss',
        early_stopping_metric_minimize: bool = True,
        name: str | None = None,
        check_interval_secs: float | None = 5,
    ):
        super().__init__(every_n_steps, first_n_steps=-1)
        if x is None and input_fn is None:
            raise ValueError('x or input_fn must be given, got neither.')
        self._evaluation = {'input_fn': input_fn, 'steps': eval_steps, 'hooks': hooks, 'name': name}
        self._evaluation.update(x=x, y=y, batch_size=batch_size, metrics=metrics)
        self._rounds, self._metric = early_stopping_rounds, early_stopping_metric
        self._minimize = early_stopping_metric_minimize
        self._check_interval_secs = check_interval_secs
        self._checkpoint = self._checked_at = None
        self._early_stopped = False
        self._best_step = self._best_value = self._best_metrics = None

    @property
    def early_stopped(self) -> bool:
        """Whether it ended training."""
        return self._early_stopped

    @property
    def best_step(self) -> int | None:
        """Step of the best result; None without early stopping."""
        return self._best_step

    @property
    def best_value(self) -> float | None:
        """The best value of the metric."""
        return self._best_value

    @property
    def best_metrics(self) -> dict[str, Any] | None:
        """All results of the best step."""
        return self._best_metrics

    def every_n_step_end(self, step: int, outputs: dict[str, Any]) -> bool:
        """Evaluates; returns whether training is to end.

        Raises:
          ValueError: there is no Estimator, or no result is called as the metric of early stopping.
        """
        if self._estimator is None:
            raise ValueError('ValidationMonitor needs an Estimator: give it to Estimator.fit, or call set_estimator.')
        result = self._new_result()
        if result is None:
            return False
        values = ', '.join(f'{key} = {value}' for key, value in result.items())
        tf.logging.info('Validation (step %d): %s', step, values)
        return self._rounds is not None and self._stops(step, result)

    def _new_result(self) -> dict[str, Any] | None:
        now = time.monotonic()
        if self._checked_at is not None and now - self._checked_at < (self._check_interval_secs or 0):
            return None
        self._checked_at = now
        checkpoint = tf.train.latest_checkpoint(self._estimator.model_dir)
        if checkpoint in (None, self._checkpoint):
            return None
        self._checkpoint = checkpoint
        given = {name: value for name, value in self._evaluation.items() if value is not None}
        return self._estimator.evaluate(checkpoint_path=checkpoint, **given)

    def _stops(self, step: int, result: dict[str, Any]) -> bool:
        if self._metric not in result:
            raise ValueError(f'early_stopping_metric must be one of {sorted(result)}, got {self._metric!r}.')
        value = result[self._metric]
        is_better = self._best_value is None or (
            value < self._best_value if self._minimize else value > self._best_value
        )
        if is_better:
            self._best_step, self._best_value, self._best_metrics = step, value, result
        elif step - self._best_step >= self._rounds:
            tf.logging.info('Stopping. Best step: %d with %s = %s.', self._best_step, self._metric, self._best_value)
            self._early_stopped = True
        return self._early_stopped
