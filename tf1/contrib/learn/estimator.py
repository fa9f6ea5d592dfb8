"""`tf.contrib.learn.Estimator`: the forerunner of `tf.estimator.Estimator`, on top of it."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.learn import arrays, export, monitor_hooks
from tf1.contrib.learn.metric_spec import as_metric_spec
from tf1.contrib.learn.model_fn import ModelFnOps, as_model_fn_ops, metric_pairs
from tf1.contrib.learn.run_config import RunConfig


class NotFittedError(ValueError, AttributeError):
    """A model without a checkpoint was to evaluate, predict or be exported."""


class Estimator:
    """A model, its folder and its settings.

    Args:
      model_fn: function of features and labels, and of any of `mode`, `params`, `config`, `model_dir`, that returns
        `ModelFnOps`, a `tf.estimator.EstimatorSpec` or `(predictions, loss, train_op)`. When it predicts, labels are
        placeholders if this object has seen labels before, else None.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a `RunConfig` of `tf.contrib.learn` or of `tf.estimator`; None for the default one.
      params: hyperparameters for `model_fn`.
      feature_engineering_fn: function of features and labels that returns both as `model_fn` gets them.

    Raises:
      ValueError: `model_fn` is none, or does not take `params` though some are given.
    """

    def __init__(
        self,
        model_fn: Callable | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
        params: Mapping[str, Any] | None = None,
        feature_engineering_fn: Callable | None = None,
    ):
        if not callable(model_fn):
            raise ValueError(f'model_fn must be a function, got {model_fn!r}.')
        self._names = tuple(inspect.signature(model_fn).parameters)
        if params is not None and 'params' not in self._names:
            raise ValueError(f"model_fn must take 'params', as some are given; it takes {self._names}.")
        self._model_fn, self._params, self._feature_engineering_fn = model_fn, params, feature_engineering_fn
        self._seen_labels = None
        self._estimator = self._made(model_dir, config or RunConfig())

    def __repr__(self) -> str:
        return f'{type(self).__name__}(params={self._params})'

    @property
    def model_dir(self) -> str:
        """Folder of checkpoints and event files."""
        return self._estimator.model_dir

    @property
    def config(self) -> tf.estimator.RunConfig:
        """A copy of the settings."""
        return self._estimator.config

    @property
    def params(self) -> Mapping[str, Any] | None:
        """The hyperparameters."""
        return self._params

    @property
    def model_fn(self) -> Callable:
        """The function that builds the model."""
        return self._model_fn

    def get_variable_names(self) -> list[str]:
        """Returns the names of all variables in the newest checkpoint."""
        return self._estimator.get_variable_names()

    def get_variable_value(self, name: str) -> np.ndarray:
        """Returns the value of a variable in the newest checkpoint."""
        return self._estimator.get_variable_value(name)

    def fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Callable | None = None,
        steps: int | None = None,
        batch_size: int | None = None,
        monitors: Sequence[Any] | Any | None = None,
        max_steps: int | None = None,
    ) -> Estimator:
        """Trains, going on from the newest checkpoint.

        Args:
          x: features, an array or a dictionary of arrays; excludes `input_fn`. Rows are shuffled, and never end.
          y: labels, the same.
          input_fn: returns features and labels as tensors, or a Dataset of both.
          steps: steps to make; excludes `max_steps`.
          batch_size: rows of `x` in a batch; None for all.
          monitors: monitors of `tf.contrib.learn.monitors` and session hooks.
          max_steps: the step to reach in all.

        Returns:
          This object.

        Raises:
          ValueError: arguments exclude each other or are missing.
        """
        input_fn = arrays.input_fn_of(x, y, input_fn, batch_size, is_training=True)
        hooks = monitor_hooks.replace_monitors_with_hooks(monitors, self)
        self._estimator.train(input_fn, hooks, steps, max_steps)
        return self

    def partial_fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Callable | None = None,
        steps: int | None = 1,
        batch_size: int | None = None,
        monitors: Sequence[Any] | None = None,
    ) -> Estimator:
        """Trains for one step, unless told otherwise; see `fit`."""
        return self.fit(x, y, input_fn, steps, batch_size, monitors)

    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Callable | None = None,
        feed_fn: Callable[[], dict] | None = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: Mapping[Any, Any] | None = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Sequence[tf.train.SessionRunHook] | None = None,
        log_progress: bool = True,
    ) -> dict[str, Any]:
        """Evaluates a checkpoint: arrays once in order, other input for `steps` batches or to its end.

        Args:
          x: features; see `fit`.
          y: labels.
          input_fn: see `fit`.
          feed_fn: returns what is fed with every batch.
          batch_size: rows of `x` in a batch; None for all.
          steps: batches; None for all.
          metrics: `{name: MetricSpec}`, beside those of the model; functions do, too.
          name: sets the result's event files apart, in `eval_NAME`.
          checkpoint_path: None for the newest.
          hooks: session hooks.
          log_progress: has no effect.

        Returns:
          `{metric: value, 'loss': mean loss of the batches, 'global_step': step}`.

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: arguments exclude each other or are missing.
        """
        del log_progress
        input_fn = arrays.input_fn_of(x, y, input_fn, batch_size)
        hooks = [*(hooks or ()), *([tf.train.FeedFnHook(feed_fn)] if feed_fn else ())]
        path = self._checkpoint(checkpoint_path)
        return self._with(metrics=metrics).evaluate(input_fn, steps, hooks, path, name)

    def predict(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        """Returns predictions, to the end of the input; of constant tensors once.

        Args:
          x: features; see `fit`.
          input_fn: see `fit`; labels are ignored.
          batch_size: rows of `x` in a batch; None for all.
          outputs: the wanted keys of predictions; None for all.
          as_iterable: whether to return a generator, of examples; otherwise all predictions are joined.
          iterate_batches: whether the generator yields batches.

        Returns:
          A generator, or an array or a dictionary of arrays.

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: arguments exclude each other or are missing.
        """
        input_fn = arrays.input_fn_of(x, None, input_fn, batch_size)
        path = self._checkpoint(None)
        ends = _Ends()
        found = self._estimator.predict(input_fn, outputs, [ends], path, yield_single_examples=False)
        batches = ends.until(found)
        if not as_iterable:
            return _joined(list(batches))
        return batches if iterate_batches else _rows(batches)

    def export_savedmodel(
        self,
        export_dir_base: str,
        serving_input_fn: Callable[[], Any],
        default_output_alternative_key: str | None = None,
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        graph_rewrite_specs: Any = None,
        strip_default_attrs: bool = False,
    ) -> bytes:
        """Writes a SavedModel for serving; `serving_input_fn` returns `InputFnOps` or a `ServingInputReceiver`.

        Raises:
          NotFittedError: there is no checkpoint.
          ValueError: `graph_rewrite_specs` is given: nothing rewrites graphs here.
        """
        if graph_rewrite_specs is not None:
            raise ValueError(f'graph_rewrite_specs must be None (tf.graph_util instead), got {graph_rewrite_specs!r}.')
        return self._with(default_output=default_output_alternative_key).export_savedmodel(
            export_dir_base,
            export.receiver_fn(serving_input_fn),
            assets_extra,
            as_text,
            self._checkpoint(checkpoint_path),
            strip_default_attrs,
        )

    def _with(self, metrics: Mapping[Any, Any] | None = None, default_output: str | None = None) -> Any:
        """Returns the `tf.estimator.Estimator` of a call that adds something to the model."""
        if metrics is None and default_output is None:
            return self._estimator
        return self._made(None, self._estimator.config, metrics, default_output)

    def _made(
        self,
        model_dir: str | os.PathLike | None,
        config: tf.estimator.RunConfig,
        metrics: Mapping[Any, Any] | None = None,
        default_output: str | None = None,
    ) -> tf.estimator.Estimator:
        def model_fn(
            features: Any, labels: Any, mode: str, config: tf.estimator.RunConfig
        ) -> tf.estimator.EstimatorSpec:
            return self._build(features, labels, mode, config, metrics).estimator_spec(default_output)

        return tf.estimator.Estimator(model_fn, model_dir, config)

    def _checkpoint(self, path: str | None) -> str:
        path = path or self._estimator.latest_checkpoint()
        if path is None:
            raise NotFittedError(f"Couldn't find trained model at {self.model_dir}: call fit first.")
        return path

    def _build(
        self,
        features: Any,
        labels: Any,
        mode: str,
        config: tf.estimator.RunConfig,
        metrics: Mapping[Any, Any] | None,
    ) -> ModelFnOps:
        if mode == tf.estimator.ModeKeys.PREDICT:
            labels = _placeholders(self._seen_labels)
        elif labels is not None:
            self._seen_labels = tf.nest.map_structure(lambda label: (label.dtype, label.shape), labels)
        if self._feature_engineering_fn is not None:
            features, labels = self._feature_engineering_fn(features, labels)
        offered = {'mode': mode, 'params': self._params, 'config': config, 'model_dir': config.model_dir}
        returned = self._model_fn(features, labels, **{n: value for n, value in offered.items() if n in self._names})
        ops = as_model_fn_ops(returned, mode)
        if metrics and mode == tf.estimator.ModeKeys.EVAL:
            ops = ops._replace(eval_metric_ops=_with_metrics(ops, metrics, features, labels))
        return ops._replace(mode=mode)


class SKCompat:
    """`fit`, `score` and `predict` of an Estimator for arrays, as in scikit-learn."""

    def __init__(self, estimator: Estimator):
        self._estimator = estimator

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int = 128,
        steps: int | None = None,
        max_steps: int | None = None,
        monitors: Sequence[Any] | None = None,
    ) -> SKCompat:
        """Trains on shuffled rows; see `Estimator.fit`. Returns this object."""
        self._estimator.fit(x, y, None, steps, batch_size, monitors, max_steps)
        return self

    def score(
        self,
        x: Any,
        y: Any,
        batch_size: int = 128,
        steps: int | None = None,
        metrics: Mapping[Any, Any] | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Evaluates rows once; see `Estimator.evaluate`."""
        return self._estimator.evaluate(x, y, batch_size=batch_size, steps=steps, metrics=metrics, name=name or 'score')

    def predict(self, x: Any, batch_size: int = 128, outputs: Sequence[str] | None = None) -> Any:
        """Returns all predictions, an array or a dictionary of arrays."""
        return self._estimator.predict(x, batch_size=batch_size, outputs=outputs, as_iterable=False)


