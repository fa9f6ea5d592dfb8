"""Batch and layer normalization with TF 1.15's constants."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def fused_batch_norm(usual: Function) -> Function:
    """Returns `tf.nn.fused_batch_norm`, which in training takes empty constants for the averages of the past."""

    def ours(
        x: Any,
        scale: Any,
        offset: Any,
        mean: Any = None,
        variance: Any = None,
        epsilon: float = 0.001,
        data_format: str = 'NHWC',
        is_training: bool = True,
        name: str | None = None,
        exponential_avg_factor: Any = 1.0,
    ) -> Any:
        if is_training is True and exponential_avg_factor in (None, 1.0):
            mean, variance, exponential_avg_factor = None, None, 1.0
        return usual(x, scale, offset, mean, variance, epsilon, data_format, is_training, name, exponential_avg_factor)

    return ours


def build(usual: Function) -> Function:
    """Returns `BatchNormalization.build`, which makes the ones that stand in for a scale before the variables."""

    def ours(self: Any, input_shape: Any) -> None:
        self._tf1_ones = None
        shape = tf.TensorShape(input_shape)
        if not self.scale and self.fused is not False and shape.rank == 4 and self._fused_can_be_used():
            axis = self.axis[0] if isinstance(self.axis, (list, tuple)) else self.axis
            self._tf1_ones = tf.keras.backend.constant(1.0, self._param_dtype, [tf.dimension_value(shape[axis])])
        usual(self, input_shape)

    return ours


def fused(usual: Function) -> Function:
    """Returns what `BatchNormalization` calls for a fused operation, with the constants of `build` and the momentum."""

    def ours(self: Any, inputs: Any, mask: Any, training: Any) -> Any:
        ones = getattr(self, '_tf1_ones', None)
        if ones is None or ones.graph is not tf.get_default_graph():
            outputs = usual(self, inputs, mask, training)
        else:
            self.scale, self.gamma = True, ones
            try:
                outputs = usual(self, inputs, mask, training)
            finally:
                self.scale, self.gamma = False, None
        if not isinstance(training, (tf.Tensor, tf.Variable)) and not training:
            tf.convert_to_tensor(self.momentum)
        return outputs

    return ours


def layer_normalization(usual: Function) -> Function:
    """Returns `LayerNormalization.call`, from `tf.nn.moments` and `tf.nn.batch_normalization`."""

    def ours(self: Any, inputs: Any) -> tf.Tensor:
        rank = inputs.shape.rank
        if rank is None or inputs.dtype not in (tf.float32, tf.float64):
            return usual(self, inputs)
        axes = [axis % rank for axis in (self.axis if isinstance(self.axis, (list, tuple)) else [self.axis])]
        mean, variance = tf.nn.moments(inputs, axes, keep_dims=True)
        scale, offset = (_along(parameter, inputs, axes) for parameter in (self.gamma, self.beta))
        return tf.nn.batch_normalization(inputs, mean, variance, offset, scale, self.epsilon)

    return ours


def _along(parameter: Any, inputs: tf.Tensor, axes: list[int]) -> Any:
    """Returns a layer's parameter, one value for each of the inputs' `axes`, in a shape that broadcasts to them."""
    rank = inputs.shape.rank
    if parameter is None or parameter.shape.rank == rank or axes == [rank - 1]:
        return parameter
    return tf.reshape(parameter, [inputs.shape[axis] if axis in axes else 1 for axis in range(rank)])
