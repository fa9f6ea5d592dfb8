"""Forests as Estimators, of `tf.contrib.learn` and of `tf.estimator`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.learn import heads
from tf1.contrib.learn.constants import ModeKeys, ProblemType
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.model_fn import ModelFnOps
from tf1.contrib.tensor_forest.python import tensor_forest
from tf1.contrib.tensor_forest.python.tensor_forest import ForestHParams, GraphBuilder, RandomForestGraphs
from tf1.estimator.canned import contrib_heads

KEYS_NAME = 'keys'
LOSS_NAME = 'rf_training_loss'
TREE_PATHS_PREDICTION_KEY = 'tree_paths'
VARIANCE_PREDICTION_KEY = 'prediction_variance'
ALL_SERVING_KEY = 'tensorforest_all'
EPSILON = 0.000001


class ModelBuilderOutputType:
    """What `get_model_fn`'s function returns."""

    MODEL_FN_OPS = 0
    ESTIMATOR_SPEC = 1


class TensorForestRunOpAtEndHook(tf.train.SessionRunHook):
    """Runs operations before the session ends, and logs what they give.

    Args:
      op_dict: `{name: operation}`.
    """

    def __init__(self, op_dict: Mapping[str, Any]):
        self._ops = op_dict

    def end(self, session: tf.Session) -> None:
        """Runs and logs them."""
        for name in sorted(self._ops):
            tf.logging.info(f'{name}: {session.run(self._ops[name])}')


class TensorForestLossHook(tf.train.SessionRunHook):
    """Stops when the loss has not fallen for a number of steps.

    Args:
      early_stopping_rounds: after so many steps without a lower loss, the next one is the last.
      early_stopping_loss_threshold: share of the lowest loss that the loss must fall by to count as lower; None for 0.
      loss_op: the loss; None for the tensor that the Estimator calls 'rf_training_loss'.
    """

    def __init__(
        self,
        early_stopping_rounds: int,
        early_stopping_loss_threshold: float | None = None,
        loss_op: tf.Tensor | None = None,
    ):
        self.early_stopping_rounds = early_stopping_rounds
        self.early_stopping_loss_threshold = early_stopping_loss_threshold
        self.loss_op = loss_op
        self.min_loss: float | None = None
        self.last_step, self.steps = -1, 0

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        """Asks for the loss and the step."""
        graph = run_context.session.graph
        loss = graph.get_tensor_by_name(f'{LOSS_NAME}:0') if self.loss_op is None else self.loss_op
        return tf.train.SessionRunArgs({'global_step': tf.train.get_global_step(graph), 'current_loss': loss})

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        """Counts the steps since the lowest loss."""
        step, loss = run_values.results['global_step'], run_values.results['current_loss']
        self.steps += 1
        # A step may be counted back where a session was recovered.
        if self.last_step == -1 or self.last_step > step:
            tf.logging.info('TensorForestLossHook resetting last_step.')
            self.last_step, self.steps, self.min_loss = step, 0, None
            return
        self.last_step = step
        share = self.early_stopping_loss_threshold or 0.0
        if self.min_loss is None or loss < self.min_loss - self.min_loss * share:
            self.min_loss, self.steps = loss, 0
        if self.steps > self.early_stopping_rounds:
            tf.logging.info('TensorForestLossHook requesting stop.')
            run_context.request_stop()


