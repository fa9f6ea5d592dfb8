"""`Estimator`: trains, evaluates and predicts with what a `model_fn` describes."""

from __future__ import annotations

import contextlib
import copy
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._checkpoint import lookup
from tf1.estimator import (
    checkpoints,
    evaluation,
    prediction,
    replicas,
    user_functions,
    validation,
    warm_start,
)
from tf1.estimator.cluster import TaskType
from tf1.estimator.hooked_session import HookedSession, open_session
from tf1.estimator.hooks.stop_at_signals import Signals, StopAtSignalsHook
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.run_config import RunConfig, default_session_config
from tf1.estimator.spec import EstimatorSpec
from tf1.estimator.stages import Stages
from tf1.estimator.warm_start import WarmStartSettings

Hooks = Sequence[tf.train.SessionRunHook]

_OWN_MODULES = __name__.partition('.')[0] + '.'
_MAY_OVERRIDE = {'model_fn', '_create_and_assert_global_step', '_export_all_saved_models'}
_NOT_TRAINING = (TaskType.EVALUATOR, TaskType.PS)


class Estimator(Stages):
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
        Estimator._assert_members_are_not_overridden(self)
        self._config = _complete(config, model_dir)
        self._model_dir = self._config.model_dir
        self._session_config = self._config.session_config
        self._train_distribution = self._config.train_distribute
        self._eval_distribution = self._config.eval_distribute
        self._device_fn = replicas.device_fn(self._config)
        tf.logging.info('Using config: %s', self._config.describe())
        user_functions.check_model_fn(model_fn, params)
        self._model_fn = model_fn
        self._params = copy.deepcopy(params or {})
        self._warm_start_settings = warm_start.settings_of(warm_start_from)

    @property
    def model_dir(self) -> str:
        """Folder of checkpoints and event files."""
        return self._model_dir

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
          ValueError: `steps` or `max_steps` is not > 0, both are given, or TF_CONFIG makes this process an evaluator or
            a parameter server.
          TypeError: a hook or listener has the wrong type, or `input_fn` cannot be called.
          tf.estimator.NanLossDuringTrainingError: the loss became NaN.
          tf.errors.NotFoundError, tf.errors.InvalidArgumentError: `model_dir` belongs to another model.
        """
        if steps is not None and max_steps is not None:
            raise ValueError(f'steps and max_steps exclude each other, got {steps} and {max_steps}.')
        validation.check_positive('steps', steps)
        validation.check_positive('max_steps', max_steps)
        self._check_may_train()
        all_hooks = [*validation.check_hooks(hooks), *self._convert_train_steps_to_hooks(steps, max_steps)]
        listeners = validation.check_listeners(saving_listeners)
        with self._alone_in_model_dir():
            start_step = checkpoints.global_step_of(self._checkpoint_to_go_on_from())
            if max_steps is not None and start_step >= max_steps:
                tf.logging.info('Skipping training since max_steps has already saved.')
                return self
            with Signals() if self._config.experimental_stop_at_signals else contextlib.nullcontext() as signals:
                if signals is not None:
                    all_hooks.append(StopAtSignalsHook(signals))
                loss = self._train_model(input_fn, all_hooks, listeners)
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
        return self._actual_eval(input_fn, None, steps, hooks, checkpoint_path, name)

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
                features, input_hooks = self._get_features_from_input_fn(input_fn, ModeKeys.PREDICT)
                spec = self._call_model_fn(features, None, ModeKeys.PREDICT, self.config)
                self._maybe_warm_start(path)
                predictions = self._extract_keys(spec.predictions, predict_keys)
                all_hooks = [*input_hooks, *hooks, *spec.prediction_hooks]
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
        return self._export_all_saved_models(export_dir_base, receiver_fns, assets_extra, as_text, checkpoint_path)

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
        return self._export_all_saved_models(
            export_dir_base, receiver_fns, assets_extra, as_text, checkpoint_path, strip_default_attrs
        )

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
        return self._export_all_saved_models(
            export_dir_base, input_receiver_fn_map, assets_extra, as_text, checkpoint_path
        )

    def _check_may_train(self) -> None:
        if self._config.task_type in _NOT_TRAINING:
            raise ValueError(
                f'train must not be called in a process whose role is {self._config.task_type!r} (TF_CONFIG): call '
                'tf.estimator.train_and_evaluate, which gives each process of a cluster its part.'
            )

    @staticmethod
    def _assert_members_are_not_overridden(self: Estimator) -> None:
        """Refuses subclasses that override members; programs that do so replace this function by another."""
        own = next(base for base in type(self).__mro__ if base.__module__.startswith(_OWN_MODULES))
        members = {name for kind in (Estimator, Stages) for name in vars(kind) if not name.startswith('__')}
        overridden = sorted(
            name for name in members - _MAY_OVERRIDE if getattr(type(self), name) is not getattr(own, name)
        )
        if overridden:
            raise ValueError(
                f'A subclass must not override members of Estimator; {type(self).__name__} overrides {overridden}.'
            )


class EstimatorV2(Estimator):
    """What `tf.compat.v2.estimator` calls `Estimator`: it has no `export_savedmodel`."""

    @property
    def export_savedmodel(self) -> Any:
        """Is not there.

        Raises:
          AttributeError: always.
        """
        raise AttributeError(
            'tf.compat.v2.estimator.Estimator has no export_savedmodel: call export_saved_model, whose arguments are '
            'the same but for strip_default_attrs.'
        )


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
        session_config=config.session_config or default_session_config(),
    )


def _temporary_dir() -> str:
    folder = tempfile.mkdtemp()
    tf.logging.warning('Using temporary folder as model directory: %s', folder)
    return folder
