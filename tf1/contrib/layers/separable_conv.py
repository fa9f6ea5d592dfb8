"""`separable_conv2d`: a convolution of each channel, then a mixture of channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import initializers, layer_variables, utils
from tf1.contrib.layers.convolution import add_biases, channels
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer


@add_arg_scope
def separable_convolution2d(
    inputs: tf.Tensor,
    num_outputs: int | None,
    kernel_size: int | Sequence[int],
    depth_multiplier: int = 1,
    stride: int | Sequence[int] = 1,
    padding: str = 'SAME',
    data_format: str = 'NHWC',
    rate: int | Sequence[int] = 1,
    activation_fn: Activation = tf.nn.relu,
    normalizer_fn: Callable[..., tf.Tensor] | None = None,
    normalizer_params: Mapping[str, Any] | None = None,
    weights_initializer: Any = initializers.xavier_initializer(),  # noqa: B008
    pointwise_initializer: Any = None,
    weights_regularizer: Regularizer | None = None,
    biases_initializer: Any = tf.zeros_initializer(),  # noqa: B008
    biases_regularizer: Regularizer | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns `activation(separable convolution + biases)`.

    Makes the variables `depthwise_weights` `[*kernel_size, channels, depth_multiplier]`, unless `num_outputs` is None
    `pointwise_weights` `[1, 1, channels * depth_multiplier, num_outputs]`, and without a normalizer `biases`.

    Args:
      inputs: `[batch, height, width, channels]` float, or with 'NCHW' `[batch, channels, height, width]`.
      num_outputs: number of mixtures; None to leave the channels apart.
      kernel_size: height and width of the kernels, or one number for both.
      depth_multiplier: number of kernels for each channel.
      stride: step of the kernel, likewise.
      padding: 'SAME' or 'VALID'.
      data_format: 'NHWC' or 'NCHW'.
      rate: dilation of the kernel, likewise; not with a stride > 1.
      activation_fn: function of the result; None for none.
      normalizer_fn: function that stands in for the biases; None for none.
      normalizer_params: its arguments.
      weights_initializer: first values of the weights.
      pointwise_initializer: first values of the mixture's weights; None for the same initializer.
      weights_regularizer: penalty on both weights.
      biases_initializer: first values of the biases; None for no biases.
      biases_regularizer: penalty on the biases.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by 'weights' and 'biases'.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      scope: variable scope; None for 'SeparableConv2d'.

    Raises:
      ValueError: the data format, a size or the number of channels does not fit.
    """
    if data_format not in ('NHWC', 'NCHW'):
        raise ValueError(f'data_format must be NHWC or NCHW, got {data_format!r}.')
    with tf.variable_scope(scope, 'SeparableConv2d', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        dtype = inputs.dtype.base_dtype
        depth = channels(inputs, data_format)
        mixes = num_outputs is not None
        if mixes:
            layer_variables.declare_updates()

        def weights(name: str, penalty_name: str, shape: list[int], initializer: Any) -> tf.Variable:
            # TF 1.15 names penalties after the names that tf.layers gives, but not where it makes variables itself.
            variable = layer_variables.layer_variable(
                name, shape, dtype, initializer, weights_regularizer, trainable, penalty_name if mixes else None
            )
            layer_variables.join(variable, variables_collections, 'weights')
            return variable

        kernel = utils.two_element_tuple(kernel_size)
        depthwise = weights(
            'depthwise_weights', 'depthwise_kernel', [*kernel, depth, depth_multiplier], weights_initializer
        )
        steps = utils.two_element_tuple(stride)
        options = {
            'strides': [1, 1, *steps] if data_format == 'NCHW' else [1, *steps, 1],
            'padding': padding.upper(),
            'rate': utils.two_element_tuple(rate),
            'data_format': data_format,
        }
        if mixes:
            shape = [1, 1, depth * depth_multiplier, num_outputs]
            mixture = weights(
                'pointwise_weights', 'pointwise_kernel', shape, pointwise_initializer or weights_initializer
            )

        def make_biases() -> tf.Variable | None:
            if normalizer_fn is not None or biases_initializer is None:
                return None
            size, penalty = [num_outputs if mixes else depth * depth_multiplier], 'bias' if mixes else None
            variable = layer_variables.layer_variable(
                'biases', size, dtype, biases_initializer, biases_regularizer, trainable, penalty
            )
            layer_variables.join(variable, variables_collections, 'biases')
            return variable

        # TF 1.15 takes a layer for both convolutions, which makes its variables first, but none for the first alone.
        if mixes:
            biases = make_biases()
            outputs = tf.nn.separable_conv2d(inputs, depthwise, mixture, **options)
        else:
            outputs = tf.nn.depthwise_conv2d(inputs, depthwise, **options)
            biases = make_biases()
        if biases is not None:
            outputs = add_biases(outputs, biases, data_format)
        return layer_variables.finish(
            outputs, sc.name, outputs_collections, activation_fn, normalizer_fn, normalizer_params
        )


separable_conv2d = separable_convolution2d
