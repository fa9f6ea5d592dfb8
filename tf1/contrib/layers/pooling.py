"""Pooling over windows of two or three dimensions of space."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables, utils
from tf1.contrib.layers.layer_variables import Collections

_FORMATS = {2: ('NHWC', 'NCHW'), 3: ('NDHWC', 'NCDHW')}


@add_arg_scope
def avg_pool2d(
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 2,
    padding: str = 'VALID',
    data_format: str = 'NHWC',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns the mean of each window.

    Args:
      inputs: `[batch, height, width, channels]` float, or with 'NCHW' `[batch, channels, height, width]`.
      kernel_size: height and width of a window, or one number for both.
      stride: step of the window, likewise.
      padding: 'VALID' or 'SAME'.
      data_format: 'NHWC' or 'NCHW'.
      outputs_collections: collections for the result.
      scope: name scope; None for 'AvgPool2D'.

    Raises:
      ValueError: the data format or the inputs' rank does not fit.
    """
    with tf.name_scope(scope, 'AvgPool2D', [inputs]) as sc:
        return _pool(2, tf.nn.avg_pool, inputs, kernel_size, stride, padding, data_format, outputs_collections, sc)


@add_arg_scope
def avg_pool3d(
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 2,
    padding: str = 'VALID',
    data_format: str = 'NDHWC',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns the mean of each window: as `avg_pool2d`, with depth before height; 'NDHWC' or 'NCDHW'."""
    with tf.name_scope(scope, 'AvgPool3D', [inputs]) as sc:
        return _pool(3, tf.nn.avg_pool3d, inputs, kernel_size, stride, padding, data_format, outputs_collections, sc)


@add_arg_scope
def max_pool2d(
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 2,
    padding: str = 'VALID',
    data_format: str = 'NHWC',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns the largest value of each window: as `avg_pool2d`."""
    with tf.name_scope(scope, 'MaxPool2D', [inputs]) as sc:
        return _pool(2, tf.nn.max_pool, inputs, kernel_size, stride, padding, data_format, outputs_collections, sc)


@add_arg_scope
def max_pool3d(
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 2,
    padding: str = 'VALID',
    data_format: str = 'NDHWC',
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns the largest value of each window: as `avg_pool3d`."""
    with tf.name_scope(scope, 'MaxPool3D', [inputs]) as sc:
        return _pool(3, tf.nn.max_pool3d, inputs, kernel_size, stride, padding, data_format, outputs_collections, sc)


def _pool(
    dims: int,
    pool: Callable[..., tf.Tensor],
    inputs: tf.Tensor,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int],
    padding: str,
    data_format: str,
    outputs_collections: Collections,
    scope: str,
) -> tf.Tensor:
    if data_format not in _FORMATS[dims]:
        raise ValueError(f'data_format must be {" or ".join(_FORMATS[dims])}, got {data_format!r}.')
    inputs = tf.convert_to_tensor(inputs)
    if inputs.shape.rank != dims + 2:
        raise ValueError(f'Inputs of {scope[:-1]} must have rank {dims + 2}, got shape {inputs.shape}.')

    def window(size: int | Sequence[int]) -> list[int]:
        sizes = utils.n_positive_integers(dims, size)
        return [1, 1, *sizes] if data_format.startswith('NC') else [1, *sizes, 1]

    layer_variables.declare_updates()
    outputs = pool(inputs, window(kernel_size), window(stride), padding.upper(), data_format=data_format)
    return utils.collect_named_outputs(outputs_collections, scope, outputs)
