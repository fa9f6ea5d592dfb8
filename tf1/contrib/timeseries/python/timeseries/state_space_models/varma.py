"""Vector autoregression with moving averages."""

from __future__ import annotations

import numpy as np

import tf1 as tf
from tf1.contrib.timeseries.python.timeseries.state_space_models.state_space_model import (
    DEFAULTS,
    StateSpaceModel,
    StateSpaceModelConfiguration,
)

_LEAST_VARIANCE = 1e-5


class VARMA(StateSpaceModel):
    """Autoregression and moving averages of vectors, as blocks of `num_features` numbers.

    Each step, a block moves one on and takes noise by its coefficients; the first one is what the autoregression makes
    of all. It is observed, and the last one as well unless the autoregression is the longer part.

    Args:
      autoregressive_order: steps back of the autoregression.
      moving_average_order: steps that noise lasts.
      configuration: how the model is built.
    """

    def __init__(
        self,
        autoregressive_order: int,
        moving_average_order: int,
        configuration: StateSpaceModelConfiguration = DEFAULTS,
    ):
        self._autoregressive, self._moving = autoregressive_order, moving_average_order
        self._blocks = max(autoregressive_order, moving_average_order + 1)
        super().__init__(configuration)

    def _define_parameters(self, observation_transition_tradeoff_log: tf.Tensor | None = None) -> None:
        size = self.num_features
        zeros = tf.zeros_initializer(self.dtype)
        shape = [size, size, self._autoregressive]
        self._ar_coefs = tf.convert_to_tensor(tf.get_variable('ar_coefs', shape, self.dtype, zeros))
        start = np.tile(np.eye(size), [self._moving, 1, 1])
        start = tf.constant_initializer(start, self.dtype)
        self._ma_coefs = tf.convert_to_tensor(
            tf.get_variable('ma_coefs', [self._moving, size, size], self.dtype, start)
        )
        super()._define_parameters(observation_transition_tradeoff_log)
        # The noise of an average is as large as what is observed, not as small as that of other transitions.
        self.state_transition_noise_covariance = self._own_noise

    def get_state_transition_noise_covariance(self, minimum_initial_variance: float = _LEAST_VARIANCE) -> tf.Tensor:
        """Returns the covariance of the noise, `[num_features, num_features]`."""
        scale = self._initial_noise_scale(minimum_initial_variance, per_observation=False)
        self._own_noise = self._noise_covariance(scale)
        return self._own_noise

    def get_state_transition(self) -> tf.Tensor:
        """Returns `[blocks * num_features, blocks * num_features]`.

        Coefficients of the autoregression stand in TF 1.15's order: by feature first, then by step.
        """
        size = self.num_features
        missing = self._blocks - self._autoregressive
        first = tf.reshape(tf.pad(self._ar_coefs, [[0, 0], [0, 0], [0, missing]]), [size, size * self._blocks])
        moved = tf.constant(np.eye((self._blocks - 1) * size, self._blocks * size), self.dtype)
        return tf.concat([first, moved], 0)

    def get_noise_transform(self) -> tf.Tensor:
        """Returns `[blocks * num_features, num_features]`: coefficients of the last blocks, 1 for the very last."""
        size = self.num_features
        coefficients = tf.reshape(self._ma_coefs, [self._moving * size, size])
        none = tf.zeros([(self._blocks - self._moving - 1) * size, size], self.dtype)
        return tf.concat([none, coefficients, tf.eye(size, dtype=self.dtype)], 0)

    def get_observation_model(self, times: tf.Tensor) -> tf.Tensor:
        """Returns `[num_features, blocks * num_features]`."""
        del times
        one = np.eye(self.num_features)
        blocks = [np.zeros_like(one) for _ in range(self._blocks)]
        blocks[0] = one
        if self._autoregressive <= self._moving:
            blocks[-1] = one
        return tf.constant(np.concatenate(blocks, 1), self.dtype)