def get_model_fn(
    params: ForestHParams,
    graph_builder_class: GraphBuilder = RandomForestGraphs,
    device_assigner: Any = None,
    feature_columns: Iterable[Any] | None = None,
    weights_name: str | None = None,
    model_head: Any = None,
    keys_name: str | None = None,
    early_stopping_rounds: int = 100,
    early_stopping_loss_threshold: float = 0.001,
    num_trainers: int = 1,
    trainer_id: int = 0,
    report_feature_importances: bool = False,
    local_eval: bool = False,
    head_scope: str | None = None,
    include_all_in_serving: bool = False,
    output_type: int = ModelBuilderOutputType.MODEL_FN_OPS,
) -> Callable:
    """Returns the function that builds a forest for an Estimator.

    Args:
      params: settings that have been filled.
      graph_builder_class: makes the graph of a forest from its settings.
      device_assigner: see `TensorForestEstimator`, as for what is not listed here.
      feature_columns: see there.
      weights_name: see there.
      model_head: see there.
      keys_name: see there.
      early_stopping_rounds: see there.
      early_stopping_loss_threshold: see there.
      num_trainers: see there.
      trainer_id: see there.
      report_feature_importances: see there.
      local_eval: see there.
      head_scope: variable scope of the forest.
      include_all_in_serving: see there.
      output_type: one of `ModelBuilderOutputType`.
    """
    del local_eval
    is_spec = output_type == ModelBuilderOutputType.ESTIMATOR_SPEC
    columns = None if feature_columns is None else list(feature_columns)
    head = model_head or _default_head(params, weights_name, is_spec)

    def model_fn(features: Any, labels: Any, mode: str) -> Any:
        with tf.variable_scope(head_scope or tf.get_variable_scope()):
            inputs, weights, keys = _parted(features, columns, weights_name, keys_name)
            graph = graph_builder_class(params, device_assigner=device_assigner, training=mode == ModeKeys.TRAIN)
            mean, paths, variance = graph.inference_graph(inputs)
            del paths
            tf.summary.scalar('average_tree_size', graph.average_size())

            def train_op_fn(loss: tf.Tensor) -> tf.Operation:
                tf.identity(loss, name=LOSS_NAME)
                grown = graph.training_graph(
                    inputs, labels, num_trainers=num_trainers, trainer_id=trainer_id, input_weights=weights
                )
                return tf.group(grown, tf.assign_add(tf.train.get_or_create_global_step(), 1))

            with tf.name_scope(None):
                arguments = {'labels': labels, 'train_op_fn': train_op_fn, 'logits': _logits(mean, params)}
                if is_spec:
                    ops = head.create_estimator_spec(_named(features), mode, **arguments)
                else:
                    ops = head.create_model_fn_ops(_named(features), mode, **arguments)
            predictions = {**ops.predictions, VARIANCE_PREDICTION_KEY: variance}
            if keys is not None:
                predictions[KEYS_NAME] = keys
            hooks = list(ops.training_hooks or ())
            if mode == ModeKeys.TRAIN:
                if report_feature_importances:
                    hooks.append(TensorForestRunOpAtEndHook({'feature_importances': graph.feature_importances()}))
                if early_stopping_rounds:
                    hooks.append(TensorForestLossHook(early_stopping_rounds, early_stopping_loss_threshold, ops.loss))
            ops = ops._replace(predictions=predictions, training_hooks=hooks)
            if include_all_in_serving:
                ops = _with_all_outputs(ops, is_spec)
            return ops

    return model_fn


def get_combined_model_fn(model_fns: Sequence[Callable]) -> Callable:
    """Returns the function that builds several forests, each for one column of the labels, [batch, forests]."""

    def model_fn(features: Any, labels: Any, mode: str) -> ModelFnOps:
        made = [
            each(features, None if labels is None else labels[:, i : i + 1], mode) for i, each in enumerate(model_fns)
        ]
        losses = [ops.loss for ops in made if ops.loss is not None]
        # Each of the forests counts the step.
        train_op = tf.group(*(ops.train_op for ops in made)) if mode == ModeKeys.TRAIN else None
        return ModelFnOps(
            mode,
            predictions={
                'probabilities': tf.concat([ops.predictions['probabilities'] for ops in made], 1),
                'classes': tf.stack([ops.predictions['classes'] for ops in made], 1),
            },
            loss=tf.add_n(losses) / len(losses) if losses else None,
            train_op=train_op,
            training_hooks=[hook for ops in made for hook in ops.training_hooks or ()],
        )

    return model_fn


