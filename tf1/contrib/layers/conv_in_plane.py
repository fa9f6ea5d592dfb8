"""`conv2d_in_plane`: one kernel for every channel by itself."""

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
def convolution2d_in_plane(
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: str = 'SAME',
    activation_fn: Activation = tf.nn.relu,
    normalizer_fn: Callable[..., tf.Tensor] | None = None,
    normalizer_params: Mapping[str, Any] | None = None,
    weights_initializer: Any = initializers.xavier_initializer(),  # noqa: B008
    weights_regularizer: Regularizer | None = None,
    biases_initializer: Any = tf.zeros_initializer(),  # noqa: B008
    biases_regularizer: Regularizer | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns `activation(convolution + biases)` with the same kernel on each channel, which do not mix.

    Makes the variables `weights` `[height, width, 1, 1]` and, without a normalizer, `biases` `[channels]`.

    Args:
      inputs: `[batch, height, width, channels]` float.
      kernel_size: height and width of the kernel, or one number for both.
      stride: step of the kernel, likewise.
      padding: 'SAME' or 'VALID'.
      activation_fn: function of the result; None for none.
      normalizer_fn: function that stands in for the biases; None for none.
      normalizer_params: its arguments.
      weights_initializer: first values of the weights.
      weights_regularizer: penalty on the weights.
      biases_initializer: first values of the biases; None for no biases.
      biases_regularizer: penalty on the biases.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by 'weights' and 'biases'.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      scope: variable scope; None for 'ConvInPlane'.

    Raises:
      ValueError: the number of channels is unknown, or a size is no pair.
    """
    with tf.variable_scope(scope, 'ConvInPlane', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        dtype = inputs.dtype.base_dtype
        height, width = utils.two_element_tuple(kernel_size)
        strides = utils.two_element_tuple(stride)
        depth = channels(inputs, 'NHWC')
        weights = layer_variables.layer_variable(
            'weights', [height, width, 1, 1], dtype, weights_initializer, weights_regularizer, trainable
        )
        layer_variables.join(weights, variables_collections, 'weights')
        kernels = tf.tile(weights, [1, 1, depth, 1])
        outputs = tf.nn.depthwise_conv2d(inputs, kernels, [1, *strides, 1], padding)
        if normalizer_fn is None and biases_initializer is not None:
            biases = layer_variables.layer_variable(
                'biases', [depth], dtype, biases_initializer, biases_regularizer, trainable
            )
            layer_variables.join(biases, variables_collections, 'biases')
            outputs = add_biases(outputs, biases, 'NHWC')
        return layer_variables.finish(
            outputs, sc.name, outputs_collections, activation_fn, normalizer_fn, normalizer_params
        )


conv2d_in_plane = convolution2d_in_plane
