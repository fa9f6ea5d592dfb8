"""The Kalman filter: what observations say of a state that is not observed."""

from __future__ import annotations

import math

import tf1 as tf


def observed_from_state(
    mean: tf.Tensor, covariance: tf.Tensor, observation_model: tf.Tensor, observation_noise: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns mean `[batch, num_features]` and covariance `[batch, num_features, num_features]` of an observation.

    Args:
      mean: of the state, `[batch, size]`.
      covariance: of the state, `[batch, size, size]`.
      observation_model: `[batch, num_features, size]`.
      observation_noise: `[num_features, num_features]`.
    """
    seen = tf.matmul(tf.matmul(observation_model, covariance), observation_model, transpose_b=True)
    return tf.linalg.matvec(observation_model, mean), seen + observation_noise


def posterior(
    mean: tf.Tensor,
    covariance: tf.Tensor,
    observation: tf.Tensor,
    observation_model: tf.Tensor,
    predicted: tuple[tf.Tensor, tf.Tensor],
    observation_noise: tf.Tensor,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns mean and covariance of the state after an observation `[batch, num_features]`; see `observed_from_state`.

    The covariance stays positive definite whatever rounding does: it is a sum of two that are (Joseph's form).
    """
    predicted_mean, predicted_covariance = predicted
    crossed = tf.matmul(observation_model, covariance)
    gain = tf.linalg.transpose(tf.linalg.cholesky_solve(tf.linalg.cholesky(predicted_covariance), crossed))
    kept = tf.eye(mean.shape[1].value, dtype=mean.dtype) - tf.matmul(gain, observation_model)
    noise = tf.matmul(gain, tf.broadcast_to(observation_noise, tf.shape(predicted_covariance)))
    new = tf.matmul(tf.matmul(kept, covariance), kept, transpose_b=True) + tf.matmul(noise, gain, transpose_b=True)
    return mean + tf.linalg.matvec(gain, observation - predicted_mean), new


def log_likelihood(observation: tf.Tensor, predicted: tuple[tf.Tensor, tf.Tensor]) -> tf.Tensor:
    """Returns the logarithm of the density of observations under predictions, `[batch]`."""
    mean, covariance = predicted
    factor = tf.linalg.cholesky(covariance)
    whitened = tf.linalg.triangular_solve(factor, (observation - mean)[..., tf.newaxis])[..., 0]
    spread = 2 * tf.reduce_sum(tf.log(tf.linalg.diag_part(factor)), -1)
    size = mean.shape[1].value
    return -0.5 * (tf.reduce_sum(tf.square(whitened), -1) + spread + size * math.log(2 * math.pi))
