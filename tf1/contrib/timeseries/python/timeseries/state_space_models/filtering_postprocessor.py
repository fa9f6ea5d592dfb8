"""What to make of observations that do not fit a model."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import tf1 as tf

_CAUCHY_SCALE = math.sqrt(math.e / (8 * math.pi))
"""Of the Cauchy distribution that has the entropy of the normal distribution."""


def cauchy_alternative_to_gaussian(
    current_times: tf.Tensor, current_values: tf.Tensor, outputs: dict[str, tf.Tensor]
) -> tf.Tensor:
    """Returns logarithms of densities `[batch]` by Cauchy distributions around predictions, of the same entropy.

    Args:
      current_times: have no effect.
      current_values: observations, `[batch, num_features]`.
      outputs: 'mean' `[batch, num_features]` and 'covariance' `[batch, num_features, num_features]`.
    """
    del current_times
    scale = tf.sqrt(tf.linalg.diag_part(outputs['covariance'])) * _CAUCHY_SCALE
    distance = (current_values - outputs['mean']) / scale
    return -tf.reduce_sum(tf.log(math.pi * scale) + tf.log1p(tf.square(distance)), -1)


class FilteringStepPostprocessor:
    """The base of what changes states after each observation."""

    @property
    def output_names(self) -> list[str]:
        """The keys that `process_filtering_step` adds to the outputs."""
        return []

    def process_filtering_step(
        self,
        current_times: tf.Tensor,
        current_values: tf.Tensor,
        predicted_state: Any,
        filtered_state: Any,
        outputs: dict[str, tf.Tensor],
    ) -> tuple[Any, dict[str, tf.Tensor]]:
        """Returns a state and outputs of the states before and after an observation."""
        raise NotImplementedError


class StateInterpolatingAnomalyDetector(FilteringStepPostprocessor):
    """Keeps the state as predicted, by as much as an observation is likely an anomaly.

    Args:
      anomaly_log_likelihood: gives logarithms of densities of anomalies, `[batch]`.
      anomaly_prior_probability: of an anomaly.
      responsibility_scaling: how sharply likely and unlikely differ.
    """

    def __init__(
        self,
        anomaly_log_likelihood: Callable = cauchy_alternative_to_gaussian,
        anomaly_prior_probability: float = 0.01,
        responsibility_scaling: float = 1.0,
    ):
        self._anomaly_log_likelihood = anomaly_log_likelihood
        self._prior, self._scaling = anomaly_prior_probability, responsibility_scaling

    @property
    def output_names(self) -> list[str]:
        """The logarithm of the odds that an observation is an anomaly."""
        return ['anomaly_score']

    def process_filtering_step(
        self,
        current_times: tf.Tensor,
        current_values: tf.Tensor,
        predicted_state: Any,
        filtered_state: Any,
        outputs: dict[str, tf.Tensor],
    ) -> tuple[Any, dict[str, tf.Tensor]]:
        """Returns a state between both, and outputs with its 'loss' and 'anomaly_score', `[batch]`."""
        is_anomaly = self._anomaly_log_likelihood(current_times, current_values, outputs) + math.log(self._prior)
        is_usual = outputs['log_likelihood'] + math.log(1 - self._prior)
        score = is_anomaly - is_usual
        usual = tf.sigmoid(-self._scaling * score)

        def between(predicted: tf.Tensor, filtered: tf.Tensor) -> tf.Tensor:
            if predicted.dtype.is_integer:
                return filtered
            weight = tf.reshape(usual, [-1] + [1] * (predicted.shape.rank - 1))
            return weight * filtered + (1 - weight) * predicted

        state = tf.nest.map_structure(between, predicted_state, filtered_state)
        loss = -(usual * is_usual + (1 - usual) * is_anomaly)
        return state, {**outputs, 'loss': loss, 'anomaly_score': score}
