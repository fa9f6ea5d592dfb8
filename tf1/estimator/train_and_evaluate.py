"""`train_and_evaluate`: one training, an evaluation and exports at its checkpoints, in one process or in a cluster."""

from __future__ import annotations

import copy
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import validation
from tf1.estimator.cluster import TaskType
from tf1.estimator.estimator import Estimator
from tf1.estimator.train_eval_specs import EvalSpec, TrainSpec
from tf1.estimator.training_executor import TrainingExecutor


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
    check_eval_spec(eval_spec)
    validation.check_positive('eval_every_n_steps', eval_every_n_steps)
    if eval_every_n_steps is not None and isinstance(estimator, Estimator):
        estimator = _saving_every(eval_every_n_steps, estimator)
    executor = TrainingExecutor(estimator, train_spec, eval_spec, eval_every_n_steps=eval_every_n_steps)
    config = estimator.config
    tf.logging.info('Not using Distribute Coordinator.')
    if config.task_type == TaskType.EVALUATOR and config.task_id > 0:
        raise ValueError(f'A cluster has one evaluator, with task index 0; TF_CONFIG says {config.task_id}.')
    return executor.run()


def check_eval_spec(eval_spec: Any) -> None:
    """Raises TypeError unless `eval_spec` is an `EvalSpec`."""
    if not isinstance(eval_spec, EvalSpec):
        raise TypeError(f'eval_spec must be a tf.estimator.EvalSpec, got {eval_spec!r}.')


def _saving_every(steps: int, estimator: Estimator) -> Estimator:
    every = estimator.config.save_checkpoints_steps
    if every and steps % every == 0:
        return estimator
    estimator = copy.copy(estimator)
    estimator._config = estimator.config.replace(save_checkpoints_steps=steps)
    return estimator
