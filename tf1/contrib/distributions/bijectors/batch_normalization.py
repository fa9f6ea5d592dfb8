"""`BatchNormalization` as a bijector: its inverse normalises."""

from __future__ import annotations

from typing import Any

import tf1 as tf
from tf1.contrib.distributions.bijectors.bijector import Bijector


class BatchNormalization(Bijector):
    """Batch normalisation the other way round: `inverse` normalises, `forward` undoes it with the moving moments.

    Args:
      batchnorm_layer: a `tf.layers.BatchNormalization`; by default one whose gamma stays above 1e-6.
      training: normalise with the moments of the batch, and move the moving ones.
      validate_args: check arguments when the graph runs.
      name: of operations.

    Raises:
      ValueError: `batchnorm_layer` is no such layer, or renormalises, or works in virtual batches.
    """

    def __init__(
        self,
        batchnorm_layer: Any = None,
        training: bool = True,
        validate_args: bool = False,
        name: str = 'batch_normalization',
    ):
        if batchnorm_layer is None:
            batchnorm_layer = tf.layers.BatchNormalization(gamma_constraint=lambda gamma: tf.nn.relu(gamma) + 1e-6)
        if not isinstance(batchnorm_layer, tf.layers.BatchNormalization):
            raise ValueError(
                f'batchnorm_layer must be a tf.layers.BatchNormalization, got {type(batchnorm_layer).__name__}.'
            )
        if getattr(batchnorm_layer, 'renorm', False):
            raise ValueError('batchnorm_layer must not renormalise, got renorm=True.')
        if getattr(batchnorm_layer, 'virtual_batch_size', None):
            raise ValueError('batchnorm_layer must work on whole batches, got a virtual_batch_size.')
        self.batchnorm = batchnorm_layer
        self._training = training
        super().__init__(forward_min_event_ndims=1, validate_args=validate_args, name=name)

    def _built(self, x: tf.Tensor) -> tuple[list[int], list[int]]:
        """Builds the layer for `x`; returns the shape of its moments for broadcasting and the axes of the mean."""
        ndims = x.shape.ndims
        if not self.batchnorm.built:
            self.batchnorm.build(x.shape)
        axis = self.batchnorm.axis
        axes = [each % ndims for each in (axis if isinstance(axis, (list, tuple)) else [axis])]
        shape = [x.shape.dims[each].value if each in axes else 1 for each in range(ndims)]
        return shape, [each for each in range(ndims) if each not in axes]

    def _forward(self, x: tf.Tensor) -> tf.Tensor:
        layer = self.batchnorm
        shape, _ = self._built(x)
        mean, variance = (tf.reshape(each, shape) for each in (layer.moving_mean, layer.moving_variance))
        if layer.beta is not None:
            x -= tf.reshape(layer.beta, shape)
        if layer.gamma is not None:
            x /= tf.reshape(layer.gamma, shape)
        return x * tf.sqrt(variance + layer.epsilon) + mean

    def _inverse(self, y: tf.Tensor) -> tf.Tensor:
        self._built(y)
        return self.batchnorm.apply(y, training=self._training)

    def _inverse_log_det_jacobian(self, y: tf.Tensor) -> tf.Tensor:
        shape, axes = self._built(y)
        if self._training:
            _, variance = tf.nn.moments(y, axes=axes, keep_dims=True)
        else:
            variance = tf.reshape(self.batchnorm.moving_variance, shape)
        return self._log_total(variance, y, axes)

    def _forward_log_det_jacobian(self, x: tf.Tensor) -> tf.Tensor:
        shape, axes = self._built(x)
        return -self._log_total(tf.reshape(self.batchnorm.moving_variance, shape), x, axes)

    def _log_total(self, variance: tf.Tensor, x: tf.Tensor, axes: list[int]) -> tf.Tensor:
        """Returns the logarithm of the determinant, a scalar for all the batch."""
        layer = self.batchnorm
        total = -0.5 * tf.reduce_sum(tf.log(variance + layer.epsilon))
        if layer.gamma is not None:
            total += tf.reduce_sum(tf.log(layer.gamma))
        # Numbers beside the first axis share moments.
        sizes = [tf.shape(x)[each] for each in axes if each != 0]
        return total * tf.cast(tf.reduce_prod(tf.stack(sizes)), total.dtype) if sizes else total
