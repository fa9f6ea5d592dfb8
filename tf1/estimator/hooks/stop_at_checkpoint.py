"""The hook that stops all workers of a cluster at a step, none before its checkpoint is written."""

from __future__ import annotations

import time

import tensorflow.compat.v1 as tf

from tf1.estimator import checkpoints
from tf1.estimator.estimator import Estimator


def make_stop_at_checkpoint_step_hook(
    estimator: Estimator, last_step: int, wait_after_file_check_secs: float = 30
) -> tf.train.SessionRunHook:
    """Returns a hook that stops the chief at `last_step`, and another worker once a checkpoint has that step.

    Args:
      estimator: the model that is trained.
      last_step: the global step to stop at.
      wait_after_file_check_secs: pause of a worker that waits for the checkpoint, after each look, in seconds.

    Raises:
      TypeError: `estimator` is none.
    """
    if not isinstance(estimator, Estimator):
        raise TypeError(f'estimator must be a tf.estimator.Estimator, got {estimator!r}.')
    if estimator.config.is_chief:
        return tf.train.StopAtStepHook(last_step=last_step)
    return _StopAtCheckpointStep(estimator, last_step, wait_after_file_check_secs)


class _StopAtCheckpointStep(tf.train.SessionRunHook):
    def __init__(self, estimator: Estimator, last_step: int, wait_secs: float):
        self._estimator = estimator
        self._last_step = last_step
        self._wait_secs = wait_secs

    def begin(self) -> None:
        self._global_step = tf.train.get_global_step()

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._global_step)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        # The step was read in the middle of a run that increased it; a worker that runs on cannot pass the chief by.
        if run_values.results + 1 < self._last_step:
            return
        if run_context.session.run(self._global_step) < self._last_step:
            return
        if checkpoints.global_step_of(self._estimator.latest_checkpoint()) >= self._last_step:
            run_context.request_stop()
        else:
            time.sleep(self._wait_secs)