class TensorForestEstimator(Estimator):
    """A random forest, for classes or numbers, that grows batch by batch.

    Args:
      params: settings of the forest.
      device_assigner: has no effect.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      feature_columns: what to make of the features; None takes all of them, in the order of their names.
      graph_builder_class: makes the graph of the forest from its settings.
      config: a RunConfig; None for the default one.
      weight_column: the feature that holds weights of examples; None for none.
      keys_column: a feature that is among the predictions, as 'keys', and not in the trees; None for none.
      feature_engineering_fn: function of features and labels that returns both as the forest gets them.
      early_stopping_rounds: training ends when the loss has not fallen for so many steps; 0 for never.
      early_stopping_loss_threshold: see `TensorForestLossHook`.
      num_trainers: must be 1.
      trainer_id: must be 0.
      report_feature_importances: whether to log, after training, which share of the splits each feature makes.
      local_eval: has no effect.
      version: has no effect.
      head: what the predictions mean; None for classes or numbers, as `params` says.
      include_all_in_serving: whether exports have a signature with all predictions, 'tensorforest_all'.
    """

    def __init__(
        self,
        params: ForestHParams,
        device_assigner: Any = None,
        model_dir: str | os.PathLike | None = None,
        feature_columns: Iterable[Any] | None = None,
        graph_builder_class: GraphBuilder = RandomForestGraphs,
        config: tf.estimator.RunConfig | None = None,
        weight_column: str | None = None,
        keys_column: str | None = None,
        feature_engineering_fn: Callable | None = None,
        early_stopping_rounds: int = 100,
        early_stopping_loss_threshold: float = 0.001,
        num_trainers: int = 1,
        trainer_id: int = 0,
        report_feature_importances: bool = False,
        local_eval: bool = False,
        version: Any = None,
        head: Any = None,
        include_all_in_serving: bool = False,
    ):
        del version
        model_fn = get_model_fn(
            params.fill(),
            graph_builder_class,
            device_assigner,
            feature_columns,
            weight_column,
            head,
            keys_column,
            early_stopping_rounds,
            early_stopping_loss_threshold,
            num_trainers,
            trainer_id,
            report_feature_importances,
            local_eval,
            None,
            include_all_in_serving,
        )
        super().__init__(model_fn, model_dir, config, feature_engineering_fn=feature_engineering_fn)


class MultiForestMultiHeadEstimator(Estimator):
    """Several forests on the same features, each for one column of the labels.

    Args:
      params_list: settings of the forests, each with a number or name for its labels as `label_name`, if it has one.
      Others: see `TensorForestEstimator`.
    """

    def __init__(
        self,
        params_list: Sequence[ForestHParams],
        device_assigner: Any = None,
        model_dir: str | os.PathLike | None = None,
        feature_columns: Iterable[Any] | None = None,
        graph_builder_class: GraphBuilder = RandomForestGraphs,
        config: tf.estimator.RunConfig | None = None,
        weight_column: str | None = None,
        keys_column: str | None = None,
        feature_engineering_fn: Callable | None = None,
        early_stopping_rounds: int = 100,
        num_trainers: int = 1,
        trainer_id: int = 0,
        report_feature_importances: bool = False,
        local_eval: bool = False,
    ):
        model_fns = [
            get_model_fn(
                params.fill(),
                graph_builder_class,
                device_assigner,
                feature_columns,
                weight_column,
                None,
                keys_column,
                early_stopping_rounds,
                num_trainers=num_trainers,
                trainer_id=trainer_id,
                report_feature_importances=report_feature_importances,
                local_eval=local_eval,
                head_scope=f'label_{i}',
            )
            for i, params in enumerate(params_list)
        ]
        super().__init__(
            get_combined_model_fn(model_fns), model_dir, config, feature_engineering_fn=feature_engineering_fn
        )


