"""Autoregression: a window of observations predicts the next one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.feature_keys import (
    PredictionFeatures,
    PredictionResults,
    TrainEvalFeatures,
)
from tf1.contrib.timeseries.python.timeseries.model import ModelOutputs, TimeSeriesModel

_LEAST_VARIANCE = 1e-5


class FlatPredictionModel:
    """Fully connected layers from an input window to the mean and variance of an output window.

    Args:
      num_features: numbers of an observation.
      input_window_size: observations in the input window.
      output_window_size: observations in the output window.
      hidden_layer_sizes: units of the layers between; None for none.
    """

    def __init__(
        self,
        num_features: int,
        input_window_size: int,
        output_window_size: int,
        hidden_layer_sizes: Sequence[int] | None = None,
    ):
        del input_window_size
        self._shape = [-1, output_window_size, num_features]
        self._hidden = list(hidden_layer_sizes or ())

    def __call__(self, input_window_features: tf.Tensor, output_window_features: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns 'mean' and 'covariance', `[batch, output_window_size, num_features]`.

        Args:
          input_window_features: `[batch, input_window_size, any]`.
          output_window_features: `[batch, output_window_size, any]`.
        """
        units = self._shape[1] * self._shape[2]
        flat = [_flat(each) for each in (input_window_features, output_window_features)]
        net = tf.concat(flat, 1)
        with tf.variable_scope('flat_prediction_model', use_resource=True):
            with tf.variable_scope('sequential'):
                for i, size in enumerate(self._hidden):
                    net = tf.layers.dense(net, size, tf.nn.relu, name=f'dense_{i}' if i else 'dense')
            mean = tf.layers.dense(net, units, name='predicted_mean')
            log_variance = tf.layers.dense(net, units, name='log_sigma_square')
        return {'mean': tf.reshape(mean, self._shape), 'covariance': tf.reshape(tf.exp(log_variance), self._shape)}


