"""Bases of linear state space models.

A state moves by `state[t] = transition * state[t - 1] + noise_transform * noise[t]`, with Gaussian noise, and is seen
by `observation[t] = observation_model * state[t] + observation_noise[t]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries import covariances
from tf1.contrib.timeseries.python.timeseries.model import ModelOutputs, SequentialTimeSeriesModel
from tf1.contrib.timeseries.python.timeseries.state_space_models import kalman_filter
from tf1.contrib.timeseries.python.timeseries.statistics import InputStatistics

_LEAST_VARIANCE = 1e-5


class StateSpaceModelConfiguration(NamedTuple):
    """How state space models are built.

    Attributes:
      num_features: numbers of an observation.
      use_observation_noise: whether observations have noise of their own.
      dtype: of the values.
      covariance_prior_fn: gives the logarithm of the prior of a covariance matrix; None for no prior.
      bayesian_prior_weighting: whether the prior counts as much as one observation of the series.
      filtering_postprocessor: changes what each observation makes of the state; None for nothing.
      trainable_start_state: whether training changes the state before the first observation.
      exogenous_noise_increases: whether exogenous features move the state and add noise to it.
      exogenous_noise_decreases: must be False.
      exogenous_feature_columns: see `TimeSeriesModel`.
      exogenous_update_condition: see `SequentialTimeSeriesModel`.
      filtering_maximum_posterior_variance_ratio: of the largest variance of a state to the smallest.
      filtering_minimum_posterior_variance: the smallest variance of a state.
      transition_covariance_initial_log_scale_bias: the logarithm of the noise of transitions to that of observations
        from which training starts.
      static_unrolling_window_size_threshold: has no effect.
    """

    num_features: int = 1
    use_observation_noise: bool = True
    dtype: tf.DType = tf.float32
    covariance_prior_fn: Callable[[tf.Tensor], tf.Tensor] | None = covariances.log_noninformative_covariance_prior
    bayesian_prior_weighting: bool = True
    filtering_postprocessor: Any = None
    trainable_start_state: bool = False
    exogenous_noise_increases: bool = True
    exogenous_noise_decreases: bool = False
    exogenous_feature_columns: Sequence[Any] = ()
    exogenous_update_condition: Callable | None = None
    filtering_maximum_posterior_variance_ratio: float = 1e6
    filtering_minimum_posterior_variance: float = 0.0
    transition_covariance_initial_log_scale_bias: float = -5.0
    static_unrolling_window_size_threshold: int | None = None


DEFAULTS = StateSpaceModelConfiguration()
"""The configuration of models that get none."""

State = tuple[tf.Tensor, tf.Tensor, tf.Tensor]
"""Mean `[batch, size]`, covariance `[batch, size, size]` and time `[batch]`."""


class StateSpaceModel(SequentialTimeSeriesModel):
    """A linear state space model.

    A subclass defines `get_state_transition`, `get_noise_transform` and `get_observation_model`.

    Args:
      configuration: how it is built.

    Raises:
      NotImplementedError: exogenous features are to decrease noise.
    """

    def __init__(self, configuration: StateSpaceModelConfiguration):
        if configuration.exogenous_noise_decreases:
            raise NotImplementedError(
                'exogenous_noise_decreases must be False: exogenous features as observations are not covered.'
            )
        self._configuration = configuration
        postprocessor = configuration.filtering_postprocessor
        more = postprocessor.output_names if postprocessor is not None else []
        super().__init__(
            ['mean', 'covariance', 'log_likelihood', *more],
            ['mean', 'covariance'],
            configuration.num_features,
            True,
            configuration.dtype,
            configuration.exogenous_feature_columns,
            configuration.exogenous_update_condition,
        )
        self.prior_state_mean = self.prior_state_var = self.state_transition_noise_covariance = None
        self._observation_noise_covariance: Any = None

    def get_state_transition(self) -> tf.Tensor:
        """Returns how a state becomes the next one, `[size, size]`."""
        raise NotImplementedError

    def get_noise_transform(self) -> tf.Tensor:
        """Returns what noise does to a state, `[size, noise size]`."""
        raise NotImplementedError

    def get_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns what is seen of a state, `[size]`, `[num_features, size]` or `[batch, num_features, size]`.

        Args:
          times: `[batch]`.
        """
        raise NotImplementedError

    def get_broadcasted_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns `get_observation_model` as `[batch, num_features, size]`."""
        seen = tf.convert_to_tensor(self.get_observation_model(times), self.dtype)
        shape = tf.stack([tf.shape(times)[0], self.num_features, tf.shape(seen)[-1]])
        found = tf.broadcast_to(seen, shape)
        found.set_shape([None, self.num_features, seen.shape[-1]])
        return found

    def initialize_graph(self, input_statistics: InputStatistics | None = None) -> None:
        """Makes the variables of a model that stands alone or at the top of others."""
        self._set_input_statistics(input_statistics)
        noise = self._configuration.use_observation_noise
        tradeoff = None
        if noise:
            bias = -self._configuration.transition_covariance_initial_log_scale_bias
            start = tf.constant_initializer(bias, self.dtype)
            name = 'observation_transition_tradeoff_log_scale'
            tradeoff = tf.convert_to_tensor(tf.get_variable(name, [], self.dtype, start))
        self._define_parameters(tradeoff)
        self._observation_noise_covariance = tf.zeros([self.num_features, self.num_features], self.dtype)
        if noise:
            self._observation_noise_covariance = self.get_observation_noise_covariance() * tf.exp(tradeoff)
        self.prior_state_mean = tf.convert_to_tensor(self.get_prior_mean())
        self.prior_state_var = self.get_prior_covariance()

    def get_start_state(self) -> State:
        """Returns the state before the first observation, without an axis for the batch."""
        known = self._input_statistics
        time = known.start_time if known is not None else tf.zeros([], tf.int64)
        return self.prior_state_mean, self.prior_state_var, time - 1

    def get_prior_mean(self) -> tf.Tensor:
        """Returns the mean of the state before the first observation, `[size]`."""
        size = self.get_state_transition().shape[0].value
        trains = self._configuration.trainable_start_state
        return tf.convert_to_tensor(tf.get_variable('prior_state_mean', [size], self.dtype, trainable=trains))

    def get_prior_covariance(self) -> tf.Tensor:
        """Returns the covariance of the state before the first observation, `[size, size]`."""
        size = self.get_state_transition().shape[0].value
        if self._configuration.trainable_start_state:
            return covariances.variable_covariance_matrix(size, 'prior_state_var', self.dtype)
        return tf.eye(size, dtype=self.dtype)

    def get_observation_noise_covariance(self, minimum_initial_variance: float = _LEAST_VARIANCE) -> tf.Tensor:
        """Returns the covariance of the noise of observations, `[num_features, num_features]`."""
        start = None
        if self._input_statistics is not None:
            start = tf.maximum(self._scaled_start_variance(), minimum_initial_variance)
        return covariances.variable_covariance_matrix(
            self.num_features, 'observation_noise_covariance', self.dtype, start
        )

    def get_state_transition_noise_covariance(self, minimum_initial_variance: float = _LEAST_VARIANCE) -> tf.Tensor:
        """Returns the covariance of the noise of transitions, `[noise size, noise size]`."""
        return self._noise_covariance(self._initial_noise_scale(minimum_initial_variance, per_observation=True))

    def _noise_covariance(self, overall_scale_log: Any) -> tf.Tensor:
        size = self.get_noise_transform().shape[1].value
        return covariances.variable_covariance_matrix(
            size, 'state_transition_noise', self.dtype, None, overall_scale_log
        )

    def _initial_noise_scale(self, least: float, per_observation: bool) -> Any:
        """Returns the logarithm of the noise that transitions start from."""
        if self._input_statistics is None:
            return 0.0
        variance = tf.reduce_mean(self._scaled_start_variance())
        if per_observation:
            variance /= tf.cast(self._input_statistics.total_observation_count, self.dtype)
        return tf.log(tf.maximum(variance, least))

    def _scaled_start_variance(self) -> tf.Tensor:
        return self._scale_variance(self._input_statistics.series_start_variance)

    def _set_input_statistics(self, input_statistics: InputStatistics | None) -> None:
        super().initialize_graph(input_statistics)

    def _define_parameters(self, observation_transition_tradeoff_log: tf.Tensor | None = None) -> None:
        """Makes the variables of the transitions' noise, which shrinks by the exponential of the argument."""
        covariance = self.get_state_transition_noise_covariance()
        if observation_transition_tradeoff_log is None:
            log_scale: Any = self._configuration.transition_covariance_initial_log_scale_bias
        else:
            log_scale = -observation_transition_tradeoff_log
        self.state_transition_noise_covariance = covariance * tf.exp(tf.cast(log_scale, self.dtype))

    def get_batch_loss(
        self,
        features: Mapping[str, tf.Tensor],
        mode: str,
        state: Any,
        after_step: Callable[[tf.Tensor, tf.Tensor, Any], tf.Operation] | None = None,
    ) -> ModelOutputs:
        """Returns what the model makes of a batch; to train, its loss counts the priors of the covariances."""
        outputs = super().get_batch_loss(features, mode, state, after_step)
        if mode != tf.estimator.ModeKeys.TRAIN:
            return outputs
        return outputs._replace(loss=outputs.loss + self._loss_additions())

    def _loss_additions(self) -> tf.Tensor:
        prior = self._configuration.covariance_prior_fn
        if prior is None:
            return tf.zeros([], self.dtype)
        found = -sum(prior(each) for each in self._covariances())
        if self._configuration.bayesian_prior_weighting and self._input_statistics is not None:
            found /= tf.cast(self._input_statistics.total_observation_count, self.dtype)
        return found

    def _covariances(self) -> list[tf.Tensor]:
        """Returns the covariances that have a prior."""
        seen = self._observation_noise_covariance
        has_noise = seen is not None and self._configuration.use_observation_noise
        return [self.state_transition_noise_covariance, *([seen] if has_noise else [])]

    def _window_initializer(self, times: tf.Tensor, state: State) -> None:
        """Prepares the steps of a window: transition and noise, once for each distance of two times."""
        before = tf.concat([state[2][:, tf.newaxis], times[:, :-1]], 1)
        self._distances, _ = tf.unique(tf.reshape(times - before, [-1]))
        self._across = self._powers_and_sums(tf.maximum(self._distances, 0))

    def _one_step_noise(self) -> tf.Tensor:
        transform = self.get_noise_transform()
        moved = tf.matmul(transform, self.state_transition_noise_covariance)
        return tf.matmul(moved, transform, transpose_b=True)

    def _powers_and_sums(self, steps: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns the transition over numbers of steps, and the noise that they add, each `[numbers, size, size]`.

        By squares: the noise of m and then 2^b steps is that of 2^b steps, and that of m moved 2^b steps on.
        """
        transition = self.get_state_transition()
        size = transition.shape[0].value
        number = tf.shape(steps)[0]
        powers = tf.eye(size, batch_shape=[number], dtype=self.dtype)
        sums = tf.zeros(tf.stack([number, size, size]), self.dtype)

        def step(left: tf.Tensor, powers: tf.Tensor, sums: tf.Tensor, power: tf.Tensor, noise: tf.Tensor) -> tuple:
            is_odd = tf.equal(left % 2, 1)
            wide = tf.broadcast_to(power, tf.shape(powers))
            moved = tf.matmul(tf.matmul(wide, sums), wide, transpose_b=True) + noise
            powers = tf.where(is_odd, tf.matmul(wide, powers), powers)
            sums = tf.where(is_odd, moved, sums)
            noise += tf.matmul(tf.matmul(power, noise), power, transpose_b=True)
            return left // 2, powers, sums, tf.matmul(power, power), noise

        start = (steps, powers, sums, transition, self._one_step_noise())
        wide = tf.TensorShape([None, size, size])
        shapes = (steps.shape, wide, wide, transition.shape, transition.shape)
        _, powers, sums, _, _ = tf.while_loop(lambda left, *_: tf.reduce_any(left > 0), step, start, shapes)
        return powers, sums

    def transition_to_powers(self, powers: tf.Tensor) -> tf.Tensor:
        """Returns the transition over numbers of steps, `[numbers, size, size]`."""
        return self._powers_and_sums(tf.cast(powers, tf.int64))[0]

    def transition_power_noise_accumulator(self, num_steps: tf.Tensor) -> tf.Tensor:
        """Returns the noise that numbers of steps add, `[numbers, size, size]`."""
        return self._powers_and_sums(tf.cast(num_steps, tf.int64))[1]

    def _imputation_step(self, current_times: tf.Tensor, state: State) -> State:
        mean, covariance, time = state
        distance = (current_times - time)[:, tf.newaxis]
        place = tf.argmax(tf.cast(tf.equal(distance, self._distances), tf.int32), 1, output_type=tf.int32)
        powers, sums = (tf.gather(each, place) for each in self._across)
        covariance = tf.matmul(tf.matmul(powers, covariance), powers, transpose_b=True) + sums
        return tf.linalg.matvec(powers, mean), covariance, current_times

    def _prediction_step(self, current_times: tf.Tensor, state: State) -> tuple[State, dict[str, tf.Tensor]]:
        mean, covariance, _ = state
        seen = self.get_broadcasted_observation_model(current_times)
        predicted = kalman_filter.observed_from_state(mean, covariance, seen, self._observation_noise_covariance)
        return state, {'mean': predicted[0], 'covariance': predicted[1]}

    def _filtering_step(
        self, current_times: tf.Tensor, current_values: tf.Tensor, state: State, predictions: dict[str, tf.Tensor]
    ) -> tuple[State, dict[str, tf.Tensor]]:
        predicted = predictions['mean'], predictions['covariance']
        seen = self.get_broadcasted_observation_model(current_times)
        noise = self._observation_noise_covariance
        mean, covariance = kalman_filter.posterior(*state[:2], current_values, seen, predicted, noise)
        covariance = covariances.clip_covariance(
            covariance,
            self._configuration.filtering_maximum_posterior_variance_ratio,
            self._configuration.filtering_minimum_posterior_variance,
        )
        likelihood = kalman_filter.log_likelihood(current_values, predicted)
        outputs = {**predictions, 'log_likelihood': likelihood, 'loss': -likelihood}
        filtered = (mean, covariance, current_times)
        postprocessor = self._configuration.filtering_postprocessor
        if postprocessor is None:
            return filtered, outputs
        return postprocessor.process_filtering_step(current_times, current_values, state, filtered, outputs)

    def _exogenous_input_step(
        self, current_times: tf.Tensor, current_exogenous_regressors: tf.Tensor, state: State
    ) -> State:
        del current_times
        if not self._configuration.exogenous_noise_increases:
            return state
        mean, covariance, time = state
        size = mean.shape[1].value
        with tf.variable_scope('exogenous_noise_increasing_mean'):
            moved = tf.contrib.layers.fully_connected(current_exogenous_regressors, size, activation_fn=None)
        with tf.variable_scope('exogenous_noise_increasing_covariance'):
            added = covariances.transform_to_covariance_matrices(current_exogenous_regressors, size)
        return mean + moved, covariance + added, time

    def _scale_back_predictions(self, predictions: Mapping[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Returns outputs in the unit of the observations.

        As in TF 1.15, columns of the covariance are scaled by the variances of their features, and rows not at all.
        """
        found = dict(predictions)
        found['mean'] = self._scale_back_data(found['mean'])
        found['covariance'] = self._scale_back_variance(found['covariance'])
        return found


class StateSpaceEnsemble(StateSpaceModel):
    """The base of models made of others, whose states stand one after the other.

    Args:
      ensemble_members: the others.
      configuration: how it is built.
    """

    def __init__(self, ensemble_members: Sequence[StateSpaceModel], configuration: StateSpaceModelConfiguration):
        self._ensemble_members = list(ensemble_members)
        self._names = self._member_names()
        super().__init__(configuration)

    def _member_names(self) -> list[str]:
        """Returns what the names of the members' variables begin with."""
        return [f'member{i}' for i in range(len(self._ensemble_members))]

    def _set_input_statistics(self, input_statistics: InputStatistics | None) -> None:
        super()._set_input_statistics(input_statistics)
        for member in self._ensemble_members:
            member._set_input_statistics(input_statistics)

    def _define_parameters(self, observation_transition_tradeoff_log: tf.Tensor | None = None) -> None:
        for member, name in zip(self._ensemble_members, self._names, strict=True):
            with tf.variable_scope(name):
                member._define_parameters(observation_transition_tradeoff_log)
        self._define_noise(observation_transition_tradeoff_log)

    def _define_noise(self, observation_transition_tradeoff_log: tf.Tensor | None) -> None:
        super()._define_parameters(observation_transition_tradeoff_log)

    def _covariances(self) -> list[tf.Tensor]:
        members = [each for member in self._ensemble_members for each in member._covariances()]
        return [*super()._covariances(), *members]

    def get_state_transition(self) -> tf.Tensor:
        """Returns the transitions of the members along the diagonal."""
        return covariances.block_diagonal([member.get_state_transition() for member in self._ensemble_members])

    def get_noise_transform(self) -> tf.Tensor:
        """Returns what noise does to the members, along the diagonal."""
        return covariances.block_diagonal([member.get_noise_transform() for member in self._ensemble_members])

    def get_broadcasted_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns what is seen of the members, one beside the other: observations are their sum."""
        return tf.concat([each.get_broadcasted_observation_model(times) for each in self._ensemble_members], -1)

    def get_prior_mean(self) -> tf.Tensor:
        """Returns the means of the members, one after the other."""
        found = []
        for member, name in zip(self._ensemble_members, self._names, strict=True):
            with tf.variable_scope(name):
                found.append(member.get_prior_mean())
        return tf.concat(found, 0)


class StateSpaceIndependentEnsemble(StateSpaceEnsemble):
    """Models whose noise is independent, and whose sum is observed."""

    def _define_noise(self, observation_transition_tradeoff_log: tf.Tensor | None) -> None:
        del observation_transition_tradeoff_log
        noises = [member.state_transition_noise_covariance for member in self._ensemble_members]
        self.state_transition_noise_covariance = covariances.block_diagonal(noises)

    def _one_step_noise(self) -> tf.Tensor:
        return covariances.block_diagonal([member._one_step_noise() for member in self._ensemble_members])


class StateSpaceCorrelatedFeaturesEnsemble(StateSpaceEnsemble):
    """One model for each feature of a series; the noise of all together has one covariance matrix."""

    def _member_names(self) -> list[str]:
        return [f'feature{i}' for i in range(len(self._ensemble_members))]

    def _one_step_noise(self) -> tf.Tensor:
        # As in TF 1.15, one member alone moves by its own noise; that of the ensemble counts in the prior.
        alone = len(self._ensemble_members) == 1
        return self._ensemble_members[0]._one_step_noise() if alone else super()._one_step_noise()

    def get_broadcasted_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns what is seen of the members along the diagonal: each is one feature."""
        return covariances.block_diagonal(
            [each.get_broadcasted_observation_model(times) for each in self._ensemble_members]
        )
