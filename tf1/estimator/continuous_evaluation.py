"""One evaluation with its exports, and the evaluator process that repeats it for each new checkpoint."""

from __future__ import annotations

import os
import time
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints
from tf1.estimator.estimator import Estimator
from tf1.estimator.evaluation import GLOBAL_STEP
from tf1.estimator.train_eval_specs import EvalSpec

_EXPORT_DIR = 'export'
_POLL_SECS = 1.0


class Evaluation:
    """Evaluates and exports checkpoints of one model.

    Args:
      estimator: the model.
      max_steps: the global step at which training ends, which makes an export the final one; None for unknown.
      eval_spec: how to evaluate and export.
    """

    def __init__(self, estimator: Estimator, max_steps: int | None, eval_spec: EvalSpec):
        self.estimator = estimator
        self.max_steps = max_steps
        self.eval_spec = eval_spec

    def run(self, checkpoint_path: str | None) -> tuple[dict[str, Any], list[Any]]:
        """Returns the metrics of a checkpoint, and what each exporter returned."""
        spec = self.eval_spec
        metrics = self.estimator.evaluate(spec.input_fn, spec.steps, spec.hooks, checkpoint_path, spec.name)
        is_final = self.is_trained(metrics[GLOBAL_STEP])
        export_dir = os.path.join(self.estimator.model_dir, _EXPORT_DIR)
        exports = [
            exporter.export(
                estimator=self.estimator,
                export_path=os.path.join(export_dir, exporter.name),
                checkpoint_path=checkpoint_path,
                eval_result=metrics,
                is_the_final_export=is_final,
            )
            for exporter in spec.exporters
        ]
        return metrics, exports

    def is_trained(self, global_step: int) -> bool:
        """Returns whether training ends at `global_step`."""
        return self.max_steps is not None and bool(global_step >= self.max_steps)


def evaluate_until_trained(
    estimator: Estimator, max_steps: int | None, eval_spec: EvalSpec, every_n_steps: int | None = None
) -> None:
    """Evaluates new checkpoints as they appear, until one has reached `max_steps`.

    Between the starts of two evaluations there are `throttle_secs`, or `every_n_steps` steps if that is given.

    Raises:
      ValueError: this is not the only evaluator of its cluster.
    """
    _check_alone(estimator.config.task_id)
    evaluation = Evaluation(estimator, max_steps, eval_spec)
    if eval_spec.start_delay_secs:
        tf.logging.info('Waiting %f secs before starting eval.', eval_spec.start_delay_secs)
        time.sleep(eval_spec.start_delay_secs)
    path, step = None, None
    while True:
        started = time.monotonic()
        path = _next_checkpoint(evaluation, path, step, every_n_steps)
        metrics, _ = evaluation.run(path)
        step = metrics[GLOBAL_STEP]
        if evaluation.is_trained(step):
            tf.logging.info('Exiting evaluation, global_step=%s >= train max_steps=%s', step, max_steps)
            return
        if every_n_steps is None:
            _wait(eval_spec.throttle_secs - (time.monotonic() - started))


def _check_alone(task_id: int) -> None:
    if task_id > 0:
        raise ValueError(f'A cluster has one evaluator, with task index 0; TF_CONFIG says {task_id}.')


def _wait(seconds: float) -> None:
    if seconds > 0:
        tf.logging.info('Waiting %f secs before starting next eval run.', seconds)
        time.sleep(seconds)


def _next_checkpoint(evaluation: Evaluation, path: str | None, step: int | None, every_n_steps: int | None) -> str:
    """Waits for a checkpoint that is to be evaluated after the one at `path`, of `step`; returns its path."""
    warned = False
    while True:
        latest = evaluation.estimator.latest_checkpoint()
        if latest is not None and latest != path and _is_due(evaluation, latest, step, every_n_steps):
            return latest
        if not warned:
            _say_why(latest)
            warned = True
        time.sleep(_POLL_SECS)


def _is_due(evaluation: Evaluation, latest: str, last_step: int | None, every_n_steps: int | None) -> bool:
    if every_n_steps is None or last_step is None:
        return True
    step = checkpoints.global_step_of(latest)
    return evaluation.is_trained(step) or step - last_step >= every_n_steps


def _say_why(latest: str | None) -> None:
    if latest is None:
        tf.logging.warning('Estimator is not trained yet. Will start an evaluation when a checkpoint is ready.')
    else:
        tf.logging.info('No new checkpoint to evaluate since %s: waiting for one.', latest)
