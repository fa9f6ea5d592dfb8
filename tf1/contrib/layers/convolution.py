"""`conv1d`, `conv2d`, `conv3d` and `convolution`, which takes its rank from the inputs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine import convolutions
from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import initializers, layer_variables, utils
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer

_DATA_FORMATS = {1: ('NWC', 'NCW'), 2: ('NHWC', 'NCHW'), 3: ('NDHWC', 'NCDHW')}
_ALL_FORMATS = tuple(name for pair in _DATA_FORMATS.values() for name in pair)


@add_arg_scope
def convolution(
    inputs: tf.Tensor,
    num_outputs: int,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: str = 'SAME',
    data_format: str | None = None,
    rate: int | Sequence[int] = 1,
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
    conv_dims: int | None = None,
) -> tf.Tensor:
    """Returns `activation(convolution of inputs and weights + biases)`.

    Makes the variables `weights` `[*kernel_size, channels, num_outputs]` and, without a normalizer, `biases`.

    Args:
      inputs: `[batch, *space, channels]` float of one to three dimensions of space; channels first with 'NC...'.
      num_outputs: number of filters.
      kernel_size: size of the kernel, one number for all dimensions of space or one for each.
      stride: step of the kernel, likewise.
      padding: 'SAME' or 'VALID'.
      data_format: 'NHWC', 'NCHW' and their likes for one or three dimensions; None for channels last.
      rate: dilation of the kernel, like `stride`; not both > 1.
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
      scope: variable scope; None for 'Conv'.
      conv_dims: number of dimensions of space that the inputs must have; None for any of the three.

    Raises:
      ValueError: the rank, the data format, the padding, a size or the number of channels does not fit.
    """
    if data_format not in (None, *_ALL_FORMATS):
        raise ValueError(f'data_format must be None or one of {", ".join(_ALL_FORMATS)}, got {data_format!r}.')
    with tf.variable_scope(scope, 'Conv', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        dims = _dims(inputs, conv_dims, sc.name)
        form = _data_format(data_format, dims)
        kernel = utils.n_positive_integers(dims, kernel_size)
        _check_padding(padding)
        depth = channels(inputs, form)
        dtype = inputs.dtype.base_dtype
        layer_variables.declare_updates()
        weights = layer_variables.layer_variable(
            'weights',
            [*kernel, depth, num_outputs],
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
        convolved = convolutions.convolution(
            inputs.shape,
            weights.shape,
            padding,
            utils.n_positive_integers(dims, stride),
            utils.n_positive_integers(dims, rate),
            form,
        )
        outputs = convolved(inputs, weights)
        layer_variables.join(weights, variables_collections, 'weights')
        if biases is not None:
            outputs = add_biases(outputs, biases, form)
            layer_variables.join(biases, variables_collections, 'biases')
        return layer_variables.finish(
            outputs, sc.name, outputs_collections, activation_fn, normalizer_fn, normalizer_params
        )


def channels(inputs: tf.Tensor, data_format: str) -> int:
    """Returns the number of channels of `inputs`.

    Raises:
      ValueError: it is unknown.
    """
    depth = tf.dimension_value(inputs.shape[1 if data_format.startswith('NC') else -1])
    if depth is None:
        raise ValueError(f'The number of channels must be known, got inputs of shape {inputs.shape}.')
    return depth


def add_biases(outputs: tf.Tensor, biases: tf.Variable, data_format: str) -> tf.Tensor:
    """Returns the sum of a convolution's result and one bias for each channel."""
    form = 'NCHW' if data_format.startswith('NC') else 'NHWC'
    return tf.nn.bias_add(outputs, biases, data_format=form, name='BiasAdd')


def _dims(inputs: tf.Tensor, conv_dims: int | None, scope_name: str) -> int:
    rank = inputs.shape.rank
    if conv_dims is not None and rank != conv_dims + 2:
        raise ValueError(f'Inputs of {scope_name} must have rank {conv_dims + 2}, got shape {inputs.shape}.')
    if rank not in (3, 4, 5):
        raise ValueError(f'Inputs of {scope_name} must have rank 3, 4 or 5, got shape {inputs.shape}.')
    return rank - 2


def _data_format(data_format: str | None, dims: int) -> str:
    last, first = _DATA_FORMATS[dims]
    return first if data_format is not None and data_format.startswith('NC') else last


def _check_padding(padding: str) -> None:
    if padding.upper() not in ('SAME', 'VALID'):
        raise ValueError(f"padding must be 'SAME' or 'VALID', got {padding!r}.")


def _of_rank(conv_dims: int, name: str) -> Callable[..., tf.Tensor]:
    def layer(*args: Any, **kwargs: Any) -> tf.Tensor:
        arguments = signature.bind(*args, **kwargs)
        return convolution(*arguments.args, **arguments.kwargs, conv_dims=conv_dims)

    full = inspect.signature(convolution)
    signature = full.replace(parameters=[p for p in full.parameters.values() if p.name != 'conv_dims'])
    layer.__signature__ = signature
    layer.__name__ = layer.__qualname__ = name
    layer.__doc__ = f'Returns `convolution` of inputs with {conv_dims} dimension(s) of space; same arguments.'
    return add_arg_scope(layer)


convolution1d = conv1d = _of_rank(1, 'convolution1d')
convolution2d = conv2d = _of_rank(2, 'convolution2d')
convolution3d = conv3d = _of_rank(3, 'convolution3d')