class CoreTensorForestEstimator(tf.estimator.Estimator):
    """A random forest as a `tf.estimator.Estimator`; for the arguments see `TensorForestEstimator`."""

    def __init__(
        self,
        params: ForestHParams,
        device_assigner: Any = None,
        model_dir: str | os.PathLike | None = None,
        feature_columns: Iterable[Any] | None = None,
        graph_builder_class: GraphBuilder = RandomForestGraphs,
        config: tf.estimator.RunConfig | None = None,
        weight_column: str | None = None,
        keys_column: str | None = None,
        feature_engineering_fn: Callable | None = None,
        early_stopping_rounds: int = 100,
        early_stopping_loss_threshold: float = 0.001,
        num_trainers: int = 1,
        trainer_id: int = 0,
        report_feature_importances: bool = False,
        local_eval: bool = False,
        version: Any = None,
        head: Any = None,
        include_all_in_serving: bool = False,
    ):
        del version
        built = get_model_fn(
            params.fill(),
            graph_builder_class,
            device_assigner,
            feature_columns,
            weight_column,
            head,
            keys_column,
            early_stopping_rounds,
            early_stopping_loss_threshold,
            num_trainers,
            trainer_id,
            report_feature_importances,
            local_eval,
            None,
            include_all_in_serving,
            ModelBuilderOutputType.ESTIMATOR_SPEC,
        )

        def model_fn(features: Any, labels: Any, mode: str) -> tf.estimator.EstimatorSpec:
            if feature_engineering_fn is not None:
                features, labels = feature_engineering_fn(features, labels)
            return built(features, labels, {tf.estimator.ModeKeys.PREDICT: ModeKeys.INFER}.get(mode, mode))

        super().__init__(model_fn, model_dir, config)


def _default_head(params: ForestHParams, weights_name: str | None, is_spec: bool) -> Any:
    if is_spec:
        if params.regression:
            return contrib_heads.regression_head(weights_name, params.num_outputs)
        if params.num_classes == 2:
            return contrib_heads.binary_classification_head(weights_name)
        return contrib_heads.multi_class_head(params.num_classes, weights_name)
    if params.regression:
        return heads.RegressionHead(params.num_outputs, weights_name)
    return heads.class_head(params.num_classes, weights_name, False, None)


def _logits(mean: tf.Tensor, params: ForestHParams) -> tf.Tensor:
    """Returns what the head gets: numbers; for two classes the logarithm of the odds; for more the probabilities."""
    if params.regression or params.num_classes != 2:
        return mean
    least = tf.maximum(mean, EPSILON)
    return tf.log(least[:, 1:] / least[:, :1])


def _parted(
    features: Any, columns: Sequence[Any] | None, weights_name: str | None, keys_name: str | None
) -> tuple[Any, tf.Tensor | None, tf.Tensor | None]:
    """Returns the features that the trees see, the weights and the keys of the examples."""
    if not isinstance(features, Mapping):
        return features, None, None
    own = dict(features)
    weights, keys = (None if name is None else own.pop(name, None) for name in (weights_name, keys_name))
    if columns is None:
        return own, weights, keys
    is_core = any(hasattr(column, 'transform_feature') for column in columns)
    layer = tf.feature_column.input_layer if is_core else tf.contrib.layers.input_from_feature_columns
    return layer(own, columns), weights, keys


def _named(features: Any) -> Mapping[str, Any]:
    return features if isinstance(features, Mapping) else {'': features}


def _with_all_outputs(ops: Any, is_spec: bool) -> Any:
    if is_spec:
        if ops.export_outputs is None:
            return ops
        everything = tf.estimator.export.PredictOutput(ops.predictions)
        return ops._replace(export_outputs={**ops.export_outputs, ALL_SERVING_KEY: everything})
    alternatives = {**(ops.output_alternatives or {}), ALL_SERVING_KEY: (ProblemType.UNSPECIFIED, ops.predictions)}
    return ops._replace(output_alternatives=alternatives)


__all__ = [
    'ALL_SERVING_KEY',
    'EPSILON',
    'KEYS_NAME',
    'LOSS_NAME',
    'TREE_PATHS_PREDICTION_KEY',
    'VARIANCE_PREDICTION_KEY',
    'CoreTensorForestEstimator',
    'ModelBuilderOutputType',
    'MultiForestMultiHeadEstimator',
    'TensorForestEstimator',
    'TensorForestLossHook',
    'TensorForestRunOpAtEndHook',
    'get_combined_model_fn',
    'get_model_fn',
    'tensor_forest',
]