class LSTMPredictionModel:
    """An LSTM that reads an input window, and another one that goes on with its state through the output window.

    Args:
      num_features: numbers of an observation.
      input_window_size: observations in the input window.
      output_window_size: observations in the output window.
      num_units: of each LSTM.
    """

    def __init__(self, num_features: int, input_window_size: int, output_window_size: int, num_units: int = 128):
        del input_window_size, output_window_size
        self._features, self._units = num_features, num_units

    def __call__(self, input_window_features: tf.Tensor, output_window_features: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns 'mean' and 'covariance', `[batch, output_window_size, num_features]`; see `FlatPredictionModel`."""
        # TF 1.15's name for the LSTMs' scope.
        scope = f'{tf.get_variable_scope().name}/'
        cells = [tf.nn.rnn_cell.LSTMCell(self._units, name=name) for name in ('encoder', 'decoder')]
        dtype = input_window_features.dtype
        _, state = tf.nn.dynamic_rnn(cells[0], input_window_features, dtype=dtype, scope=scope)
        outputs, _ = tf.nn.dynamic_rnn(cells[1], output_window_features, initial_state=state, scope=scope)
        with tf.variable_scope('lstm_prediction_model', use_resource=True):
            mean = tf.layers.dense(outputs, self._features, name='mean_transform')
            log_variance = tf.layers.dense(outputs, self._features, name='covariance_transform')
        return {'mean': mean, 'covariance': tf.exp(log_variance)}


class ARModel(TimeSeriesModel):
    """Predicts windows from the windows before them.

    Args:
      periodicities: a period of the series in its unit of time, or several.
      input_window_size: observations that predictions come from; 0 predicts from the times alone.
      output_window_size: observations that are predicted at once.
      num_features: numbers of an observation.
      prediction_model_factory: makes the model from the first to the second, of the three sizes by name.
      num_time_buckets: buckets that a period is divided into.
      loss: `SQUARED_LOSS` or `NORMAL_LIKELIHOOD_LOSS`.
      exogenous_feature_columns: see `TimeSeriesModel`.
    """

    SQUARED_LOSS = 'squared_loss'
    NORMAL_LIKELIHOOD_LOSS = 'normal_likelihood_loss'

    def __init__(
        self,
        periodicities: int | Sequence[int],
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        prediction_model_factory: Callable = FlatPredictionModel,
        num_time_buckets: int = 10,
        loss: str = NORMAL_LIKELIHOOD_LOSS,
        exogenous_feature_columns: Iterable[Any] | None = None,
    ):
        super().__init__(num_features, exogenous_feature_columns)
        self._periods = np.reshape(np.asarray(periodicities, np.int64), [-1])
        if (self._periods <= 0).any():
            raise ValueError(f'periodicities must be positive, got {periodicities!r}.')
        if loss not in (self.SQUARED_LOSS, self.NORMAL_LIKELIHOOD_LOSS):
            raise ValueError(f"loss must be '{self.SQUARED_LOSS}' or '{self.NORMAL_LIKELIHOOD_LOSS}', got {loss!r}.")
        self.input_window_size, self.output_window_size = input_window_size, output_window_size
        self.window_size = input_window_size + output_window_size
        self.loss = loss
        self._buckets = num_time_buckets
        self._make_model = prediction_model_factory

    def initialize_graph(self, input_statistics: Any = None) -> None:
        """Prepares the default graph."""
        super().initialize_graph(input_statistics)
        self._model = self._make_model(
            num_features=self.num_features,
            input_window_size=self.input_window_size,
            output_window_size=self.output_window_size,
        )

    def get_start_state(self) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Returns an input window: times, scaled values and exogenous features of 0."""
        size = self.input_window_size
        return (
            tf.zeros([size], tf.int64),
            tf.zeros([size, self.num_features], self.dtype),
            tf.zeros([size, self._exogenous_width()], self.dtype),
        )

    def get_batch_loss(self, features: Mapping[str, tf.Tensor], mode: str, state: Any) -> ModelOutputs:
        """Returns what the model makes of windows.

        To train they have the model's `window_size`; longer ones are evaluated one output window after the other, from
        their end, and the observations that are too few for another one stay out. The state does not matter: windows
        hold all that the model sees.

        Raises:
          ValueError: windows are shorter than `window_size`, or longer, to train.
        """
        times, values = features[TrainEvalFeatures.TIMES], tf.cast(features[TrainEvalFeatures.VALUES], self.dtype)
        exogenous = self._process_exogenous_features(times, features)
        scaled = self._scale_data(values)
        length = times.shape[1].value
        if length is None:
            raise ValueError(f'times must have a static shape, got {times.shape}.')
        if mode == tf.estimator.ModeKeys.TRAIN and length != self.window_size:
            raise ValueError(
                f'ARModel trains on windows of input_window_size + output_window_size, {self.input_window_size} + '
                f'{self.output_window_size}, got the shape {times.shape} for times; set window_size of the input '
                'function to their sum.'
            )
        if length < self.window_size:
            raise ValueError(
                f'ARModel requires a window of at least input_window_size + output_window_size, '
                f'{self.input_window_size} + {self.output_window_size}, got the shape {times.shape} for times.'
            )
        inputs, outputs = self.input_window_size, self.output_window_size
        number = (length - inputs) // outputs
        first = length - number * outputs - inputs
        places = first + outputs * np.arange(number)[:, np.newaxis] + np.arange(self.window_size)
        windows = [tf.reshape(tf.gather(each, places, axis=1), self._rows(each)) for each in (times, scaled, exogenous)]
        predicted = self._predicted(*windows)
        targets = windows[1][:, inputs:]
        if self.loss == self.SQUARED_LOSS and mode != tf.estimator.ModeKeys.TRAIN:
            # TF 1.15 evaluates squared errors in the unit of the observations.
            loss = self._loss_of(self._scale_back_data(targets), {'mean': self._scale_back_data(predicted['mean'])})
        else:
            loss = self._loss_of(targets, predicted)
        shape = [-1, number * outputs, self.num_features]
        observed = values[:, length - number * outputs :]
        predictions = {
            'mean': self._scale_back_data(tf.reshape(predicted['mean'], shape)),
            'covariance': self._scale_back_variance(tf.reshape(predicted['covariance'], shape)),
            'observed': observed,
        }
        end = tuple(each[:, length - inputs :] for each in (times, scaled, exogenous))
        return ModelOutputs(loss, end, predictions, times[:, length - number * outputs :])

    def predict(self, features: Mapping[str, Any]) -> dict[str, tf.Tensor]:
        """Returns 'mean' and 'covariance', `[batch, times, num_features]`, and the times.

        Each output window is predicted from the predictions of those before it.
        """
        times = tf.cast(features[PredictionFeatures.TIMES], tf.int64)
        state = features[PredictionFeatures.STATE_TUPLE]
        exogenous = self._process_exogenous_features(times, features)
        inputs, outputs = self.input_window_size, self.output_window_size
        length = tf.shape(times)[1]
        number = (length + outputs - 1) // outputs
        missing = number * outputs - length
        times_ahead = tf.pad(times, [[0, 0], [0, missing]])
        exogenous_ahead = tf.pad(exogenous, [[0, 0], [0, missing], [0, 0]])
        means = tf.TensorArray(self.dtype, number)
        covariances = tf.TensorArray(self.dtype, number)
        old = (tf.cast(state[0], tf.int64), tf.cast(state[1], self.dtype), tf.cast(state[2], self.dtype))
        old = tuple(each[:, tf.shape(each)[1] - inputs :] for each in old)

        def step(i: tf.Tensor, window: Any, means: Any, covariances: Any) -> Any:
            new_times = times_ahead[:, i * outputs : (i + 1) * outputs]
            new_exogenous = exogenous_ahead[:, i * outputs : (i + 1) * outputs]
            empty = tf.zeros(tf.stack([tf.shape(times)[0], outputs, self.num_features]), self.dtype)
            joined = [tf.concat(pair, 1) for pair in zip(window, (new_times, empty, new_exogenous), strict=True)]
            for each, last in zip(joined, ([], [self.num_features], [self._exogenous_width()]), strict=True):
                each.set_shape([None, self.window_size, *last])
            predicted = self._predicted(*joined)
            joined[1] = tf.concat([window[1], predicted['mean']], 1)
            kept = tuple(each[:, outputs:] for each in joined)
            return i + 1, kept, means.write(i, predicted['mean']), covariances.write(i, predicted['covariance'])

        shapes = [
            tf.TensorShape([None, inputs]),
            tf.TensorShape([None, inputs, self.num_features]),
            tf.TensorShape([None, inputs, self._exogenous_width()]),
        ]
        _, _, means, covariances = tf.while_loop(
            lambda i, *_: i < number,
            step,
            [0, old, means, covariances],
            [tf.TensorShape([]), tuple(shapes), tf.TensorShape(None), tf.TensorShape(None)],
        )
        stacked = [self._in_order(each, length) for each in (means, covariances)]
        if self.loss == self.SQUARED_LOSS:
            # Which learns no variances.
            stacked[1] = tf.ones_like(stacked[1])
        return {
            'mean': self._scale_back_data(stacked[0]),
            'covariance': self._scale_back_variance(stacked[1]),
            PredictionResults.TIMES: times,
        }

    def loss_op(self, targets: tf.Tensor, prediction_ops: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns the loss of scaled observations, a scalar; see `_loss_of`."""
        return self._loss_of(targets, prediction_ops)

    def _in_order(self, windows: tf.TensorArray, length: tf.Tensor) -> tf.Tensor:
        stacked = tf.transpose(windows.stack(), [1, 0, 2, 3])
        shape = tf.stack([tf.shape(stacked)[0], tf.shape(stacked)[1] * self.output_window_size, self.num_features])
        return tf.reshape(stacked, shape)[:, :length]

    def _rows(self, tensor: tf.Tensor) -> list[int]:
        return [-1, self.window_size, *tensor.shape[2:].as_list()]

    def _predicted(self, times: tf.Tensor, scaled: tf.Tensor, exogenous: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns the scaled mean and variance of the output part of windows, `[windows, window_size, ...]` each."""
        of_time = self._time_features(times)
        inputs = self.input_window_size
        before = [of_time[:, :inputs], scaled[:, :inputs], exogenous[:, :inputs]]
        after = [of_time[:, inputs:], exogenous[:, inputs:]]
        return self._model(tf.concat(before, 2), tf.concat(after, 2))

    def _time_features(self, times: tf.Tensor) -> tf.Tensor:
        """Returns how far each bucket of each period is filled, `[windows, window_size, periods * buckets]`.

        A time fills the bucket that it falls into by its place in it, in [0, 1), and the others by 0.
        """
        periods = tf.constant(self._periods)
        phase = tf.cast(times[:, :, tf.newaxis] % periods, self.dtype) * self._buckets / tf.cast(periods, self.dtype)
        place = tf.nn.relu(phase[:, :, :, tf.newaxis] - tf.range(self._buckets, dtype=self.dtype))
        filled = tf.where(place < 1, place, tf.zeros_like(place))
        return tf.reshape(filled, [-1, self.window_size, len(self._periods) * self._buckets])

    def _loss_of(self, targets: tf.Tensor, predicted: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns the mean over all numbers of their squared error, or of their negative log likelihood."""
        if self.loss == self.SQUARED_LOSS:
            errors = tf.math.squared_difference(predicted['mean'], targets)
        else:
            sigma = tf.sqrt(tf.maximum(predicted['covariance'], _LEAST_VARIANCE))
            errors = -_log_normal(targets, predicted['mean'], sigma)
        return tf.reduce_sum(errors) / tf.cast(tf.size(targets), self.dtype)


class AnomalyMixtureARModel(ARModel):
    """An autoregression in which some observations are anomalies, and have a wider distribution around predictions.

    Anomalies count less in the loss; predictions still come from windows that have them.

    Args:
      periodicities: see `ARModel`.
      anomaly_prior_probability: of an observation that is an anomaly.
      input_window_size: see `ARModel`.
      output_window_size: see `ARModel`.
      num_features: see `ARModel`.
      prediction_model_factory: see `ARModel`.
      anomaly_distribution: `GAUSSIAN_ANOMALY` or `CAUCHY_ANOMALY`.
      num_time_buckets: see `ARModel`.
      exogenous_feature_columns: see `TimeSeriesModel`.

    Raises:
      AssertionError: `anomaly_distribution` is none of these.
    """

    GAUSSIAN_ANOMALY = 'gaussian'
    CAUCHY_ANOMALY = 'cauchy'

    def __init__(
        self,
        periodicities: int | Sequence[int],
        anomaly_prior_probability: float,
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        prediction_model_factory: Callable = FlatPredictionModel,
        anomaly_distribution: str = GAUSSIAN_ANOMALY,
        num_time_buckets: int = 10,
        exogenous_feature_columns: Iterable[Any] | None = None,
    ):
        if anomaly_distribution not in (self.GAUSSIAN_ANOMALY, self.CAUCHY_ANOMALY):
            raise AssertionError(f"anomaly_distribution must be 'gaussian' or 'cauchy', got {anomaly_distribution!r}.")
        self._prior, self._distribution = anomaly_prior_probability, anomaly_distribution
        super().__init__(
            periodicities,
            input_window_size,
            output_window_size,
            num_features,
            prediction_model_factory,
            num_time_buckets,
            self.NORMAL_LIKELIHOOD_LOSS,
            exogenous_feature_columns,
        )

    def _predicted(self, times: tf.Tensor, scaled: tf.Tensor, exogenous: tf.Tensor) -> dict[str, tf.Tensor]:
        found = dict(super()._predicted(times, scaled, exogenous))
        width = tf.get_variable('anomaly_log_param', [], self.dtype, tf.zeros_initializer(self.dtype))
        found['anomaly_log_param'] = tf.convert_to_tensor(width)
        return found

    def _loss_of(self, targets: tf.Tensor, predicted: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """Returns the mean of the negative log likelihood of the mixture; see `ARModel`."""
        mean, width = predicted['mean'], predicted['anomaly_log_param']
        sigma = tf.sqrt(tf.maximum(predicted['covariance'], _LEAST_VARIANCE))
        usual = _log_normal(targets, mean, sigma) + math.log(1 - self._prior)
        if self._distribution == self.GAUSSIAN_ANOMALY:
            anomaly = _log_normal(targets, mean, tf.exp(width / 2))
        else:
            scale = tf.exp(width)
            anomaly = -tf.log(math.pi * scale) - tf.log1p(tf.square((targets - mean) / scale))
        likelihood = tf.reduce_logsumexp(tf.stack([usual, anomaly + math.log(self._prior)]), 0)
        return -tf.reduce_sum(likelihood) / tf.cast(tf.size(targets), self.dtype)


def _log_normal(values: tf.Tensor, mean: tf.Tensor, sigma: tf.Tensor) -> tf.Tensor:
    """Returns what TF 1.15 took for the log likelihood: the logarithm of sigma counts by half."""
    return -0.5 * (tf.square((values - mean) / sigma) + math.log(2 * math.pi) + tf.log(sigma))


def _flat(tensor: tf.Tensor) -> tf.Tensor:
    return tf.reshape(tensor, [-1, tensor.shape[1].value * tensor.shape[2].value])
