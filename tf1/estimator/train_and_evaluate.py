"""`train_and_evaluate`: one training, an evaluation and exports at its checkpoints, in one process or in a cluster."""

from __future__ import annotations

import copy
import functools
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator import cluster_training, validation
from tf1.estimator.cluster import TaskType
from tf1.estimator.continuous_evaluation import Evaluation, evaluate_until_trained
from tf1.estimator.estimator import Estimator
from tf1.estimator.train_eval_specs import EvalSpec, TrainSpec

_LOOP = (
    'Start train and evaluate loop. The evaluate will happen after every checkpoint. Checkpoint frequency is '
    'determined based on RunConfig arguments: save_checkpoints_steps %s or save_checkpoints_secs %s.'
)


def train_and_evaluate(
    estimator: Estimator, train_spec: TrainSpec, eval_spec: EvalSpec, *, eval_every_n_steps: int | None = None
) -> tuple[dict[str, Any] | None, list[Any] | None] | None:
    """Trains to `train_spec.max_steps`, and evaluates and exports new checkpoints on the way.

    Without a cluster in TF_CONFIG it is one call of `Estimator.train`. Each checkpoint after the first is evaluated in
    it, unless the last evaluation began less than `throttle_secs` ago; the last checkpoint always is. In a cluster each
    process plays its part: chief and workers train, a master trains and evaluates, parameter servers serve and never
    return, the evaluator follows the checkpoints until one has reached `max_steps`.

    Args:
      estimator: the model.
      train_spec: how to train.
      eval_spec: how to evaluate and export. An exporter called NAME writes below `MODEL_DIR/export/NAME`.
      eval_every_n_steps: an addition to TF 1.15: evaluates every so many steps, whatever `throttle_secs` says. A
        checkpoint is saved as often, or more often if `save_checkpoints_steps` divides it.

    Returns:
      `(metrics, export results)` of the last evaluation; `(None, None)` if there was none because nothing was left to
      train; None in a cluster.

    Raises:
      TypeError: an argument has the wrong type.
      ValueError: `eval_every_n_steps` is not > 0, no checkpoints are saved, or TF_CONFIG has more than one evaluator.
      RuntimeError: TF_CONFIG gives a process of a cluster no address.
    """
    _check_types(estimator, train_spec, eval_spec)
    validation.check_positive('eval_every_n_steps', eval_every_n_steps)
    if eval_every_n_steps is not None:
        estimator = _saving_every(eval_every_n_steps, estimator)
    config = estimator.config
    tf.logging.info('Not using Distribute Coordinator.')
    if config.task_type == TaskType.EVALUATOR:
        return evaluate_until_trained(estimator, train_spec.max_steps, eval_spec, eval_every_n_steps)
    if not config.cluster_spec:
        tf.logging.info('Running training and evaluation locally (non-distributed).')
        tf.logging.info(_LOOP, config.save_checkpoints_steps, config.save_checkpoints_secs)
        return _train_with_evaluations(estimator, train_spec, eval_spec, eval_every_n_steps)
    train: Callable[..., Any]
    if config.task_type == TaskType.MASTER:
        train = functools.partial(_train_with_evaluations, estimator, train_spec, eval_spec, eval_every_n_steps)
    else:
        train = functools.partial(_train, estimator, train_spec)
    return cluster_training.run(config, train)


def _check_types(estimator: Any, train_spec: Any, eval_spec: Any) -> None:
    for name, value, kind in (
        ('estimator', estimator, Estimator),
        ('eval_spec', eval_spec, EvalSpec),
        ('train_spec', train_spec, TrainSpec),
    ):
        if not isinstance(value, kind):
            raise TypeError(f'{name} must be a tf.estimator.{kind.__name__}, got {value!r}.')


def _saving_every(steps: int, estimator: Estimator) -> Estimator:
    every = estimator.config.save_checkpoints_steps
    if every and steps % every == 0:
        return estimator
    estimator = copy.copy(estimator)
    estimator._config = estimator.config.replace(save_checkpoints_steps=steps)
    return estimator


def _train_with_evaluations(
    estimator: Estimator, train_spec: TrainSpec, eval_spec: EvalSpec, every_n_steps: int | None
) -> tuple[dict[str, Any] | None, list[Any] | None]:
    evaluations = _EvaluatingListener(Evaluation(estimator, train_spec.max_steps, eval_spec), every_n_steps)
    _train(estimator, train_spec, evaluations)
    return evaluations.last.metrics, evaluations.last.exports


def _train(estimator: Estimator, train_spec: TrainSpec, *listeners: tf.train.CheckpointSaverListener) -> None:
    estimator.train(
        train_spec.input_fn,
        hooks=train_spec.hooks,
        max_steps=train_spec.max_steps,
        saving_listeners=[*train_spec.saving_listeners, *listeners],
    )


class _Outcome(NamedTuple):
    metrics: dict[str, Any] | None = None
    exports: list[Any] | None = None
    global_step: int | None = None
    started: float = float('-inf')


class _EvaluatingListener(tf.train.CheckpointSaverListener):
    """Evaluates checkpoints as they are saved, but the first: training starts with what it holds."""

    def __init__(self, evaluation: Evaluation, every_n_steps: int | None):
        self._evaluation = evaluation
        self._every_n_steps = every_n_steps
        self._throttle_secs = evaluation.eval_spec.throttle_secs
        self._first_step: int | None = None
        self.last = _Outcome()

    def after_save(self, session: tf.Session, global_step_value: int) -> None:
        """Evaluates the new checkpoint if one is due."""
        step = int(global_step_value)
        if self._first_step is None:
            self._first_step = step
        elif self._is_due(step):
            self._evaluate(step)

    def end(self, session: tf.Session, global_step_value: int) -> None:
        """Evaluates the last checkpoint if that was not done yet."""
        if self.last.global_step != global_step_value:
            self._evaluate(int(global_step_value))

    def _is_due(self, step: int) -> bool:
        if self._every_n_steps is not None:
            last_step = self.last.global_step if self.last.global_step is not None else self._first_step
            return step - last_step >= self._every_n_steps
        if time.monotonic() - self.last.started >= self._throttle_secs:
            return True
        tf.logging.info('Skip the current checkpoint eval due to throttle secs (%s secs).', self._throttle_secs)
        return False

    def _evaluate(self, step: int) -> None:
        started = time.monotonic()
        metrics, exports = self._evaluation.run(self._evaluation.estimator.latest_checkpoint())
        self.last = _Outcome(metrics, exports, step, started)
