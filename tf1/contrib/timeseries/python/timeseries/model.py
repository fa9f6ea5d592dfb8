"""The base of models of time series."""

from __future__ import annotations

import abc
from collections.abc import Iterable, Mapping
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

    def _process_exogenous_features(self, times: tf.Tensor, features: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns exogenous features as one tensor, `[batch, times, any]`."""
        shape = tf.shape(times)
        columns = self._exogenous_feature_columns
        if not columns:
            return tf.zeros(tf.concat([shape, [0]], 0), self.dtype)
        own = (PredictionFeatures.STATE_TUPLE, TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES)
        flat = {
            name: tf.reshape(tensor, [-1, *(tensor.shape[2:].as_list() or [1])])
            for name, tensor in features.items()
            if name not in own
        }
        is_core = any(hasattr(column, 'transform_feature') for column in columns)
        layer = tf.feature_column.input_layer if is_core else tf.contrib.layers.input_from_feature_columns
        made = tf.cast(layer(flat, columns), self.dtype)
        found = tf.reshape(made, tf.concat([shape, [made.shape[1].value]], 0))
        found.set_shape(times.shape.concatenate(made.shape[1:]))
        return found
