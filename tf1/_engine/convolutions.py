"""Convolutional layers and `Flatten`: the constants and shapes that TF 1.15's layers leave in the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import nn_ops

from tf1._engine.replacements import Function

_FORMATS = {1: ('NWC', 'NCW'), 2: ('NHWC', 'NCHW'), 3: ('NDHWC', 'NCDHW')}


def convolution(
    input_shape: tf.TensorShape,
    filter_shape: tf.TensorShape,
    padding: str,
    strides: Sequence[int],
    dilation_rate: Sequence[int],
    data_format: str,
) -> Function:
    """Returns a function of inputs and filters; the constant of the dilation is built at once, as layers do."""
    return nn_ops.Convolution(
        input_shape,
        filter_shape,
        padding.upper(),
        strides=strides,
        dilation_rate=dilation_rate,
        data_format=data_format,
    )


def build(usual: Function) -> Function:
    """Returns a convolutional layer's `build`, which makes the nodes of the dilation once, with the variables."""

    def ours(self: Any, input_shape: Any) -> None:
        usual(self, input_shape)
        if self.groups == 1:
            self._tf1_convolution = convolution(
                tf.TensorShape(input_shape),
                self.kernel.shape,
                'valid' if self.padding == 'causal' else self.padding,
                self.strides,
                self.dilation_rate,
                _FORMATS[self.rank][self.data_format == 'channels_first'],
            )

    return ours


def convolution_op(usual: Function) -> Function:
    """Returns a convolutional layer's `convolution_op`, without a name scope of its own."""

    def ours(self: Any, inputs: tf.Tensor, kernel: Any) -> tf.Tensor:
        built = getattr(self, '_tf1_convolution', None)
        return usual(self, inputs, kernel) if built is None else built(inputs, kernel)

    return ours


def conv2d_transpose(usual: Function) -> Function:
    """Returns `Conv2DTranspose.call`, which computes the size of its result when it runs, also where it is known."""

    def ours(self: Any, inputs: tf.Tensor) -> tf.Tensor:
        if self.output_padding is not None:
            return usual(self, inputs)
        first = self.data_format == 'channels_first'
        shape = tf.shape(inputs)
        batch = shape[0]
        space = [shape[axis] for axis in ((2, 3) if first else (1, 2))]
        sizes = [
            _transposed_size(*of_axis, self.padding)
            for of_axis in zip(space, self.kernel_size, self.strides, self.dilation_rate, strict=True)
        ]
        output_shape = tf.stack([batch, self.filters, *sizes] if first else [batch, *sizes, self.filters])
        outputs = tf.keras.backend.conv2d_transpose(
            inputs,
            self.kernel,
            output_shape,
            strides=self.strides,
            padding=self.padding,
            data_format=self.data_format,
            dilation_rate=self.dilation_rate,
        )
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        if self.use_bias:
            outputs = tf.nn.bias_add(outputs, self.bias, data_format=_FORMATS[2][first])
        return outputs if self.activation is None else self.activation(outputs)

    return ours


def _transposed_size(size: tf.Tensor, kernel: int, stride: int, dilation: int, padding: str) -> tf.Tensor:
    scaled = size * stride
    return scaled if padding == 'same' else scaled + max(kernel + (kernel - 1) * (dilation - 1) - stride, 0)


def flatten(usual: Function) -> Function:
    """Returns `Flatten.call`, which keeps the batch's size and leaves the other to the operation."""
    del usual

    def ours(self: Any, inputs: Any) -> tf.Tensor:
        inputs = tf.convert_to_tensor(inputs)
        rank = inputs.shape.rank
        if self.data_format == 'channels_first' and rank is not None and rank > 1:
            inputs = tf.transpose(inputs, [0, *range(2, rank), 1])
        batch = tf.dimension_value(inputs.shape[0]) if rank else None
        outputs = tf.reshape(inputs, (batch or tf.shape(inputs)[0], -1))
        outputs.set_shape(self.compute_output_shape(inputs.shape))
        return outputs

    return ours
