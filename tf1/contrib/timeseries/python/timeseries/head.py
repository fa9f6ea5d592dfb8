"""What Estimators of time series do in each mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import (
    FilteringFeatures,
    FilteringResults,
    PredictionFeatures,
    SavedModelLabels,
    State,
    TrainEvalFeatures,
)
from tf1.contrib.timeseries.python.timeseries.model import ModelOutputs, TimeSeriesModel
from tf1.contrib.timeseries.python.timeseries.statistics import statistics


class TimeSeriesRegressionHead:
    """Trains, evaluates and predicts by a model.

    Args:
      model: the model.
      state_manager: says which state a batch starts from.
      optimizer: a `tf.train.Optimizer`.
      input_statistics_generator: has no effect.
      name: of the operations; None for 'head'.
    """

    def __init__(
        self,
        model: TimeSeriesModel,
        state_manager: Any,
        optimizer: tf.train.Optimizer,
        input_statistics_generator: Any = None,
        name: str | None = None,
    ):
        del input_statistics_generator
        self.model, self.state_manager, self.optimizer = model, state_manager, optimizer
        self._name = name or 'head'

    _gives_states = True
    """Whether evaluations have the state after them."""

    def create_estimator_spec(
        self, features: Mapping[str, Any], mode: str, labels: Any = None
    ) -> tf.estimator.EstimatorSpec:
        """Returns what a `model_fn` returns.

        Raises:
          ValueError: there are labels, or features are missing or do not fit.
        """
        if labels:
            raise ValueError(f'labels must be None: the values are among the features; got {labels!r}.')
        features = dict(features)
        with tf.name_scope(self._name):
            if mode == tf.estimator.ModeKeys.PREDICT:
                return self._predictions(features)
            features = self._checked(features)
            is_training = mode == tf.estimator.ModeKeys.TRAIN
            known = statistics(self.model.num_features, self.model.dtype, features if is_training else None)
            self.model.initialize_graph(known)
            self.state_manager.initialize_graph(self.model, known)
            with tf.variable_scope('model', use_resource=True):
                outputs = self.state_manager.define_loss(self.model, features, mode)
                tf.summary.scalar('loss', outputs.loss)
            if is_training:
                step = self.optimizer.minimize(outputs.loss, tf.train.get_global_step())
                return tf.estimator.EstimatorSpec(mode, loss=outputs.loss, train_op=step)
            return self._evaluation(outputs)

    def _evaluation(self, outputs: ModelOutputs) -> tf.estimator.EstimatorSpec:
        metrics: dict[str, Any] = {'average_loss': tf.metrics.mean(outputs.loss, name='average_loss')}
        for name, value in outputs.predictions.items():
            metrics[name] = _last(name, value)
        metrics[FilteringResults.TIMES] = _last(FilteringResults.TIMES, outputs.prediction_times)
        if self._gives_states:
            metrics[FilteringResults.STATE_TUPLE] = self._last_state(outputs.end_state)
        mode = tf.estimator.ModeKeys.EVAL
        return tf.estimator.EstimatorSpec(mode, dict(outputs.predictions), outputs.loss, eval_metric_ops=metrics)

    def _last_state(self, state: Any) -> tuple[Any, tf.Operation]:
        pairs = [_last(f'{State.STATE_TUPLE}_{i}', each) for i, each in enumerate(tf.nest.flatten(state))]
        values = tf.nest.pack_sequence_as(state, [value for value, _ in pairs])
        return values, tf.group(*(update for _, update in pairs))

    def _predictions(self, features: dict[str, Any]) -> tf.estimator.EstimatorSpec:
        """Returns predictions for the times, with all signatures of an export, whose features have values as well."""
        state = self._state(features)
        self.model.initialize_graph(statistics(self.model.num_features, self.model.dtype))
        if TrainEvalFeatures.VALUES in features:
            predictions, exports = self._export(features, state)
        else:
            predictions, exports = self._ahead(features, state), None
        predictions = {**predictions, PredictionFeatures.TIMES: features[PredictionFeatures.TIMES]}
        return tf.estimator.EstimatorSpec(tf.estimator.ModeKeys.PREDICT, predictions, export_outputs=exports)

    def _ahead(self, features: Mapping[str, Any], state: Any) -> dict[str, tf.Tensor]:
        with tf.variable_scope('model', use_resource=True):
            predictions = self.model.predict({**features, PredictionFeatures.STATE_TUPLE: state})
        return {name: each for name, each in predictions.items() if name != PredictionFeatures.TIMES}

    def _export(self, features: dict[str, Any], state: Any) -> tuple[dict[str, tf.Tensor], dict[str, Any]]:
        """Returns predictions, and the signatures: to predict, to take in observations from a state or from none."""
        rest = {name: each for name, each in features.items() if name != TrainEvalFeatures.VALUES}
        predictions = self._ahead(rest, state)
        with tf.variable_scope('model', use_resource=True, reuse=True):
            warm = self.model.get_batch_loss(features, tf.estimator.ModeKeys.EVAL, state)
            cold = self.model.define_loss(features, tf.estimator.ModeKeys.EVAL)
        return predictions, {
            SavedModelLabels.PREDICT: tf.estimator.export.PredictOutput(dict(predictions)),
            SavedModelLabels.FILTER: tf.estimator.export.PredictOutput(state_to_dictionary(warm.end_state)),
            SavedModelLabels.COLD_START_FILTER: _ColdStart(state_to_dictionary(cold.end_state)),
        }

    def _checked(self, features: dict[str, Any]) -> dict[str, tf.Tensor]:
        for key in (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES):
            if key not in features:
                raise ValueError(f'features must have the key {key!r}, got {sorted(features)}.')
        found = {name: tf.convert_to_tensor(value, name=name) for name, value in features.items()}
        found[TrainEvalFeatures.TIMES] = tf.cast(found[TrainEvalFeatures.TIMES], tf.int64)
        values = tf.cast(found[TrainEvalFeatures.VALUES], self.model.dtype)
        found[TrainEvalFeatures.VALUES] = values
        if values.shape.rank != 3 or not values.shape[2:].is_compatible_with([self.model.num_features]):
            raise ValueError(
                f'values must have the shape [batch, window, {self.model.num_features}], as num_features says, got '
                f'{values.shape}.'
            )
        return found

    def _state(self, features: dict[str, Any]) -> Any:
        """Takes the state out of the features: as one structure, or each of its tensors by a name."""
        if PredictionFeatures.STATE_TUPLE in features:
            return features.pop(PredictionFeatures.STATE_TUPLE)
        names = [name for name in features if name.startswith(State.STATE_PREFIX)]
        if not names:
            raise ValueError(
                f'features must have the key {PredictionFeatures.STATE_TUPLE!r} to predict, got {sorted(features)}; '
                'use predict_continuation_input_fn.'
            )
        ordered = sorted(names, key=lambda name: int(name.rpartition('_')[2]))
        with tf.Graph().as_default():
            structure = self.model.get_start_state()
        return tf.nest.pack_sequence_as(structure, [features.pop(name) for name in ordered])


class OneShotPredictionHead(TimeSeriesRegressionHead):
    """A head whose exports have one signature: predictions from observations alone, from the model's start state.

    An export takes values `[batch, filtered, num_features]`, and times and exogenous features for what follows as well,
    `[batch, filtered + predicted, ...]`. Evaluations have no state.
    """

    _gives_states = False

    def _export(self, features: dict[str, Any], state: Any) -> tuple[dict[str, tf.Tensor], dict[str, Any]]:
        del state
        length = features[TrainEvalFeatures.VALUES].shape[1].value
        known = {name: each[:, :length] for name, each in features.items()}
        following = {name: each[:, length:] for name, each in features.items() if name != TrainEvalFeatures.VALUES}
        with tf.variable_scope('model', use_resource=True):
            filtered = self.model.define_loss(known, tf.estimator.ModeKeys.EVAL)
        with tf.variable_scope(tf.get_variable_scope(), reuse=True):
            predictions = self._ahead(following, filtered.end_state)
        return predictions, {SavedModelLabels.PREDICT: tf.estimator.export.PredictOutput(dict(predictions))}


class _ColdStart(tf.estimator.export.PredictOutput):
    """A signature that takes no state."""

    def as_signature_def(self, receiver_tensors: dict[str, tf.Tensor]) -> object:
        """Returns the signature from times, values and exogenous features."""
        given = {name: each for name, each in receiver_tensors.items() if not name.startswith(State.STATE_PREFIX)}
        return super().as_signature_def(given)


def state_to_dictionary(state_tuple: Any) -> dict[str, tf.Tensor]:
    """Returns the tensors of a state, in order, as 'model_state_00', 'model_state_01', ..."""
    return {f'{FilteringFeatures.STATE_PREFIX}_{i:02d}': each for i, each in enumerate(tf.nest.flatten(state_tuple))}


def _last(name: str, value: tf.Tensor) -> tuple[tf.Tensor, tf.Operation]:
    """Returns a metric that is the value of the last batch."""
    variable = tf.Variable(
        tf.zeros([0], value.dtype),
        trainable=False,
        validate_shape=False,
        collections=[tf.GraphKeys.LOCAL_VARIABLES],
        name=f'{name}_identity_metric',
        use_resource=False,
    )
    update = tf.assign(variable, value, validate_shape=False)
    return variable.read_value(), update
