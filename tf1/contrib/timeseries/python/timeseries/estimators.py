"""Estimators of time series."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.ar_model import ARModel, FlatPredictionModel
from tf1.contrib.timeseries.python.timeseries.feature_keys import State, TrainEvalFeatures
from tf1.contrib.timeseries.python.timeseries.head import TimeSeriesRegressionHead
from tf1.contrib.timeseries.python.timeseries.model import TimeSeriesModel
from tf1.contrib.timeseries.python.timeseries.state_management import (
    ChainingStateManager,
    FilteringOnlyStateManager,
    PassthroughStateManager,
)
from tf1.contrib.timeseries.python.timeseries.state_space_models.filtering_postprocessor import (
    StateInterpolatingAnomalyDetector,
)
from tf1.contrib.timeseries.python.timeseries.state_space_models.state_space_model import (
    StateSpaceModel,
    StateSpaceModelConfiguration,
)
from tf1.contrib.timeseries.python.timeseries.state_space_models.structural_ensemble import (
    MultiResolutionStructuralEnsemble,
)


class TimeSeriesRegressor(tf.estimator.Estimator):
    """An Estimator around a model of time series.

    Args:
      model: the model.
      state_manager: says which state a batch starts from; None for the model's start state.
      optimizer: a `tf.train.Optimizer`; None for Adam with a learning rate of 0.02.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a RunConfig; None for the default one.
      head_type: what makes of the model a specification for each mode.
    """

    def __init__(
        self,
        model: TimeSeriesModel,
        state_manager: Any = None,
        optimizer: tf.train.Optimizer | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
        head_type: Callable = TimeSeriesRegressionHead,
    ):
        self._model = model
        optimizer = optimizer or tf.train.AdamOptimizer(0.02)
        state_manager = state_manager or PassthroughStateManager()

        def model_fn(features: Any, labels: Any, mode: str) -> tf.estimator.EstimatorSpec:
            return head_type(model, state_manager, optimizer).create_estimator_spec(features, mode, labels)

        super().__init__(model_fn, model_dir, config)

    def build_raw_serving_input_receiver_fn(
        self, default_batch_size: int | None = None, default_series_length: int | None = None
    ) -> Callable[[], tf.estimator.export.ServingInputReceiver]:
        """Returns what `export_saved_model` takes: placeholders for times, values, and the model's state.

        Args:
          default_batch_size: series at once; None for any number.
          default_series_length: observations of a series; None for any number, which `ARModel` cannot filter.

        Raises:
          NotImplementedError: the model has exogenous features.
        """
        if self._model.has_exogenous_features:
            raise NotImplementedError(
                'exogenous_feature_columns must be None to export a model: signatures have times and values alone.'
            )

        def receiver() -> tf.estimator.export.ServingInputReceiver:
            shape = [default_batch_size, default_series_length]
            with tf.Graph().as_default():
                self._model.initialize_graph()
                start = [(each.dtype, each.shape.as_list()) for each in tf.nest.flatten(self._model.get_start_state())]
            placeholders = {
                TrainEvalFeatures.TIMES: tf.placeholder(tf.int64, shape, TrainEvalFeatures.TIMES),
                TrainEvalFeatures.VALUES: tf.placeholder(
                    self._model.dtype, [*shape, self._model.num_features], TrainEvalFeatures.VALUES
                ),
            }
            for i, (dtype, part) in enumerate(start):
                name = f'{State.STATE_PREFIX}_{i:02d}'
                placeholders[name] = tf.placeholder(dtype, [default_batch_size, *part], name)
            return tf.estimator.export.ServingInputReceiver(placeholders, placeholders)

        return receiver


class ARRegressor(TimeSeriesRegressor):
    """An autoregressive model, linear or with hidden layers.

    Args:
      periodicities: a period of the series in its unit of time, or several.
      input_window_size: observations that predictions come from.
      output_window_size: observations that are predicted at once.
      num_features: numbers of an observation.
      exogenous_feature_columns: see `TimeSeriesModel`.
      num_time_buckets: buckets that a period is divided into.
      loss: `ARModel.SQUARED_LOSS` or `ARModel.NORMAL_LIKELIHOOD_LOSS`.
      hidden_layer_sizes: units of hidden layers; None for none.
      anomaly_prior_probability: must be None.
      anomaly_distribution: has no effect.
      optimizer: a `tf.train.Optimizer`; None for Adagrad with a learning rate of 0.1.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a RunConfig; None for the default one.

    Raises:
      NotImplementedError: `anomaly_prior_probability` is given.
      ValueError: a period is not positive, or `loss` is none of these.
    """

    def __init__(
        self,
        periodicities: int | Sequence[int],
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        exogenous_feature_columns: Iterable[Any] | None = None,
        num_time_buckets: int = 10,
        loss: str = ARModel.NORMAL_LIKELIHOOD_LOSS,
        hidden_layer_sizes: Sequence[int] | None = None,
        anomaly_prior_probability: float | None = None,
        anomaly_distribution: str | None = None,
        optimizer: tf.train.Optimizer | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
    ):
        del anomaly_distribution
        if anomaly_prior_probability is not None:
            raise NotImplementedError(
                f'anomaly_prior_probability must be None, got {anomaly_prior_probability!r}: mixtures with anomalies '
                'are not covered.'
            )

        def make_model(**sizes: int) -> FlatPredictionModel:
            return FlatPredictionModel(hidden_layer_sizes=hidden_layer_sizes, **sizes)

        model = ARModel(
            periodicities,
            input_window_size,
            output_window_size,
            num_features,
            make_model,
            num_time_buckets,
            loss,
            exogenous_feature_columns,
        )
        optimizer = optimizer or tf.train.AdagradOptimizer(0.1)
        super().__init__(model, FilteringOnlyStateManager(), optimizer, model_dir, config)


class StateSpaceRegressor(TimeSeriesRegressor):
    """An Estimator around a linear state space model; see `TimeSeriesRegressor`.

    Args:
      model: the model.
      state_manager: says which state a batch starts from; None for those that earlier batches ended with.
      optimizer: see there.
      model_dir: see there.
      config: see there.
      head_type: see there.
    """

    def __init__(
        self,
        model: StateSpaceModel,
        state_manager: Any = None,
        optimizer: tf.train.Optimizer | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
        head_type: Callable = TimeSeriesRegressionHead,
    ):
        state_manager = state_manager or ChainingStateManager()
        super().__init__(model, state_manager, optimizer, model_dir, config, head_type)


class StructuralEnsembleRegressor(StateSpaceRegressor):
    """A structural model of series: level, trend, cycles, moving averages and autoregression.

    Args:
      periodicities: steps of a cycle, any positive number, or of several.
      num_features: numbers of an observation.
      cycle_num_latent_values: values that a cycle goes through, odd; one number or one for each cycle.
      moving_average_order: steps after which a deviation is forgotten.
      autoregressive_order: steps back of the autoregression.
      exogenous_feature_columns: see `TimeSeriesModel`.
      exogenous_update_condition: see `SequentialTimeSeriesModel`.
      dtype: of the values.
      anomaly_prior_probability: of an observation that is an anomaly, which changes the state less; None for none.
      optimizer: see `TimeSeriesRegressor`.
      model_dir: see there.
      config: see there.
      head_type: see there.

    Raises:
      ValueError: `cycle_num_latent_values` is even, or does not fit `periodicities`.
    """

    def __init__(
        self,
        periodicities: Any,
        num_features: int,
        cycle_num_latent_values: int | Sequence[int] = 11,
        moving_average_order: int = 4,
        autoregressive_order: int = 0,
        exogenous_feature_columns: Iterable[Any] | None = None,
        exogenous_update_condition: Callable | None = None,
        dtype: tf.DType = tf.float64,
        anomaly_prior_probability: float | None = None,
        optimizer: tf.train.Optimizer | None = None,
        model_dir: str | os.PathLike | None = None,
        config: tf.estimator.RunConfig | None = None,
        head_type: Callable = TimeSeriesRegressionHead,
    ):
        detector = None
        if anomaly_prior_probability is not None:
            detector = StateInterpolatingAnomalyDetector(anomaly_prior_probability=anomaly_prior_probability)
        configuration = StateSpaceModelConfiguration(
            num_features=num_features,
            dtype=dtype,
            filtering_postprocessor=detector,
            exogenous_feature_columns=list(exogenous_feature_columns or ()),
            exogenous_update_condition=exogenous_update_condition,
        )
        model = MultiResolutionStructuralEnsemble(
            cycle_num_latent_values,
            moving_average_order,
            autoregressive_order,
            periodicities,
            configuration=configuration,
        )
        super().__init__(model, None, optimizer, model_dir, config, head_type)
