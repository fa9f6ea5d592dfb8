"""The bases of models of time series."""

from __future__ import annotations

import abc
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import PredictionFeatures, TrainEvalFeatures
from tf1.contrib.timeseries.python.timeseries.statistics import InputStatistics


class ModelOutputs(NamedTuple):
    """What a model makes of a batch.

    Attributes:
      loss: a scalar.
      end_state: a tuple of tensors.
      predictions: by name, each `[batch, times, ...]`.
      prediction_times: of the predictions, `[batch, times]`.
    """

    loss: tf.Tensor
    end_state: Any
    predictions: dict[str, tf.Tensor]
    prediction_times: tf.Tensor


class TimeSeriesModel(abc.ABC):
    """The base of models.

    Args:
      num_features: numbers of an observation.
      exogenous_feature_columns: what to make of exogenous features, columns of `tf.feature_column` or of
        `tf.contrib.layers`; None for none.
      dtype: of the values.
    """

    def __init__(
        self, num_features: int, exogenous_feature_columns: Iterable[Any] | None = None, dtype: tf.DType = tf.float32
    ):
        self.num_features = num_features
        self.dtype = dtype
        self._exogenous_feature_columns = list(exogenous_feature_columns or ())
        self._input_statistics: InputStatistics | None = None
        self._stats_means = self._stats_sigmas = None

    @property
    def has_exogenous_features(self) -> bool:
        """Whether there are columns of exogenous features."""
        return bool(self._exogenous_feature_columns)

    def initialize_graph(self, input_statistics: InputStatistics | None = None) -> None:
        """Prepares the default graph, by the statistics of the observations."""
        self._graph = tf.get_default_graph()
        self._input_statistics = input_statistics
        if input_statistics is not None:
            self._stats_means = input_statistics.overall_feature_mean
            self._stats_sigmas = tf.sqrt(input_statistics.overall_feature_var)

    def define_loss(self, features: Mapping[str, tf.Tensor], mode: str) -> ModelOutputs:
        """Returns what the model makes of a batch, from its start state."""
        batch = tf.shape(features[TrainEvalFeatures.TIMES])[0]
        state = tf.nest.map_structure(
            lambda each: tf.tile(each[tf.newaxis], tf.concat([[batch], tf.ones([each.shape.rank], tf.int32)], 0)),
            self.get_start_state(),
        )
        return self.get_batch_loss(features, mode, state)

    @abc.abstractmethod
    def get_start_state(self) -> Any:
        """Returns the state before the first observation, a structure of tensors without an axis for the batch."""

    @abc.abstractmethod
    def get_batch_loss(self, features: Mapping[str, tf.Tensor], mode: str, state: Any) -> ModelOutputs:
        """Returns what the model makes of a batch, from a state."""

    @abc.abstractmethod
    def predict(self, features: Mapping[str, Any]) -> dict[str, tf.Tensor]:
        """Returns predictions for times, from a state among the features."""

    def _scale_data(self, data: tf.Tensor) -> tf.Tensor:
        """Returns observations less their mean, in units of their standard deviation."""
        return (data - self._stats_means) / self._stats_sigmas if self._input_statistics else data

    def _scale_variance(self, variance: tf.Tensor) -> tf.Tensor:
        return variance / self._input_statistics.overall_feature_var if self._input_statistics else variance

    def _scale_back_data(self, data: tf.Tensor) -> tf.Tensor:
        """Undoes `_scale_data`."""
        return data * self._stats_sigmas + self._stats_means if self._input_statistics else data

    def _scale_back_variance(self, variance: tf.Tensor) -> tf.Tensor:
        return variance * self._input_statistics.overall_feature_var if self._input_statistics else variance

    def _check_graph_initialized(self) -> None:
        if getattr(self, '_graph', None) is not tf.get_default_graph():
            raise ValueError('initialize_graph must be called in the default graph first.')

    def exogenous_placeholders(self, batch: int | None = None, length: int | None = None) -> dict[str, tf.Tensor]:
        """Returns placeholders for exogenous features by name, `[batch, length, ...]`."""
        found = {}
        for name, kind in tf.feature_column.make_parse_example_spec(self._exogenous_feature_columns).items():
            more = kind.shape if isinstance(kind, tf.FixedLenFeature) else [None]
            found[name] = tf.placeholder(kind.dtype, [batch, length, *more], name)
        return found

    def _exogenous_width(self) -> int:
        """Returns how many numbers exogenous features make together."""
        if not self.has_exogenous_features:
            return 0
        with tf.Graph().as_default():
            times = tf.placeholder(tf.int64, [1, 1])
            return self._process_exogenous_features(times, self.exogenous_placeholders(1, 1)).shape[2].value

    def _process_exogenous_features(self, times: tf.Tensor, features: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns exogenous features as one tensor, `[batch, times, any]`."""
        shape = tf.shape(times)
        columns = self._exogenous_feature_columns
        if not columns:
            return tf.zeros(tf.concat([shape, [0]], 0), self.dtype)
        own = (PredictionFeatures.STATE_TUPLE, TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES)
        flat = {
            name: tf.reshape(tensor, tf.concat([[-1], tf.shape(tensor)[2:]], 0) if tensor.shape.rank > 2 else [-1, 1])
            for name, tensor in features.items()
            if name not in own
        }
        for name, tensor in flat.items():
            tensor.set_shape([None, *features[name].shape[2:]] if features[name].shape.rank > 2 else [None, 1])
        is_core = any(hasattr(column, 'transform_feature') for column in columns)
        layer = tf.feature_column.input_layer if is_core else tf.contrib.layers.input_from_feature_columns
        made = tf.cast(layer(flat, columns), self.dtype)
        found = tf.reshape(made, tf.concat([shape, [made.shape[1].value]], 0))
        found.set_shape(times.shape.concatenate(made.shape[1:]))
        return found


class SequentialTimeSeriesModel(TimeSeriesModel):
    """The base of models that go through a series step by step.

    A subclass defines `_prediction_step`, `_filtering_step`, `_imputation_step` and `_exogenous_input_step`. In a step,
    times are `[batch]`, values `[batch, num_features]`, and a state is a structure of tensors with the batch in front.

    Args:
      train_output_names: keys of what `_filtering_step` returns beside its state; 'loss' may be left out.
      predict_output_names: keys of what `_prediction_step` returns beside its state.
      num_features: numbers of an observation.
      normalize_features: whether the steps see observations less their mean, in units of their standard deviation.
      dtype: of the values.
      exogenous_feature_columns: see `TimeSeriesModel`.
      exogenous_update_condition: function of the times and the exogenous features of a step that says which of the
        batch they change, `[batch]` bool; None for all.
      static_unrolling_window_size_threshold: has no effect.
    """

    def __init__(
        self,
        train_output_names: Sequence[str],
        predict_output_names: Sequence[str],
        num_features: int,
        normalize_features: bool = False,
        dtype: tf.DType = tf.float32,
        exogenous_feature_columns: Iterable[Any] | None = None,
        exogenous_update_condition: Callable | None = None,
        static_unrolling_window_size_threshold: int | None = None,
    ):
        del static_unrolling_window_size_threshold
        super().__init__(num_features, exogenous_feature_columns, dtype)
        self._train_names = [*train_output_names, *([] if 'loss' in train_output_names else ['loss'])]
        self._predict_names = list(predict_output_names)
        self._normalizes, self._condition = normalize_features, exogenous_update_condition

    def _prediction_step(self, current_times: tf.Tensor, state: Any) -> tuple[Any, dict[str, tf.Tensor]]:
        """Returns the state at a time, and predictions for it."""
        raise NotImplementedError

    def _filtering_step(
        self, current_times: tf.Tensor, current_values: tf.Tensor, state: Any, predictions: dict[str, tf.Tensor]
    ) -> tuple[Any, dict[str, tf.Tensor]]:
        """Returns the state after an observation, and outputs, with the 'loss' of each of the batch."""
        raise NotImplementedError

    def _imputation_step(self, current_times: tf.Tensor, state: Any) -> Any:
        """Returns the state moved across times without observations."""
        raise NotImplementedError

    def _exogenous_input_step(
        self, current_times: tf.Tensor, current_exogenous_regressors: tf.Tensor, state: Any
    ) -> Any:
        """Returns the state after exogenous features, `[batch, any]`."""
        raise NotImplementedError

    def _window_initializer(self, times: tf.Tensor, state: Any) -> None:
        """Prepares the steps through a window, before the first one.

        Args:
          times: of the window, `[batch, window]`.
          state: that it starts from.
        """

    def _scale_back_predictions(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Returns outputs in the unit of the observations; needed with `normalize_features`."""
        raise NotImplementedError

    def get_batch_loss(
        self,
        features: Mapping[str, tf.Tensor],
        mode: str,
        state: Any,
        after_step: Callable[[tf.Tensor, tf.Tensor, Any], tf.Operation] | None = None,
    ) -> ModelOutputs:
        """Returns what the model makes of a batch; its loss is the mean over all steps.

        Args:
          features: the batch.
          mode: one of `tf.estimator.ModeKeys`.
          state: that the batch starts from.
          after_step: what to do with the number of a step, its times `[batch]`, and the state after it.
        """
        del mode
        self._check_graph_initialized()
        times, values = features[TrainEvalFeatures.TIMES], tf.cast(features[TrainEvalFeatures.VALUES], self.dtype)
        observed = self._scale_data(values) if self._normalizes else values

        def step(i: tf.Tensor, now: tf.Tensor, state: Any) -> tuple[Any, dict[str, tf.Tensor]]:
            state, predictions = self._prediction_step(current_times=now, state=state)
            state, outputs = self._filtering_step(
                current_times=now, current_values=observed[:, i], state=state, predictions=predictions
            )
            if after_step is None:
                return state, outputs
            with tf.control_dependencies([after_step(i, now, state)]):
                return tf.nest.map_structure(tf.identity, state), outputs

        end, outputs = self._through(times, features, state, step, self._train_names)
        loss = tf.reduce_mean(outputs.pop('loss'))
        if self._normalizes:
            outputs = self._scale_back_predictions(outputs)
        return ModelOutputs(loss, end, {**outputs, 'observed': values}, times)

    def predict(self, features: Mapping[str, Any]) -> dict[str, tf.Tensor]:
        """Returns the outputs of `_prediction_step`, each `[batch, times, ...]`, and the times."""
        times = tf.cast(features[PredictionFeatures.TIMES], tf.int64)

        def step(i: tf.Tensor, now: tf.Tensor, state: Any) -> tuple[Any, dict[str, tf.Tensor]]:
            del i
            return self._prediction_step(current_times=now, state=state)

        state = features[PredictionFeatures.STATE_TUPLE]
        _, outputs = self._through(times, features, state, step, self._predict_names)
        outputs = self._scale_back_predictions(outputs) if self._normalizes else outputs
        return {**outputs, PredictionFeatures.TIMES: times}

    def _through(
        self, times: tf.Tensor, features: Mapping[str, Any], state: Any, step: Callable, names: Sequence[str]
    ) -> tuple[Any, dict[str, tf.Tensor]]:
        """Returns the state after all times, and the outputs of `step` by name, `[batch, times, ...]`."""
        structure = self.get_start_state()
        self._window_initializer(times, state)
        exogenous = self._process_exogenous_features(times, features) if self.has_exogenous_features else None
        shapes: dict[str, tf.TensorShape] = {}
        start = tf.nest.flatten(state)
        static = [each.shape for each in start]

        def body(i: tf.Tensor, flat: list[tf.Tensor], arrays: list[tf.TensorArray]) -> tuple:
            with tf.variable_scope('state_update_step'):
                return one_step(i, flat, arrays)

        def one_step(i: tf.Tensor, flat: list[tf.Tensor], arrays: list[tf.TensorArray]) -> tuple:
            now = times[:, i]
            state = self._imputation_step(current_times=now, state=tf.nest.pack_sequence_as(structure, flat))
            if exogenous is not None:
                state = self._with_exogenous(now, i, exogenous, features, state)
            state, outputs = step(i, now, state)
            if set(outputs) != set(names):
                raise ValueError(f'A step must return the outputs {sorted(names)}, got {sorted(outputs)}.')
            shapes.update((name, outputs[name].shape) for name in names)
            new = [tf.ensure_shape(each, shape) for each, shape in zip(tf.nest.flatten(state), static, strict=True)]
            written = [array.write(i, outputs[name]) for name, array in zip(names, arrays, strict=True)]
            return i + 1, new, written

        length = tf.shape(times)[1]
        empty = [tf.TensorArray(self.dtype, length) for _ in names]
        _, end, arrays = tf.while_loop(lambda i, *_: i < length, body, [tf.constant(0), start, empty])
        outputs = {}
        for name, array in zip(names, arrays, strict=True):
            stacked = array.stack()
            rank = shapes[name].rank
            outputs[name] = tf.transpose(stacked, [1, 0, *range(2, rank + 1)])
            outputs[name].set_shape([shapes[name][0], times.shape[1], *shapes[name][1:]])
        return tf.nest.pack_sequence_as(structure, end), outputs

    def _with_exogenous(
        self, now: tf.Tensor, i: tf.Tensor, exogenous: tf.Tensor, features: Mapping[str, Any], state: Any
    ) -> Any:
        new = self._exogenous_input_step(current_times=now, current_exogenous_regressors=exogenous[:, i], state=state)
        if self._condition is None:
            return new
        own = (PredictionFeatures.STATE_TUPLE, TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES)
        raw = {name: tensor[:, i] for name, tensor in features.items() if name not in own}
        changes = self._condition(now, raw)
        return tf.nest.map_structure(lambda one, other: tf.compat.v1.where(changes, one, other), new, state)
