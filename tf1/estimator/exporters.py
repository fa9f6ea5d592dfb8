"""Exporters: which of the evaluated checkpoints become SavedModels, and how many of those are kept."""

from __future__ import annotations

import abc
import os
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import event_files, user_functions
from tf1.estimator.export import timestamped

Result = Mapping[str, Any]
CompareFn = Callable[..., bool]

_LOSS = 'loss'
_COMPARED = ('best_eval_result', 'current_eval_result')


class Exporter(abc.ABC):
    """Something that `train_and_evaluate` calls after every evaluation, to be derived from."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """Folder name of this exporter's exports, unique among the exporters of an `EvalSpec`."""

    @abc.abstractmethod
    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str,
        eval_result: Result | None,
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports a checkpoint, or does not.

        Args:
          estimator: the Estimator that was evaluated.
          export_path: folder of this exporter's exports.
          checkpoint_path: the evaluated checkpoint.
          eval_result: what `evaluate` returned.
          is_the_final_export: whether training has ended.

        Returns:
          The path of the new export, or None.
        """


class SavedModelExporter(Exporter):
    """Exports every checkpoint that it is given; the three exporters decide which those are.

    Args:
      name: folder name of the exports.
      serving_input_receiver_fn: builds the receiver; see `Estimator.export_saved_model`.
      assets_extra: files to copy along; see there.
      as_text: writes the graph as text.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
    ):
        self._name = name
        self._serving_input_receiver_fn = serving_input_receiver_fn
        self._assets_extra = assets_extra
        self._as_text = as_text

    @property
    def name(self) -> str:
        """Folder name of this exporter's exports."""
        return self._name

    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str,
        eval_result: Result | None,
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint; see `Exporter`."""
        del eval_result, is_the_final_export
        return estimator.export_saved_model(
            export_path,
            self._serving_input_receiver_fn,
            assets_extra=self._assets_extra,
            as_text=self._as_text,
            checkpoint_path=checkpoint_path,
        )


class FinalExporter(SavedModelExporter):
    """Exports once, when training has ended.

    Args:
      name: folder name of the export.
      serving_input_receiver_fn: builds the receiver; see `Estimator.export_saved_model`.
      assets_extra: files to copy along; see there.
      as_text: writes the graph as text.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
    ):
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)

    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str,
        eval_result: Result | None,
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the last checkpoint; see `Exporter`."""
        if not is_the_final_export:
            return None
        tf.logging.info('Performing the final export in the end of training.')
        return super().export(estimator, export_path, checkpoint_path, eval_result, is_the_final_export)


class LatestExporter(SavedModelExporter):
    """Exports after every evaluation and keeps the newest exports.

    Args:
      name: folder name of the exports.
      serving_input_receiver_fn: builds the receiver; see `Estimator.export_saved_model`.
      assets_extra: files to copy along; see there.
      as_text: writes the graph as text.
      exports_to_keep: how many exports stay; None for all.

    Raises:
      ValueError: `exports_to_keep` is not > 0.
      TypeError: `exports_to_keep` is no integer.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ):
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)
        self._exports_to_keep = _valid_count(exports_to_keep)

    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str,
        eval_result: Result | None,
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint and removes the oldest exports; see `Exporter`."""
        path = super().export(estimator, export_path, checkpoint_path, eval_result, is_the_final_export)
        self._garbage_collect_exports(export_path)
        return path

    def _garbage_collect_exports(self, export_dir_base: str) -> None:
        timestamped.keep_newest(export_dir_base, self._exports_to_keep)


def _loss_smaller(best_eval_result: Result | None, current_eval_result: Result | None) -> bool:
    """Returns whether the loss went down."""
    for field, result in zip(_COMPARED, (best_eval_result, current_eval_result), strict=True):
        if not result or _LOSS not in result:
            raise ValueError(f'{field} must hold {_LOSS!r} to be compared by it, got {result!r}.')
    return best_eval_result[_LOSS] > current_eval_result[_LOSS]


class BestExporter(SavedModelExporter):
    """Exports whenever an evaluation is better than all before, those of earlier runs included.

    The best result of earlier runs is read from the event files that `evaluate` left behind. TF 1.15 reads the current
    evaluation's own event there too, and so never exports the first one; here it does not stand in its own way.

    Args:
      name: folder name of the exports.
      serving_input_receiver_fn: builds the receiver; see `Estimator.export_saved_model`.
      event_file_pattern: where the event files are, below the model_dir; None forgets earlier runs.
      compare_fn: function of `best_eval_result` and `current_eval_result` that returns whether the second is better;
        by default, whether its loss is smaller.
      assets_extra: files to copy along; see `Estimator.export_saved_model`.
      as_text: writes the graph as text.
      exports_to_keep: how many exports stay; None for all.

    Raises:
      ValueError: `compare_fn` is None or takes other arguments, or `exports_to_keep` is not > 0.
      TypeError: `compare_fn` cannot be called, or `exports_to_keep` is no integer.
    """

    def __init__(
        self,
        name: str = 'best_exporter',
        serving_input_receiver_fn: Callable[[], Any] | None = None,
        event_file_pattern: str | None = 'eval/*.tfevents.*',
        compare_fn: CompareFn = _loss_smaller,
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ):
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)
        self._compare_fn = _valid_compare_fn(compare_fn)
        self._event_file_pattern = event_file_pattern
        self._exports_to_keep = _valid_count(exports_to_keep)
        self._model_dir: str | None = None
        self._best: Result | None = None

    def export(
        self,
        estimator: Any,
        export_path: str,
        checkpoint_path: str,
        eval_result: Result | None,
        is_the_final_export: bool,
    ) -> bytes | None:
        """Exports the checkpoint if it is the best, and removes the oldest exports; see `Exporter`."""
        if self._event_file_pattern and self._model_dir != estimator.model_dir:
            tf.logging.info('Loading best metric from event files.')
            self._model_dir = estimator.model_dir
            self._best = self._best_before(eval_result)
        if self._best is not None and not self._compare(self._best, eval_result):
            return None
        tf.logging.info('Performing best model export.')
        self._best = eval_result
        path = super().export(estimator, export_path, checkpoint_path, eval_result, is_the_final_export)
        self._garbage_collect_exports(export_path)
        return path

    def _garbage_collect_exports(self, export_dir_base: str) -> None:
        timestamped.keep_newest(export_dir_base, self._exports_to_keep)

    def _best_before(self, eval_result: Result | None) -> Result | None:
        """Returns the best result in the event files but for that of the current evaluation, None without any."""
        results = event_files.results(os.path.join(self._model_dir, self._event_file_pattern))
        if eval_result and _LOSS in eval_result:
            # Hooks may write summaries of their own to the same files.
            results = [result for result in results if _LOSS in result]
        if results and event_files.is_result_of(results[-1], eval_result):
            results.pop()
        best = None
        for result in results:
            if best is None or self._compare(best, result):
                best = result
        return best

    def _compare(self, best: Result, current: Result | None) -> bool:
        return self._compare_fn(**dict(zip(_COMPARED, (best, current), strict=True)))


def _valid_count(exports_to_keep: Any) -> int | None:
    if exports_to_keep is None:
        return None
    if exports_to_keep <= 0:
        raise ValueError(f'exports_to_keep must be > 0 (or None for all), got {exports_to_keep}.')
    if not isinstance(exports_to_keep, int):
        raise TypeError(f'exports_to_keep must be an integer, got {exports_to_keep!r}.')
    return exports_to_keep


def _valid_compare_fn(compare_fn: Any) -> CompareFn:
    if compare_fn is None:
        raise ValueError('compare_fn must not be None: leave it out to compare by loss.')
    if not callable(compare_fn):
        raise TypeError(f'compare_fn must be callable, got {compare_fn!r}.')
    names = user_functions.argument_names(compare_fn)
    if sorted(names) != sorted(_COMPARED):
        raise ValueError(f'compare_fn must take the arguments {_COMPARED}; {compare_fn} takes {names}.')
    return compare_fn