class _Ends(tf.train.SessionRunHook):
    """Finds out whether the input comes to an end."""

    def begin(self) -> None:
        types = {op.type for op in tf.get_default_graph().get_operations()}
        self._is_constant = not (
            tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS) or types & {'IteratorGetNext', 'IteratorGetNextSync'}
        )

    def until(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Yields batches: the first alone, if there is no end."""
        for batch in batches:
            yield batch
            if self._is_constant:
                return


def _with_metrics(ops: ModelFnOps, metrics: Mapping[Any, Any], features: Any, labels: Any) -> dict[str, Any]:
    inputs = features if isinstance(features, Mapping) else {'': features}
    specs = dict(as_metric_spec(key, metric) for key, metric in metrics.items())
    added = {name: spec.create_metric_ops(inputs, labels, ops.predictions) for name, spec in specs.items()}
    return {**metric_pairs(ops.eval_metric_ops), **metric_pairs(added)}


def _placeholders(seen: Any) -> Any:
    """Returns tensors that nothing feeds, for a model that builds its loss whatever the mode."""
    if seen is None:
        return None
    if isinstance(seen, dict):
        return {key: _placeholders(value) for key, value in seen.items()}
    dtype, shape = seen
    return tf.placeholder(dtype, shape if shape.rank in (None, 0) else [None, *shape[1:]])


def _joined(batches: list[Any]) -> Any:
    if batches and isinstance(batches[0], dict):
        return {key: np.concatenate([batch[key] for batch in batches]) for key in batches[0]}
    return np.concatenate(batches) if batches else np.array([])


def _rows(batches: Iterator[Any]) -> Iterator[Any]:
    for batch in batches:
        if not isinstance(batch, dict):
            yield from batch
        else:
            for values in zip(*batch.values(), strict=True):
                yield dict(zip(batch, values, strict=True))
