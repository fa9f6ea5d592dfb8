"""Evaluates checkpoints as training saves them, in the process that trains."""

from __future__ import annotations

import time
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.continuous_evaluation import ContinuousEvalListener, EvalResult, EvalStatus, Evaluator


class EvaluatingListener(tf.train.CheckpointSaverListener):
    """Evaluates every checkpoint but the first, which holds what training starts with, and the last one always.

    Args:
      evaluator: of the model that is trained.
      eval_throttle_secs: a checkpoint is passed over unless the last evaluation began this many seconds ago.
      continuous_eval_listener: may stop the training.
      every_n_steps: steps between two evaluations instead of seconds.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        eval_throttle_secs: float,
        continuous_eval_listener: ContinuousEvalListener,
        every_n_steps: int | None = None,
    ):
        self._evaluator = evaluator
        self._throttle_secs = eval_throttle_secs
        self._listener = continuous_eval_listener
        self._every_n_steps = every_n_steps
        self._first_step: int | None = None
        self._last_step: int | None = None
        self._last_start = float('-inf')
        self._should_stop = False
        self.eval_result = EvalResult(EvalStatus.MISSING_CHECKPOINT)
        self.export_results: list[Any] | None = None

    def after_save(self, session: tf.Session, global_step_value: int) -> bool | None:
        """Evaluates the new checkpoint if one is due; returns True to stop training."""
        step = int(global_step_value)
        if self._first_step is None:
            self._first_step = step
        elif self._is_due(step):
            self._evaluate(step)
        return True if self._should_stop else None

    def end(self, session: tf.Session, global_step_value: int) -> None:
        """Evaluates the last checkpoint if that was not done yet."""
        if self._last_step != global_step_value:
            self._evaluate(int(global_step_value))

    def _is_due(self, step: int) -> bool:
        if self._every_n_steps is not None:
            last_step = self._last_step if self._last_step is not None else self._first_step
            return step - last_step >= self._every_n_steps
        if time.monotonic() - self._last_start >= self._throttle_secs:
            return True
        tf.logging.info('Skip the current checkpoint eval due to throttle secs (%s secs).', self._throttle_secs)
        return False

    def _evaluate(self, step: int) -> None:
        self._last_start = time.monotonic()
        if not self._listener.before_eval():
            tf.logging.info('The listener asked in before_eval to end training and evaluation.')
            self._should_stop = True
            return
        self._last_step = step
        self.eval_result, self.export_results = self._evaluator.evaluate_and_export()
        if not self._listener.after_eval(self.eval_result):
            tf.logging.info('The listener asked in after_eval to end training and evaluation.')
            self._should_stop = True
