"""Values that repeat in cycles."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.state_space_models.state_space_model import (
    DEFAULTS,
    StateSpaceModel,
    StateSpaceModelConfiguration,
)


class CycleStateSpaceModel(StateSpaceModel):
    """N values, one of which is observed at each step, in a circle.

    Their sum is 0, so that the state holds N - 1 of them. Noise changes the one that is observed.

    Args:
      periodicity: N.
      configuration: how the model is built.
    """

    def __init__(self, periodicity: int, configuration: StateSpaceModelConfiguration = DEFAULTS):
        self._values = periodicity
        super().__init__(configuration)

    def get_state_transition(self) -> tf.Tensor:
        """Returns `[N - 1, N - 1]`: each value moves one place on."""
        size = self._values - 1
        moved = np.eye(size, k=-1)
        moved[0] = -1
        return tf.constant(moved, self.dtype)

    def get_noise_transform(self) -> tf.Tensor:
        """Returns `[N - 1, 1]`: the first value."""
        return tf.one_hot([0], self._values - 1, axis=0, dtype=self.dtype)

    def get_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns the first value alone."""
        del times
        return tf.one_hot(0, self._values - 1, dtype=self.dtype)


class ResolutionCycleModel(CycleStateSpaceModel):
    """N values in a circle of any length, smoothly between them.

    Args:
      num_latent_values: N, an odd number.
      periodicity: steps of a whole circle, any positive number.
      near_integer_threshold: has no effect.
      configuration: how the model is built.

    Raises:
      ValueError: N is even.
    """

    def __init__(
        self,
        num_latent_values: int,
        periodicity: Any,
        near_integer_threshold: float = 1e-8,
        configuration: StateSpaceModelConfiguration = DEFAULTS,
    ):
        del near_integer_threshold
        if num_latent_values % 2 != 1:
            raise ValueError(f'cycle_num_latent_values must be odd, got {num_latent_values}.')
        self._periodicity = periodicity
        super().__init__(num_latent_values, configuration)

    def get_state_transition(self) -> tf.Tensor:
        """Returns `[N - 1, N - 1]`: values move N / periodicity places on.

        Between places a value is that of the curve of fewest waves through all.
        """
        values = self._values
        shift = tf.cast(values / tf.cast(self._periodicity, self.dtype), self.dtype)
        places = np.arange(values)
        distances = tf.constant(places[:, np.newaxis] - places, self.dtype) - shift
        waves = tf.constant(np.arange(1, values // 2 + 1), self.dtype) * (2 * math.pi / values)
        moved = (1 + 2 * tf.reduce_sum(tf.cos(distances[..., tf.newaxis] * waves), -1)) / values
        return moved[:-1, :-1] - moved[:-1, -1:]
