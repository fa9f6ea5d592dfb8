"""`Estimator`: trains, evaluates and predicts with what a `model_fn` describes."""

from __future__ import annotations

import contextlib
import copy
import functools
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._checkpoint import leftovers, lookup, training_lock
from tf1._checkpoint.reading import UNREADABLE
from tf1.estimator import (
    checkpoints,
    evaluation,
    prediction,
    replicas,
    saved_model,
    training,
    user_functions,
    validation,
    warm_start,
)
from tf1.estimator.hooked_session import HookedSession, open_session
from tf1.estimator.hooks.stop_at_signals import Signals, StopAtSignalsHook
from tf1.estimator.inputs import pipeline
from tf1.estimator.inputs.numpy_io import resuming_at
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig, default_session_config
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.warm_start import WarmStartSettings

Hooks = Sequence[tf.train.SessionRunHook]

_TRIES = 10
_OWN_MODULES = __name__.partition('.')[0] + '.'


class Estimator:
    """A model, its folder and its settings, with the behaviour of TF 1.15's `tf.estimator.Estimator`.

    Every call builds a graph of its own. Training goes on from the newest checkpoint in `model_dir`.

    Args:
      model_fn: function of `features`, and of any of `labels`, `mode`, `params`, `config`, that returns an
        `EstimatorSpec`.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a `RunConfig`; None for the default one.
      params: hyperparameters for `model_fn`, a dict as a rule; copied.
      warm_start_from: a checkpoint, its folder, a SavedModel's folder, or `WarmStartSettings`: where a model without a
        checkpoint of its own takes its first weights from.

    Raises:
      ValueError: `model_fn` cannot be called with what there is, `config` is no `RunConfig`, both name another
        `model_dir`, `warm_start_from` has the wrong type, or a subclass overrides a public method.
    """

    def __init__(
        self,
        model_fn: Callable,
        model_dir: str | os.PathLike | None = None,
        config: RunConfig | None = None,
        params: Any = None,
        warm_start_from: str | os.PathLike | WarmStartSettings | None = None,
    ):
        _check_nothing_overridden(type(self))
        self._config = _complete(config, model_dir)
        tf.logging.info('Using config: %s', self._config.describe())
        user_functions.check_model_fn(model_fn, params)
        self._model_fn = model_fn
        self._params = copy.deepcopy(params or {})
        self._warm_start_settings = warm_start.settings_of(warm_start_from)

    @property
    def model_dir(self) -> str:
        """Folder of checkpoints and event files."""
        return self._config.model_dir

    @property
    def config(self) -> RunConfig:
        """A copy of the settings."""
        return copy.deepcopy(self._config)

    @property
    def params(self) -> Any:
        """A copy of the hyperparameters."""
        return copy.deepcopy(self._params)

    @property
    def model_fn(self) -> Callable[..., EstimatorSpec]:
        """The model as a function of `features, labels, mode, config`, with `params` bound."""

        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return self._call_model_fn(features, labels, mode, config)

        return model_fn

    def eval_dir(self, name: str | None = None) -> str:
        """Returns the folder of event files of the evaluation called `name`."""
        return evaluation.eval_dir(self.model_dir, name)

    def latest_checkpoint(self) -> str | None:
        """Returns the path of the newest checkpoint in `model_dir`, or None."""
        return lookup.latest(self.model_dir)

    def get_variable_names(self) -> list[str]:
        """Returns the names of all variables in the newest checkpoint.

        Raises:
          ValueError: there is no checkpoint.
        """
        return [name for name, _ in tf.train.list_variables(self._needed_checkpoint())]

    def get_variable_value(self, name: str) -> Any:
        """Returns the value of a variable in the newest checkpoint, an array.

        Raises:
          ValueError: there is no checkpoint.
          tf.errors.NotFoundError: it has no such variable.
        """
        return tf.train.load_variable(self._needed_checkpoint(), name)

    def train(
        self,
        input_fn: Callable,
        hooks: Hooks | None = None,
        steps: int | None = None,
        max_steps: int | None = None,
        saving_listeners: Sequence[tf.train.CheckpointSaverListener] | None = None,
    ) -> Estimator:
        """Trains on batches from `input_fn` until the input ends or the given step is reached.

        Args:
          input_fn: function of any of `mode`, `params`, `config` that returns a Dataset of `(features, labels)`, or
            such a pair of tensors or dicts of tensors.
          hooks: session hooks for this call.
          steps: steps to make from where training stands; excludes `max_steps`.
          max_steps: the step to reach in all; nothing is done if a checkpoint is there already.
          saving_listeners: called around every checkpoint.

        Returns:
          This object.

        Raises:
          ValueError: `steps` or `max_steps` is not > 0, or both are given.
          TypeError: a hook or listener has the wrong type, or `input_fn` cannot be called.
          tf.estimator.NanLossDuringTrainingError: the loss became NaN.
          tf.errors.NotFoundError, tf.errors.InvalidArgumentError: `model_dir` belongs to another model.
        """
        if steps is not None and max_steps is not None:
            raise ValueError(f'steps and max_steps exclude each other, got {steps} and {max_steps}.')
        validation.check_positive('steps', steps)
        validation.check_positive('max_steps', max_steps)
        with self._alone_in_model_dir():
            return self._train(input_fn, hooks, steps, max_steps, saving_listeners)

    def _train(
        self,
        input_fn: Callable,
        hooks: Hooks | None,
        steps: int | None,
        max_steps: int | None,
        saving_listeners: Sequence[tf.train.CheckpointSaverListener] | None,
    ) -> Estimator:
        checkpoint_path = self._checkpoint_to_go_on_from()
        start_step = checkpoints.global_step_of(checkpoint_path)
        if max_steps is not None and start_step >= max_steps:
            tf.logging.info('Skipping training since max_steps has already saved.')
            return self
        hooks = validation.check_hooks(hooks)
        if steps is not None or max_steps is not None:
            hooks.append(tf.train.StopAtStepHook(steps, max_steps))
        listeners = validation.check_listeners(saving_listeners)
        with self._graph(ModeKeys.TRAIN):
            with resuming_at(start_step):
                spec, input_hooks = self._model(input_fn, ModeKeys.TRAIN)
            self._warm_start_without(checkpoint_path)
            with Signals() if self._config.experimental_stop_at_signals else contextlib.nullcontext() as signals:
                if signals is not None:
                    hooks.append(StopAtSignalsHook(signals))
                loss = training.train(spec, self._config, hooks, input_hooks, listeners)
        tf.logging.info('Loss for final step: %s.', loss)
        if signals is not None and signals.received is not None:
            latest = self.latest_checkpoint()
            tf.logging.warning('Training was stopped by %s; its last checkpoint is %s.', signals.received.name, latest)
            raise SystemExit(signals.exit_status)
        return self

    def evaluate(
        self,
        input_fn: Callable,
        steps: int | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: str | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Evaluates the model of a checkpoint.

        Args:
          input_fn: as for `train`.
          steps: batches to take; None for all that the input has.
          hooks: session hooks for this call.
          checkpoint_path: None for the newest; without any, the initial weights are evaluated.
          name: sets the result's event files apart, in `eval_NAME`.

        Returns:
          `{metric: value, 'loss': mean loss of the batches, 'global_step': step}`.

        Raises:
          ValueError: `steps` is not > 0, or a metric uses a reserved name.
        """
        validation.check_positive('steps', steps)
        hooks = validation.check_hooks(hooks)

        def evaluate_one(path: str | None) -> dict[str, Any]:
            with self._graph(ModeKeys.EVAL):
                spec, input_hooks = self._model(input_fn, ModeKeys.EVAL)
                self._warm_start_without(path)
                result = evaluation.evaluate(spec, self._config, path, steps, [*input_hooks, *hooks])
                evaluation.write_summary(self.eval_dir(name), result, path)
            return result

        return self._with_checkpoint(checkpoint_path, 'evaluate', evaluate_one)

    def predict(
        self,
        input_fn: Callable,
        predict_keys: Sequence[str] | str | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: str | None = None,
        yield_single_examples: bool = True,
    ) -> Iterator[Any]:
        """Yields predictions for the features that `input_fn` supplies, to the end of the input.

        Args:
          input_fn: as for `train`; labels are ignored.
          predict_keys: the wanted keys of `predictions`; None for all.
          hooks: session hooks for this call.
          checkpoint_path: None for the newest; without any, the initial weights predict.
          yield_single_examples: False yields whole batches.

        Yields:
          Values of `predictions`, an array or a dict of arrays: of one example each, or of a batch.

        Raises:
          ValueError: no wanted key exists, or predictions of one batch differ in length.
        """
        hooks = validation.check_hooks(hooks)

        # Between two predictions the caller's graph is the default one, so the graph is left before the first.
        def open_one(path: str | None) -> tuple[HookedSession, Any]:
            with self._graph():
                inputs = self._inputs(input_fn, ModeKeys.PREDICT)
                prediction.warn_without_end()
                spec = self._call_model_fn(inputs.features, None, ModeKeys.PREDICT, self.config)
                self._warm_start_without(path)
                predictions = prediction.select_keys(spec.predictions, predict_keys)
                all_hooks = [*inputs.hooks, *hooks, *spec.prediction_hooks]
                session = open_session(spec.scaffold, self._config.master, self._config, path, all_hooks)
            return session, predictions

        session, predictions = self._with_checkpoint(checkpoint_path, 'predict', open_one)
        yield from prediction.predict(session, predictions, yield_single_examples)

    def export_saved_model(
        self,
        export_dir_base: str | bytes | os.PathLike,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        experimental_mode: str = ModeKeys.PREDICT,
    ) -> bytes:
        """Writes the model of one mode as a SavedModel; see `experimental_export_all_saved_models`."""
        receiver_fns = {experimental_mode: serving_input_receiver_fn}
        return self._export(export_dir_base, receiver_fns, assets_extra, as_text, checkpoint_path)

    def export_savedmodel(
        self,
        export_dir_base: str | bytes | os.PathLike,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        strip_default_attrs: bool = False,
    ) -> bytes:
        """Writes the model for serving, as `export_saved_model` does; keeps default attributes unless told."""
        receiver_fns = {ModeKeys.PREDICT: serving_input_receiver_fn}
        return self._export(export_dir_base, receiver_fns, assets_extra, as_text, checkpoint_path, strip_default_attrs)

    def experimental_export_all_saved_models(
        self,
        export_dir_base: str | bytes | os.PathLike,
        input_receiver_fn_map: Mapping[str, Callable[[], Any]],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
    ) -> bytes:
        """Writes one SavedModel with a graph per mode, tagged `train`, `eval` or `serve`, and the trained variables.

        Args:
          export_dir_base: folder of exports; the new one in it is named by the time, in seconds since 1970.
          input_receiver_fn_map: by mode, a function that builds the receiver: placeholders and features.
          assets_extra: `{path below assets.extra: file to copy}`.
          as_text: writes `saved_model.pbtxt`, not `saved_model.pb`.
          checkpoint_path: None for the newest checkpoint.

        Returns:
          The path of the new folder.

        Raises:
          ValueError: there is no checkpoint, it lacks variables of the model, no mode is known, or a function is None.
          tf.errors.InvalidArgumentError: a variable's shape differs from the checkpoint's.
        """
        return self._export(export_dir_base, input_receiver_fn_map, assets_extra, as_text, checkpoint_path)

    def _export(
        self,
        export_dir_base: str | bytes | os.PathLike,
        receiver_fns: Mapping[str, Callable[[], Any]],
        assets_extra: Mapping[str, str] | None,
        as_text: bool,
        checkpoint_path: str | None,
        strip_default_attrs: bool = True,
    ) -> bytes:
        saved_model.check_receiver_fns(receiver_fns)
        models = {mode: functools.partial(self._receiving_model, mode, fn) for mode, fn in receiver_fns.items()}
        checkpoint_path = checkpoint_path or self._needed_checkpoint()
        return saved_model.export(
            export_dir_base, models, self._config, checkpoint_path, assets_extra, as_text, strip_default_attrs
        )

    @contextlib.contextmanager
    def _receiving_model(self, mode: str, receiver_fn: Callable[[], Any]) -> Iterator[tuple[Any, EstimatorSpec]]:
        # Whoever serves the model has none of this cluster's devices.
        with self._graph(is_placed=False):
            receiver = saved_model.receive(receiver_fn)
            yield receiver, self._served_model(receiver.features, getattr(receiver, 'labels', None), mode)

    def _served_model(self, features: Any, labels: Any, mode: str) -> EstimatorSpec:
        return self._call_model_fn(features, labels, mode, self.config)

    @contextlib.contextmanager
    def _graph(self, mode: str = ModeKeys.PREDICT, is_placed: bool = True) -> Iterator[None]:
        """A new default graph with this Estimator's seed, global step and, where it `is_placed`, devices."""
        strategy = replicas.strategy_of(self._config, mode)
        is_placed = is_placed and strategy is None
        with tf.Graph().as_default(), tf.device(replicas.device_fn(self._config) if is_placed else None):
            tf.set_random_seed(self._config.tf_random_seed)
            with strategy.scope() if strategy else contextlib.nullcontext():
                tf.train.create_global_step()
            yield

    def _model(self, input_fn: Callable, mode: str) -> tuple[EstimatorSpec, Hooks]:
        """Builds input and model in the default graph; returns the model, and the hooks that start its input."""
        strategy = replicas.strategy_of(self._config, mode)
        if strategy is None:
            inputs = self._inputs(input_fn, mode)
            return self._call_model_fn(inputs.features, inputs.labels, mode, self.config), inputs.hooks
        return replicas.build(
            strategy,
            mode,
            lambda context: user_functions.call_input_fn(input_fn, mode, self._params, self.config, context),
            lambda features, labels: self._call_model_fn(features, labels, mode, self.config),
        )

    def _inputs(self, input_fn: Callable, mode: str) -> pipeline.Inputs:
        return pipeline.parse(user_functions.call_input_fn(input_fn, mode, self._params, self.config))

    def _call_model_fn(self, features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
        tf.logging.info('Calling model_fn.')
        spec = user_functions.call_model_fn(self._model_fn, features, labels, mode, self._params, config)
        tf.logging.info('Done calling model_fn.')
        return spec

    def _warm_start_without(self, checkpoint_path: str | None) -> None:
        if checkpoint_path is None and self._warm_start_settings is not None:
            warm_start.apply(self._warm_start_settings)

    def _needed_checkpoint(self) -> str:
        checkpoint = self.latest_checkpoint()
        if checkpoint is None:
            raise ValueError(f'There is no trained model in model_dir {self.model_dir}: call train first.')
        return checkpoint

    @contextlib.contextmanager
    def _alone_in_model_dir(self) -> Iterator[None]:
        """Keeps a second training out of the model_dir, and removes what one that was killed left half-written.

        The processes of a cluster share their folder.
        """
        if self._config.cluster_spec:
            yield
            return
        with training_lock.held(self.model_dir):
            leftovers.remove(self.model_dir)
            yield

    def _checkpoint_to_go_on_from(self) -> str | None:
        """Returns the newest checkpoint that can be read; TensorFlow's own look-up finds it afterwards, too."""
        if not self._config.is_chief:
            return self.latest_checkpoint()
        checkpoint = lookup.latest_readable(self.model_dir)
        if checkpoint is not None and not lookup.is_recorded(checkpoint):
            lookup.set_aside_newer(checkpoint)
            lookup.make_latest(checkpoint)
        return checkpoint

    def _with_checkpoint(self, given: str | None, purpose: str, run: Callable[[str | None], Any]) -> Any:
        """Returns what `run` makes of a checkpoint: the given one, or the newest.

        A training removes old checkpoints as it goes on; where it removed the newest meanwhile, there is a newer one.
        """
        path = given or self._checkpoint_or_note(purpose)
        for _ in range(_TRIES):
            try:
                return run(path)
            except UNREADABLE:
                newer = None if given or path is None else self.latest_checkpoint()
                if newer is None or newer == path or tf.train.checkpoint_exists(path):
                    raise
                tf.logging.warning('Checkpoint %s was removed meanwhile: %s is taken instead.', path, newer)
                path = newer
        return run(path)

    def _checkpoint_or_note(self, purpose: str) -> str | None:
        checkpoint = self.latest_checkpoint()
        if checkpoint is None:
            tf.logging.info(
                'Could not find trained model in model_dir: %s, running initialization to %s.', self.model_dir, purpose
            )
        return checkpoint


def _check_nothing_overridden(kind: type) -> None:
    public = {name for name in vars(Estimator) if not name.startswith('_')} - {'model_fn'}
    own = next(base for base in kind.__mro__ if base.__module__.startswith(_OWN_MODULES))
    overridden = sorted(name for name in public if getattr(kind, name) is not getattr(own, name))
    if overridden:
        raise ValueError(f'A subclass must not override members of Estimator; {kind.__name__} overrides {overridden}.')


def _complete(config: RunConfig | None, model_dir: str | os.PathLike | None) -> RunConfig:
    """Returns the settings with a model_dir and a session_config in them."""
    if config is None:
        tf.logging.info('Using default config.')
        config = RunConfig()
    if not isinstance(config, RunConfig):
        raise ValueError(f'config must be an instance of tf.estimator.RunConfig, got {config!r}.')
    replicas.check(config)
    model_dir = os.fspath(model_dir) if isinstance(model_dir, os.PathLike) else model_dir
    if model_dir and config.model_dir is not None and config.model_dir != model_dir:
        raise ValueError(f'model_dir is given twice and differs: {model_dir!r}, and in config {config.model_dir!r}.')
    config = copy.deepcopy(config)
    return config.replace(
        model_dir=model_dir or config.model_dir or _temporary_dir(),
        session_config=config.session_config or default_session_config(config),
    )


def _temporary_dir() -> str:
    folder = tempfile.mkdtemp()
    tf.logging.warning('Using temporary folder as model directory: %s', folder)
    return folder
