"""`Experiment`: a model with its inputs, and the ways to train and evaluate it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.learn.export import ExportStrategy
from tf1.contrib.learn.monitor_hooks import replace_monitors_with_hooks
from tf1.contrib.learn.validation_monitor import ValidationMonitor

Result = dict[str, Any]


class Experiment:
    """Trains and evaluates an Estimator, in one process; `tf.estimator.train_and_evaluate` is for clusters.

    Args:
      estimator: of `tf.contrib.learn` or of `tf.estimator`.
      train_input_fn: returns features and labels to train on.
      eval_input_fn: returns features and labels to evaluate.
      eval_metrics: `{name: MetricSpec}`; None for an Estimator of `tf.estimator`.
      train_steps: the step to reach; None trains to the end of the input.
      eval_steps: batches of an evaluation; None for all.
      train_monitors: monitors and session hooks of training.
      eval_hooks: session hooks of evaluations.
      local_eval_frequency: steps between evaluations in `local_run`; None for one at the end.
      eval_delay_secs: seconds before the first evaluation in `evaluate` and `continuous_eval`.
      continuous_eval_throttle_secs: least seconds between the starts of two evaluations in `continuous_eval`.
      min_eval_frequency: steps between looks for a new checkpoint in `train_and_evaluate`; None for 1, 0 for none.
      delay_workers_by_global_step: has no effect.
      export_strategies: what to export after an evaluation, one or several.
      train_steps_per_iteration: steps between evaluations in `continuous_train_and_eval`.
      checkpoint_and_export: has no effect.
      saving_listeners: called around every checkpoint; for an Estimator of `tf.estimator`.
      check_interval_secs: seconds between looks for a new checkpoint in `train_and_evaluate`, too.

    Raises:
      ValueError: `eval_metrics` for an Estimator of `tf.estimator`.
    """

    def __init__(
        self,
        estimator: Any,
        train_input_fn: Callable,
        eval_input_fn: Callable,
        eval_metrics: Mapping[str, Any] | None = None,
        train_steps: int | None = None,
        eval_steps: int | None = 100,
        train_monitors: Sequence[Any] | None = None,
        eval_hooks: Sequence[tf.train.SessionRunHook] | None = None,
        local_eval_frequency: int | None = None,
        eval_delay_secs: float = 120,
        continuous_eval_throttle_secs: float = 60,
        min_eval_frequency: int | None = None,
        delay_workers_by_global_step: bool = False,
        export_strategies: Sequence[ExportStrategy] | ExportStrategy | None = None,
        train_steps_per_iteration: int | None = None,
        checkpoint_and_export: bool = False,
        saving_listeners: Sequence[tf.train.CheckpointSaverListener] | None = None,
        check_interval_secs: float = 5,
    ):
        del delay_workers_by_global_step, checkpoint_and_export
        self._is_core = isinstance(estimator, tf.estimator.Estimator)
        if self._is_core and eval_metrics is not None:
            raise ValueError('eval_metrics must be None for a tf.estimator.Estimator: use eval_metric_ops in model_fn.')
        self._estimator, self._eval_metrics = estimator, eval_metrics
        self._train_input_fn, self._eval_input_fn = train_input_fn, eval_input_fn
        self._train_steps, self._eval_steps = train_steps, eval_steps
        self._train_monitors, self._eval_hooks = list(train_monitors or ()), list(eval_hooks or ())
        self._local_eval_frequency, self._min_eval_frequency = local_eval_frequency, min_eval_frequency
        self._eval_delay_secs, self._throttle_secs = eval_delay_secs, continuous_eval_throttle_secs
        self._steps_per_iteration = train_steps_per_iteration
        self._saving_listeners, self._check_interval_secs = saving_listeners, check_interval_secs
        self._export_strategies: tuple[ExportStrategy, ...] = ()
        self.reset_export_strategies(export_strategies)

    @property
    def estimator(self) -> Any:
        """The Estimator."""
        return self._estimator

    @property
    def eval_metrics(self) -> Mapping[str, Any] | None:
        """Metrics of evaluations."""
        return self._eval_metrics

    @property
    def train_steps(self) -> int | None:
        """The step to reach."""
        return self._train_steps

    @property
    def eval_steps(self) -> int | None:
        """Batches of an evaluation."""
        return self._eval_steps

    def extend_train_hooks(self, additional_hooks: Sequence[Any]) -> None:
        """Adds session hooks of training."""
        self._train_monitors.extend(additional_hooks)

    def reset_export_strategies(
        self, new_export_strategies: Sequence[ExportStrategy] | ExportStrategy | None = None
    ) -> tuple[ExportStrategy, ...]:
        """Replaces the export strategies; returns the old ones."""
        old, new = self._export_strategies, new_export_strategies or ()
        self._export_strategies = (new,) if isinstance(new, ExportStrategy) else tuple(new)
        return old

    def train(self, delay_secs: float | None = None) -> Any:
        """Trains to step `train_steps`, after `delay_secs` seconds; returns the Estimator."""
        time.sleep(delay_secs or 0)
        return self._train(self._train_steps, [])

    def evaluate(self, delay_secs: float | None = None, name: str | None = None) -> Result:
        """Evaluates the newest checkpoint, after `delay_secs` seconds, `eval_delay_secs` unless given."""
        time.sleep(self._eval_delay_secs if delay_secs is None else delay_secs)
        return self._evaluate(self._eval_input_fn, name)

    def train_and_evaluate(self) -> tuple[Result, list[Any]]:
        """Trains, evaluating checkpoints on the way; returns the last result and the paths of exports."""
        frequency = 1 if self._min_eval_frequency is None else self._min_eval_frequency
        monitors = [self._validation(frequency)] if frequency and not self._is_core else []
        self._train(self._train_steps, monitors)
        result = self._evaluate(self._eval_input_fn, None)
        return result, self._export(result)

    def local_run(self) -> tuple[Result, list[Any]]:
        """Does `train_and_evaluate` with evaluations every `local_eval_frequency` steps."""
        self._min_eval_frequency = self._local_eval_frequency or 0
        return self.train_and_evaluate()

    def continuous_train_and_eval(
        self, continuous_eval_predicate_fn: Callable[[Result | None], bool] | None = None
    ) -> tuple[Result | None, list[Any]]:
        """Trains and evaluates by turns, while the predicate holds for the last result."""
        goes_on = continuous_eval_predicate_fn or (lambda result: True)
        result, exports = None, []
        steps = self._steps_per_iteration or max(1, min(1000, (self._train_steps or 10000) // 10))
        while goes_on(result):
            step = _global_step(self._estimator.model_dir)
            if self._train_steps is not None and step >= self._train_steps:
                break
            self._train(step + steps, [])
            result = self._evaluate(self._eval_input_fn, 'one_pass')
            exports = self._export(result)
        return result, exports

    def continuous_eval(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        evaluate_checkpoint_only_once: bool = True,
        continuous_eval_predicate_fn: Callable[[Result | None], bool] | None = None,
        name: str = 'continuous',
    ) -> None:
        """Evaluates each new checkpoint until that of `train_steps`, while the predicate holds for the last result."""
        del evaluate_checkpoint_only_once
        self._continuous_eval(self._eval_input_fn, delay_secs, throttle_delay_secs, continuous_eval_predicate_fn, name)

    def continuous_eval_on_train_data(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        continuous_eval_predicate_fn: Callable[[Result | None], bool] | None = None,
        name: str = 'continuous_on_train_data',
    ) -> None:
        """Does `continuous_eval` on what is trained on."""
        self._continuous_eval(self._train_input_fn, delay_secs, throttle_delay_secs, continuous_eval_predicate_fn, name)

    def test(self) -> Result:
        """Trains one step and evaluates it; returns the result."""
        self._train(1, [])
        return self._evaluate(self._eval_input_fn, 'one_pass', steps=1)

    def _continuous_eval(
        self, input_fn: Callable, delay_secs: float | None, throttle: float | None, goes_on: Any, name: str
    ) -> None:
        time.sleep(self._eval_delay_secs if delay_secs is None else delay_secs)
        result = None
        between = self._throttle_secs if throttle is None else throttle
        for _ in tf.train.checkpoints_iterator(self._estimator.model_dir, between):
            if goes_on is not None and not goes_on(result):
                return
            result = self._evaluate(input_fn, name)
            self._export(result)
            if self._train_steps is not None and result['global_step'] >= self._train_steps:
                return

    def _train(self, max_steps: int | None, monitors: list[Any]) -> Any:
        monitors = [*self._train_monitors, *monitors]
        if not self._is_core:
            return self._estimator.fit(input_fn=self._train_input_fn, max_steps=max_steps, monitors=monitors)
        hooks = replace_monitors_with_hooks(monitors, self._estimator)
        return self._estimator.train(
            self._train_input_fn, hooks, max_steps=max_steps, saving_listeners=self._saving_listeners
        )

    def _evaluate(self, input_fn: Callable, name: str | None, steps: int | None = None) -> Result:
        options = {} if self._is_core else {'metrics': self._eval_metrics}
        return self._estimator.evaluate(
            input_fn=input_fn, steps=steps or self._eval_steps, name=name, hooks=self._eval_hooks, **options
        )

    def _validation(self, frequency: int) -> ValidationMonitor:
        return ValidationMonitor(
            input_fn=self._eval_input_fn,
            eval_steps=self._eval_steps,
            every_n_steps=frequency,
            metrics=self._eval_metrics,
            hooks=self._eval_hooks,
            check_interval_secs=self._check_interval_secs,
        )

    def _export(self, result: Result) -> list[Any]:
        folder = os.path.join(self._estimator.model_dir, 'export')
        checkpoint = tf.train.latest_checkpoint(self._estimator.model_dir)
        return [
            strategy.export(self._estimator, os.path.join(folder, strategy.name), checkpoint, result)
            for strategy in self._export_strategies
        ]


def _global_step(model_dir: str) -> int:
    path = tf.train.latest_checkpoint(model_dir)
    return 0 if path is None else int(tf.train.load_variable(path, tf.GraphKeys.GLOBAL_STEP))
