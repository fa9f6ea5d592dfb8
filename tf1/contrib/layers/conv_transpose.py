"""Transposed convolutions: `conv2d_transpose` and `conv3d_transpose`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import initializers, layer_variables, utils
from tf1.contrib.layers.convolution import add_biases, channels
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer

_FORMATS = {2: ('NHWC', 'NCHW'), 3: ('NDHWC', 'NCDHW')}


@add_arg_scope
def convolution2d_transpose(
    inputs: tf.Tensor,
    num_outputs: int,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: str = 'SAME',
    data_format: str = 'NHWC',
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
    """Returns `activation(transposed convolution of inputs and weights + biases)`, larger than the inputs by `stride`.

    Makes the variables `weights` `[*kernel_size, num_outputs, channels]` and, without a normalizer, `biases`.
    The arguments mean what those of `convolution` mean.

    Raises:
      ValueError: the data format, a size or the number of channels does not fit.
    """
    return _transpose(2, **locals())


@add_arg_scope
def convolution3d_transpose(
    inputs: tf.Tensor,
    num_outputs: int,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: str = 'SAME',
    data_format: str = 'NDHWC',
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
    """Returns a transposed convolution as `convolution2d_transpose`, over depth, height and width.

    Raises:
      ValueError: the data format, a size or the number of channels does not fit.
    """
    return _transpose(3, **locals())


conv2d_transpose = convolution2d_transpose
conv3d_transpose = convolution3d_transpose


def _transpose(
    dims: int,
    inputs: tf.Tensor,
    num_outputs: int,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int],
    padding: str,
    data_format: str,
    activation_fn: Activation,
    normalizer_fn: Callable[..., tf.Tensor] | None,
    normalizer_params: Mapping[str, Any] | None,
    weights_initializer: Any,
    weights_regularizer: Regularizer | None,
    biases_initializer: Any,
    biases_regularizer: Regularizer | None,
    reuse: bool | None,
    variables_collections: VariablesCollections,
    outputs_collections: Collections,
    trainable: bool,
    scope: str | tf.VariableScope | None,
) -> tf.Tensor:
    if data_format not in _FORMATS[dims]:
        raise ValueError(f'data_format must be {" or ".join(_FORMATS[dims])}, got {data_format!r}.')
    with tf.variable_scope(scope, f'Conv{dims}d_transpose', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        dtype = inputs.dtype.base_dtype
        kernel = utils.n_positive_integers(dims, kernel_size)
        strides = utils.n_positive_integers(dims, stride)
        depth = channels(inputs, data_format)
        layer_variables.declare_updates()
        weights = layer_variables.layer_variable(
            'weights',
            [*kernel, num_outputs, depth],
            dtype,
            weights_initializer,
            weights_regularizer,
            trainable,
            'kernel',
        )
        biases = None
        if normalizer_fn is None and biases_initializer is not None:
            biases = layer_variables.layer_variable(
                'biases', [num_outputs], dtype, biases_initializer, biases_regularizer, trainable, 'bias'
            )
        layer_variables.reserve_name(sc)
        outputs = _transposed(inputs, weights, kernel, strides, padding.upper(), data_format, num_outputs)
        layer_variables.join(weights, variables_collections, 'weights')
        if biases is not None:
            outputs = add_biases(outputs, biases, data_format)
            layer_variables.join(biases, variables_collections, 'biases')
        return layer_variables.finish(
            outputs, sc.name, outputs_collections, activation_fn, normalizer_fn, normalizer_params
        )


def _transposed(
    inputs: tf.Tensor,
    weights: tf.Variable,
    kernel: tuple[int, ...],
    strides: tuple[int, ...],
    padding: str,
    data_format: str,
    num_outputs: int,
) -> tf.Tensor:
    first = data_format.startswith('NC')
    axes = range(2, 2 + len(kernel)) if first else range(1, 1 + len(kernel))
    known, sizes = inputs.shape.as_list(), tf.shape(inputs)
    batch, *space = [sizes[axis] for axis in (0, *axes)]

    def grown(size: Any, axis: int) -> Any:
        if size is None:
            return None
        step, window = strides[axis - axes[0]], kernel[axis - axes[0]]
        return size * step + max(window - step, 0) if padding == 'VALID' else size * step

    def whole(batch: Any, space: list[Any]) -> list[Any]:
        return [batch, num_outputs, *space] if first else [batch, *space, num_outputs]

    transpose = tf.nn.conv2d_transpose if len(kernel) == 2 else tf.nn.conv3d_transpose
    output_shape = tf.stack(whole(batch, [grown(size, axis) for size, axis in zip(space, axes, strict=True)]))
    if len(kernel) == 2:
        # TF 1.15's graph has the batch's size once more.
        output_shape[0]
    outputs = transpose(
        inputs,
        weights,
        output_shape,
        [1, 1, *strides] if first else [1, *strides, 1],
        padding=padding,
        data_format=data_format,
    )
    outputs.set_shape(whole(known[0], [grown(known[axis], axis) for axis in axes]))
    return outputs
