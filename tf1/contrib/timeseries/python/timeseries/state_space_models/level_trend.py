"""A level that moves by a slope."""

from __future__ import annotations

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.state_space_models.state_space_model import (
    DEFAULTS,
    StateSpaceModel,
    StateSpaceModelConfiguration,
)


class AdderStateSpaceModel(StateSpaceModel):
    """A level and a slope, which is added to it at each step; the level is observed.

    Args:
      use_level_noise: whether the level has noise of its own.
      configuration: how the model is built.
    """

    def __init__(
        self,
        use_level_noise: bool = True,
        configuration: StateSpaceModelConfiguration = DEFAULTS,
    ):
        self._use_level_noise = use_level_noise
        super().__init__(configuration)

    def get_prior_mean(self) -> tf.Tensor:
        """Returns the mean before the first observation: the level of the start of the series, no slope."""
        trains = self._configuration.trainable_start_state
        name, zeros = 'prior_state_mean', tf.zeros_initializer(self.dtype)
        found = tf.convert_to_tensor(tf.get_variable(name, [2], self.dtype, zeros, trainable=trains))
        known = self._input_statistics
        if known is None:
            return found
        level = tf.reduce_mean(self._scale_data(known.series_start_mean))
        return found + tf.stack([level, tf.zeros_like(level)])

    def get_state_transition(self) -> tf.Tensor:
        """Returns `[2, 2]`: level and slope."""
        return tf.constant([[1, 1], [0, 1]], self.dtype)

    def get_noise_transform(self) -> tf.Tensor:
        """Returns `[2, 2]`, or `[2, 1]` without noise of the level."""
        return tf.constant([[1, 0], [0, 1]] if self._use_level_noise else [[0], [1]], self.dtype)

    def get_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns the level alone."""
        del times
        return tf.constant([1, 0], self.dtype)
