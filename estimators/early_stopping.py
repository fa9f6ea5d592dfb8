"""The document's closing wish: stop once an evaluation is good enough, and keep the weights of the best one.

The document ends by wishing for a training that is evaluated as it goes, ends when a wanted accuracy is reached or the
time is up, and leaves the best weights behind rather than the last.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from typing import NamedTuple

import tf1 as tf
from estimators import classifier
from tf1._checkpoint import lookup
from tf1._files import regular_files
from tf1._files.atomic_output import write_whole, writing_whole

BEST = 'best'
_RECORD = 'evaluation.json'
_EVALUATION = 'early_stopping'


class Bounds(NamedTuple):
    """When training ends, whichever comes first."""

    accuracy: float
    """Wanted accuracy of an evaluation, in (0, 1]."""
    steps: int
    """Step to reach at most."""
    seconds: float | None = None
    """Wall time of this run at most, in seconds; None for no bound. Looked at after each evaluation."""

    def check(self) -> Bounds:
        """Returns these bounds.

        Raises:
          ValueError: one is out of range.
        """
        if not 0 < self.accuracy <= 1:
            raise ValueError(f'accuracy must be in (0, 1], got {self.accuracy}.')
        if self.steps < 1:
            raise ValueError(f'steps must be > 0, got {self.steps}.')
        if self.seconds is not None and self.seconds <= 0:
            raise ValueError(f'seconds must be > 0 or None, got {self.seconds}.')
        return self


class Best(NamedTuple):
    """The best evaluation so far."""

    global_step: int
    accuracy: float


def train(
    estimator: tf.estimator.Estimator,
    train_input_fn: Callable,
    eval_input_fn: Callable,
    bounds: Bounds,
    hooks: list[tf.train.SessionRunHook] | None = None,
) -> Best:
    """Trains, evaluating every checkpoint, and leaves the best evaluation's weights as the newest checkpoint.

    Started again, it goes on from the newest checkpoint and remembers the best evaluation of earlier runs.

    Args:
      estimator: its `RunConfig.save_checkpoints_steps` says how often to evaluate.
      train_input_fn: input of training.
      eval_input_fn: input of one evaluation; its model reports `accuracy`.
      bounds: when to stop.
      hooks: further hooks of the training.

    Returns:
      The best evaluation; `estimator.latest_checkpoint()` holds its weights.

    Raises:
      ValueError: a bound is out of range.
    """
    keeper = _Keeper(estimator, eval_input_fn, bounds.check())
    if not keeper.is_reached():
        estimator.train(train_input_fn, hooks=hooks, max_steps=bounds.steps, saving_listeners=[keeper])
    return keeper.put_back()


class _Keeper(tf.train.CheckpointSaverListener):
    """Evaluates each new checkpoint and keeps a copy of the best, out of reach of the saver's clean-up."""

    def __init__(self, estimator: tf.estimator.Estimator, eval_input_fn: Callable, bounds: Bounds):
        self._estimator = estimator
        self._eval_input_fn = eval_input_fn
        self._bounds = bounds
        self._folder = os.path.join(estimator.model_dir, BEST)
        self._start = time.monotonic()
        self._seen = lookup.step_of(estimator.latest_checkpoint()) if estimator.latest_checkpoint() else -1
        self._best = self._read()

    def is_reached(self) -> bool:
        return self._best is not None and self._best.accuracy >= self._bounds.accuracy

    def after_save(self, session: tf.Session, global_step_value: int) -> bool:
        """Returns whether training should stop."""
        if global_step_value > self._seen:
            self._seen = global_step_value
            self._evaluate(global_step_value)
        return self.is_reached() or self._is_late()

    def put_back(self) -> Best:
        """Makes the best weights the newest checkpoint."""
        if self._best is None:
            self._evaluate(lookup.step_of(self._estimator.latest_checkpoint()))
        prefix = f'model.ckpt-{self._best.global_step}'
        target = os.path.join(self._estimator.model_dir, prefix)
        _copy_checkpoint(os.path.join(self._folder, prefix), target)
        lookup.make_latest(target)
        return self._best

    def _evaluate(self, global_step: int) -> None:
        result = self._estimator.evaluate(self._eval_input_fn, name=_EVALUATION)
        accuracy = float(result[classifier.ACCURACY])
        if self._best is None or accuracy > self._best.accuracy:
            self._keep(Best(int(global_step), accuracy))

    def _is_late(self) -> bool:
        return self._bounds.seconds is not None and time.monotonic() - self._start >= self._bounds.seconds

    def _keep(self, best: Best) -> None:
        """Copies the checkpoint first, then says so, so that a record always has its checkpoint."""
        previous, self._best = self._best, best
        prefix = f'model.ckpt-{best.global_step}'
        _copy_checkpoint(os.path.join(self._estimator.model_dir, prefix), os.path.join(self._folder, prefix))
        write_whole(os.path.join(self._folder, _RECORD), json.dumps(best._asdict()))
        if previous is not None and previous.global_step != best.global_step:
            tf.train.remove_checkpoint(os.path.join(self._folder, f'model.ckpt-{previous.global_step}'))

    def _read(self) -> Best | None:
        record = os.path.join(self._folder, _RECORD)
        if not os.path.exists(record):
            return None
        return Best(**json.loads(regular_files.read_text(record)))


def _copy_checkpoint(source: str, target: str) -> None:
    """Copies a checkpoint's files, each complete before it gets its name, the index last."""
    names = sorted(tf.gfile.Glob(source + '.*'), key=lambda name: name.endswith('.index'))
    for name in names:
        with writing_whole(target + name[len(source) :]) as copy:
            shutil.copyfile(name, copy)
