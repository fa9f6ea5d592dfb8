"""One evaluation with its exports, what it came to, and who may stop a series of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1._checkpoint.reading import UNREADABLE
from tf1.estimator.estimator import Estimator
from tf1.estimator.evaluation import GLOBAL_STEP
from tf1.estimator.train_eval_specs import EvalSpec

_EXPORT_DIR = 'export'


class EvalStatus:
    """What an attempt to evaluate came to, as in TF 1.15."""

    EVALUATED = 'evaluated'
    MISSING_CHECKPOINT = 'missing checkpoint'
    NO_NEW_CHECKPOINT = 'no new checkpoint'


class _ResultFields(NamedTuple):
    status: str
    metrics: Mapping[str, Any] | None
    checkpoint_path: str | None


class EvalResult(_ResultFields):
    """The status of an attempt to evaluate, with metrics and checkpoint where there was an evaluation.

    Raises:
      ValueError: metrics are missing though the status says `EvalStatus.EVALUATED`, or there though it does not.
      TypeError: metrics are no dict.
    """

    __slots__ = ()

    def __new__(
        cls, status: str, metrics: Mapping[str, Any] | None = None, checkpoint_path: str | None = None
    ) -> EvalResult:
        """Checks the fields and makes the record; see the class."""
        if status != EvalStatus.EVALUATED:
            if metrics:
                raise ValueError(f'metrics must be None where nothing was evaluated ({status}), got {metrics!r}.')
            if checkpoint_path is not None:
                raise ValueError(
                    f'checkpoint_path must be None where nothing was evaluated ({status}), got {checkpoint_path!r}.'
                )
            return super().__new__(cls, status, metrics, checkpoint_path)
        if not metrics:
            raise ValueError(f'metrics must be what evaluate returned, got {metrics!r}.')
        if not isinstance(metrics, Mapping):
            raise TypeError(f'metrics must be a dict, got {metrics!r}: evaluate of the Estimator has to return one.')
        if GLOBAL_STEP not in metrics:
            raise ValueError(f'metrics must hold {GLOBAL_STEP!r}, got {sorted(metrics)}.')
        return super().__new__(cls, status, metrics, checkpoint_path)


class ContinuousEvalListener:
    """Is asked before and after every attempt to evaluate whether to go on; to be derived from."""

    def before_eval(self) -> bool:
        """Returns False to stop without another evaluation."""
        return True

    def after_eval(self, eval_result: EvalResult) -> bool:
        """Returns False to stop after this result."""
        del eval_result
        return True


class Evaluator:
    """Evaluates and exports the checkpoints of one model, each at most once.

    Args:
      estimator: the model.
      eval_spec: how to evaluate and export.
      max_training_steps: the global step at which training ends, which makes an export the final one; None for unknown.
    """

    def __init__(self, estimator: Estimator, eval_spec: EvalSpec, max_training_steps: int | None):
        self._estimator = estimator
        self._eval_spec = eval_spec
        self._max_training_steps = max_training_steps
        self._previous_ckpt_path: str | None = None
        self._last_warning: str | None = None

    def evaluate_and_export(self) -> tuple[EvalResult, list[Any]]:
        """Returns the result of the newest checkpoint, and what each exporter returned."""
        path = self._estimator.latest_checkpoint()
        if path is None:
            self._say_once(
                tf.logging.warning,
                'Estimator is not trained yet. Will start an evaluation when a checkpoint is ready.',
            )
            return EvalResult(EvalStatus.MISSING_CHECKPOINT), []
        if path == self._previous_ckpt_path:
            self._say_once(tf.logging.info, f'No new checkpoint to evaluate since {path}: waiting for one.')
            return EvalResult(EvalStatus.NO_NEW_CHECKPOINT), []
        try:
            result, exports = self._evaluate_and_export(path)
        except UNREADABLE:
            if tf.train.checkpoint_exists(path):
                raise
            # A training that saves often removes checkpoints quicker than they are evaluated; there is a newer one.
            tf.logging.warning('Checkpoint %s was removed while it was evaluated: the newest is taken next.', path)
            return EvalResult(EvalStatus.MISSING_CHECKPOINT), []
        self._previous_ckpt_path = path
        self._last_warning = None
        return result, exports

    def _evaluate_and_export(self, path: str) -> tuple[EvalResult, list[Any]]:
        spec = self._eval_spec
        metrics = self._estimator.evaluate(
            input_fn=spec.input_fn, steps=spec.steps, hooks=spec.hooks, checkpoint_path=path, name=spec.name
        )
        result = EvalResult(EvalStatus.EVALUATED, metrics, path)
        return result, self._export_eval_result(result, self.is_trained(metrics[GLOBAL_STEP]))

    def is_trained(self, global_step: int) -> bool:
        """Returns whether training ends at `global_step`."""
        return self._max_training_steps is not None and bool(global_step >= self._max_training_steps)

    def _export_eval_result(self, eval_result: EvalResult, is_the_final_export: bool) -> list[Any]:
        export_dir = os.path.join(self._estimator.model_dir, _EXPORT_DIR)
        return [
            exporter.export(
                estimator=self._estimator,
                export_path=os.path.join(export_dir, exporter.name),
                checkpoint_path=eval_result.checkpoint_path,
                eval_result=eval_result.metrics,
                is_the_final_export=is_the_final_export,
            )
            for exporter in self._eval_spec.exporters
        ]

    def _say_once(self, log: Any, text: str) -> None:
        if text != self._last_warning:
            log('%s', text)
            self._last_warning = text
