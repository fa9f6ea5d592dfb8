"""Estimators of time series."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.ar_model import (
    AnomalyMixtureARModel,
    ARModel,
    FlatPredictionModel,
    LSTMPredictionModel,
)
from tf1.contrib.timeseries.python.timeseries.feature_keys import State, TrainEvalFeatures
from tf1.contrib.timeseries.python.timeseries.head import OneShotPredictionHead, TimeSeriesRegressionHead
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
from tf1.estimator.inside.canned.optimizers import get_optimizer_instance


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
        """

        def receiver() -> tf.estimator.export.ServingInputReceiver:
            shape = [default_batch_size, default_series_length]
            placeholders = {
                TrainEvalFeatures.TIMES: tf.placeholder(tf.int64, shape, TrainEvalFeatures.TIMES),
                TrainEvalFeatures.VALUES: tf.placeholder(
                    self._model.dtype, [*shape, self._model.num_features], TrainEvalFeatures.VALUES
                ),
                **self._model.exogenous_placeholders(*shape),
            }
            for name, (dtype, part) in self._start_state().items():
                placeholders[name] = tf.placeholder(dtype, [default_batch_size, *part], name)
            return tf.estimator.export.ServingInputReceiver(placeholders, placeholders)

        return receiver

    def build_one_shot_parsing_serving_input_receiver_fn(
        self,
        filtering_length: int,
        prediction_length: int,
        default_batch_size: int | None = None,
        values_input_dtype: tf.DType | None = None,
        truncate_values: bool = False,
    ) -> Callable[[], tf.estimator.export.ServingInputReceiver]:
        """Returns what `export_saved_model` takes with an `OneShotPredictionHead`: serialized `tf.Example`s, `[batch]`.

        Args:
          filtering_length: observations that predictions come from.
          prediction_length: times to predict; an example has the times and exogenous features of both.
          default_batch_size: examples at once; None for any number.
          values_input_dtype: of the values in examples, float32 or int64; None for the model's.
          truncate_values: whether examples have values for all times, of which the first `filtering_length` count.
        """

        def receiver() -> tf.estimator.export.ServingInputReceiver:
            examples = tf.placeholder(tf.string, [default_batch_size], 'input')
            times = filtering_length + prediction_length
            columns = self._model._exogenous_feature_columns
            spec: dict[str, Any] = {}
            for name, kind in tf.feature_column.make_parse_example_spec(columns).items():
                more = list(kind.shape) if isinstance(kind, tf.FixedLenFeature) else []
                spec[name] = tf.FixedLenFeature([times, *more], kind.dtype)
            spec[TrainEvalFeatures.TIMES] = tf.FixedLenFeature([times], tf.int64)
            length = times if truncate_values else filtering_length
            dtype = values_input_dtype or self._model.dtype
            spec[TrainEvalFeatures.VALUES] = tf.FixedLenFeature([length, self._model.num_features], dtype)
            features = tf.parse_example(examples, spec)
            values = features[TrainEvalFeatures.VALUES][:, :filtering_length]
            features[TrainEvalFeatures.VALUES] = tf.cast(values, self._model.dtype)
            batch = tf.shape(examples)[:1]
            for name, (state_dtype, part) in self._start_state().items():
                zeros = tf.zeros(tf.concat([batch, tf.constant(part, tf.int32)], 0), state_dtype)
                features[name] = tf.ensure_shape(zeros, [default_batch_size, *part])
            return tf.estimator.export.ServingInputReceiver(features, {'examples': examples})

        return receiver

    def _start_state(self) -> dict[str, tuple[tf.DType, list[int]]]:
        """Returns dtype and shape of each tensor of the model's state, without the batch, by its name in signatures."""
        with tf.Graph().as_default():
            self._model.initialize_graph()
            flat = tf.nest.flatten(self._model.get_start_state())
            return {f'{State.STATE_PREFIX}_{i:02d}': (each.dtype, each.shape.as_list()) for i, each in enumerate(flat)}


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
      anomaly_prior_probability: of an observation that is an anomaly, see `AnomalyMixtureARModel`; None for none.
      anomaly_distribution: of anomalies; None for `AnomalyMixtureARModel.GAUSSIAN_ANOMALY`.
      optimizer: a `tf.train.Optimizer`; None for Adagrad with a learning rate of 0.1.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      config: a RunConfig; None for the default one.

    Raises:
      ValueError: a period is not positive, `loss` is none of these, or it or `anomaly_distribution` does not fit
        `anomaly_prior_probability`.
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
        def make_model(**sizes: int) -> FlatPredictionModel:
            return FlatPredictionModel(hidden_layer_sizes=hidden_layer_sizes, **sizes)

        sizes = {
            'input_window_size': input_window_size,
            'output_window_size': output_window_size,
            'num_features': num_features,
            'prediction_model_factory': make_model,
            'num_time_buckets': num_time_buckets,
            'exogenous_feature_columns': exogenous_feature_columns,
        }
        if anomaly_prior_probability is None:
            if anomaly_distribution is not None:
                raise ValueError(
                    f'anomaly_distribution needs anomaly_prior_probability, got {anomaly_distribution!r} alone.'
                )
            model = ARModel(periodicities, loss=loss, **sizes)
        else:
            if loss != ARModel.NORMAL_LIKELIHOOD_LOSS:
                raise ValueError(
                    f"loss must be '{ARModel.NORMAL_LIKELIHOOD_LOSS}' with anomaly_prior_probability, got {loss!r}."
                )
            distribution = anomaly_distribution or AnomalyMixtureARModel.GAUSSIAN_ANOMALY
            model = AnomalyMixtureARModel(
                periodicities, anomaly_prior_probability, anomaly_distribution=distribution, **sizes
            )
        optimizer = optimizer or tf.train.AdagradOptimizer(0.1)
        super().__init__(model, FilteringOnlyStateManager(), optimizer, model_dir, config)


class LSTMAutoRegressor(TimeSeriesRegressor):
    """An autoregression by LSTMs, whose exports predict in one shot; see `ARRegressor`, `OneShotPredictionHead`.

    Args:
      periodicities: a period of the series in its unit of time, or several.
      input_window_size: observations that predictions come from.
      output_window_size: observations that are predicted at once.
      model_dir: see there.
      num_features: numbers of an observation.
      extra_feature_columns: see `TimeSeriesModel`.
      num_timesteps: buckets that a period is divided into.
      loss: `ARModel.SQUARED_LOSS` or `ARModel.NORMAL_LIKELIHOOD_LOSS`.
      num_units: of the LSTMs.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; with a learning rate of 0.01 by name.
      config: see there.
    """

    def __init__(
        self,
        periodicities: int | Sequence[int],
        input_window_size: int,
        output_window_size: int,
        model_dir: str | os.PathLike | None = None,
        num_features: int = 1,
        extra_feature_columns: Iterable[Any] | None = None,
        num_timesteps: int = 10,
        loss: str = ARModel.NORMAL_LIKELIHOOD_LOSS,
        num_units: int = 128,
        optimizer: Any = 'Adam',
        config: tf.estimator.RunConfig | None = None,
    ):
        model = ARModel(
            periodicities,
            input_window_size,
            output_window_size,
            num_features,
            functools.partial(LSTMPredictionModel, num_units=num_units),
            num_timesteps,
            loss,
            extra_feature_columns,
        )
        optimizer = get_optimizer_instance(optimizer, 0.01)
        super().__init__(model, FilteringOnlyStateManager(), optimizer, model_dir, config, OneShotPredictionHead)


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
