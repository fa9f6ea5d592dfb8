"""The stages of an Estimator's calls under the names and signatures of TF 1.15, which subclasses override and call."""

from __future__ import annotations

import contextlib
import functools
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
    warm_start,
)
from tf1.estimator.inputs import pipeline
from tf1.estimator.inputs.numpy_io import resuming_at
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.model_graph import ModelGraph
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

Hooks = Sequence[tf.train.SessionRunHook]
Receivers = Mapping[str, Callable[[], Any]]

_TRIES = 10


class Stages:
    """What `Estimator.train`, `evaluate`, `predict` and the exports are made of, one method per stage."""

    _model_fn: Callable
    _params: Any
    _config: RunConfig
    _warm_start_settings: Any
    # Of the Estimator.
    config: RunConfig
    model_dir: str
    eval_dir: Callable[..., str]
    latest_checkpoint: Callable[[], str | None]

    # Input and model.

    def _call_input_fn(self, input_fn: Callable, mode: str, input_context: Any = None) -> Any:
        return user_functions.call_input_fn(input_fn, mode, self._params, self.config, input_context)

    def _call_model_fn(self, features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
        tf.logging.info('Calling model_fn.')
        spec = user_functions.call_model_fn(self._model_fn, features, labels, mode, self._params, config)
        tf.logging.info('Done calling model_fn.')
        return spec

    def _get_features_and_labels_from_input_fn(self, input_fn: Callable, mode: str) -> tuple[Any, Any, list[Any]]:
        inputs = pipeline.parse(self._call_input_fn(input_fn, mode))
        return inputs.features, inputs.labels, list(inputs.hooks)

    def _get_features_from_input_fn(self, input_fn: Callable, mode: str) -> tuple[Any, list[Any]]:
        inputs = pipeline.parse(self._call_input_fn(input_fn, mode))
        self._validate_features_in_predict_input(inputs)
        return inputs.features, list(inputs.hooks)

    def _validate_features_in_predict_input(self, result: Any) -> None:
        del result
        prediction.warn_without_end()

    def _create_global_step(self, graph: tf.Graph) -> tf.Variable:
        return tf.train.create_global_step(graph)

    def _create_and_assert_global_step(self, graph: tf.Graph) -> tf.Variable:
        step = self._create_global_step(graph)
        if step is not tf.train.get_global_step(graph) or not step.dtype.is_integer:
            raise ValueError(f'_create_global_step must make the integer global step of the graph, got {step!r}.')
        return step

    @contextlib.contextmanager
    def _graph(self, mode: str = ModeKeys.PREDICT, is_placed: bool = True) -> Iterator[tf.Graph]:
        """A new default graph with this Estimator's seed, global step and, where it `is_placed`, devices."""
        strategy = replicas.strategy_of(self._config, mode)
        is_placed = is_placed and strategy is None
        device = replicas.device_fn(self._config) if is_placed else None
        with ModelGraph().as_default() as graph, tf.device(device):
            tf.set_random_seed(self._config.tf_random_seed)
            with strategy.scope() if strategy else contextlib.nullcontext():
                self._create_and_assert_global_step(graph)
            yield graph

    def _maybe_warm_start(self, checkpoint_path: str | None) -> None:
        if checkpoint_path is None and self._warm_start_settings is not None:
            warm_start.apply(self._warm_start_settings)

    # Training.

    def _convert_train_steps_to_hooks(self, steps: int | None, max_steps: int | None) -> list[Any]:
        return [] if steps is None and max_steps is None else [tf.train.StopAtStepHook(steps, max_steps)]

    def _train_model(self, input_fn: Callable, hooks: Hooks, saving_listeners: Any) -> float | None:
        if self._config.train_distribute is not None:
            return self._train_model_distributed(input_fn, hooks, saving_listeners)
        return self._train_model_default(input_fn, hooks, saving_listeners)

    def _train_model_default(self, input_fn: Callable, hooks: Hooks, saving_listeners: Any) -> float | None:
        with self._graph(ModeKeys.TRAIN):
            _read_global_step()
            with resuming_at(checkpoints.global_step_of(self.latest_checkpoint())):
                features, labels, input_hooks = self._get_features_and_labels_from_input_fn(input_fn, ModeKeys.TRAIN)
                spec = self._call_model_fn(features, labels, ModeKeys.TRAIN, self.config)
            step = tf.train.get_global_step()
            return self._train_with_estimator_spec(spec, input_hooks, hooks, step, saving_listeners)

    def _train_model_distributed(self, input_fn: Callable, hooks: Hooks, saving_listeners: Any) -> float | None:
        return self._actual_train_model_distributed(self._config.train_distribute, input_fn, hooks, saving_listeners)

    def _actual_train_model_distributed(
        self, strategy: Any, input_fn: Callable, hooks: Hooks, saving_listeners: Any
    ) -> float | None:
        with self._graph(ModeKeys.TRAIN):
            with resuming_at(checkpoints.global_step_of(self.latest_checkpoint())):
                spec, input_hooks = self._replicated_model(strategy, input_fn, ModeKeys.TRAIN)
            return self._train_with_estimator_spec_distributed(spec, [*input_hooks, *hooks], saving_listeners)

    def _replicated_model(self, strategy: Any, input_fn: Callable, mode: str) -> tuple[EstimatorSpec, Hooks]:
        return replicas.build(
            strategy,
            mode,
            lambda context: self._call_input_fn(input_fn, mode, context),
            lambda features, labels: self._call_model_fn(features, labels, mode, self.config),
        )

    def _train_with_estimator_spec(
        self,
        estimator_spec: EstimatorSpec,
        worker_hooks: Hooks,
        hooks: Hooks,
        global_step_tensor: Any,
        saving_listeners: Any,
    ) -> float | None:
        del global_step_tensor  # That of the default graph.
        self._maybe_warm_start(self.latest_checkpoint())
        return training.train(estimator_spec, self._config, hooks, worker_hooks, saving_listeners)

    def _train_with_estimator_spec_distributed(
        self, estimator_spec: EstimatorSpec, worker_hooks: Hooks, saving_listener: Any
    ) -> float | None:
        step = tf.train.get_global_step()
        return self._train_with_estimator_spec(estimator_spec, worker_hooks, [], step, saving_listener)

    # Evaluation.

    def _convert_eval_steps_to_hooks(self, steps: int | None) -> list[Any]:
        return [] if steps is None else [evaluation.StopAfter(steps)]

    def _actual_eval(
        self,
        input_fn: Callable,
        strategy: Any = None,
        steps: int | None = None,
        hooks: Hooks | None = None,
        checkpoint_path: str | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        del strategy  # That of the settings.
        all_hooks = [*(hooks or ()), *self._convert_eval_steps_to_hooks(steps)]

        def evaluate_one(path: str | None) -> dict[str, Any]:
            with self._graph(ModeKeys.EVAL):
                scaffold, update_op, eval_dict, built_hooks = self._evaluate_build_graph(input_fn, all_hooks, path)
                return self._evaluate_run(
                    path, scaffold, update_op, eval_dict, built_hooks, output_dir=self.eval_dir(name)
                )

        return self._with_checkpoint(checkpoint_path, 'evaluate', evaluate_one)

    def _evaluate_build_graph(
        self, input_fn: Callable, hooks: Hooks | None = None, checkpoint_path: str | None = None
    ) -> tuple[tf.train.Scaffold, Any, dict[str, Any], list[Any]]:
        if self._config.eval_distribute is not None:
            scaffold, evaluation_hooks, input_hooks, update_op, eval_dict = self._call_model_fn_eval_distributed(
                input_fn, self.config
            )
        else:
            scaffold, evaluation_hooks, input_hooks, update_op, eval_dict = self._call_model_fn_eval(
                input_fn, self.config
            )
        self._maybe_warm_start(checkpoint_path)
        return scaffold, update_op, eval_dict, [*input_hooks, *(hooks or ()), *evaluation_hooks]

    def _call_model_fn_eval(self, input_fn: Callable, config: RunConfig) -> tuple[Any, Any, Any, Any, dict[str, Any]]:
        features, labels, input_hooks = self._get_features_and_labels_from_input_fn(input_fn, ModeKeys.EVAL)
        spec = self._call_model_fn(features, labels, ModeKeys.EVAL, config)
        return spec.scaffold, spec.evaluation_hooks, input_hooks, *evaluation.metrics(spec)

    def _call_model_fn_eval_distributed(
        self, input_fn: Callable, config: RunConfig
    ) -> tuple[Any, Any, Any, Any, dict[str, Any]]:
        spec, input_hooks = self._replicated_model(config.eval_distribute, input_fn, ModeKeys.EVAL)
        return spec.scaffold, spec.evaluation_hooks, input_hooks, *evaluation.metrics(spec)

    def _evaluate_run(
        self,
        checkpoint_path: str | None,
        scaffold: tf.train.Scaffold,
        update_op: Any,
        eval_dict: Mapping[str, Any],
        all_hooks: Hooks,
        output_dir: str,
    ) -> dict[str, Any]:
        result = evaluation.evaluate(scaffold, update_op, eval_dict, all_hooks, self._config, checkpoint_path)
        evaluation.write_summary(output_dir, result, checkpoint_path)
        return result

    # Prediction.

    def _extract_keys(self, predictions: Any, predict_keys: Any) -> Any:
        return prediction.select_keys(predictions, predict_keys)

    def _extract_batch_length(self, preds_evaluated: Mapping[str, Any]) -> int:
        return prediction.batch_length(preds_evaluated)

    # Export.

    def _export_all_saved_models(
        self,
        export_dir_base: Any,
        input_receiver_fn_map: Receivers,
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        strip_default_attrs: bool = True,
    ) -> bytes:
        saved_model.check_receiver_fns(input_receiver_fn_map)
        checkpoint_path = checkpoint_path or self.latest_checkpoint()
        if checkpoint_path is None and self._warm_start_settings is None:
            self._needed_checkpoint()
        models = {
            mode: functools.partial(self._receiving_model, mode, fn, checkpoint_path)
            for mode, fn in input_receiver_fn_map.items()
        }
        return saved_model.export(
            export_dir_base, models, self._config, checkpoint_path, assets_extra, as_text, strip_default_attrs
        )

    @contextlib.contextmanager
    def _receiving_model(
        self, mode: str, receiver_fn: Callable[[], Any], checkpoint_path: str | None
    ) -> Iterator[tuple[Any, EstimatorSpec]]:
        # Whoever serves the model has none of this cluster's devices.
        with self._graph(is_placed=False):
            receiver = saved_model.receive(receiver_fn)
            spec = self._served_model(receiver.features, getattr(receiver, 'labels', None), mode)
            self._maybe_warm_start(checkpoint_path)
            yield receiver, spec

    def _served_model(self, features: Any, labels: Any, mode: str) -> EstimatorSpec:
        return self._call_model_fn(features, labels, mode, self.config)

    # Checkpoints.

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


def _read_global_step() -> None:
    """Builds the tensor through which hooks read the step where TF 1.15 did, before the input; none without a step."""
    # TensorFlow's own hooks build it and keep it in the graph, so one of them is asked to.
    if tf.train.get_global_step() is not None:
        tf.train.StopAtStepHook(last_step=1).begin()
