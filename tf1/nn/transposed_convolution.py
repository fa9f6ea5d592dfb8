"""Transposed convolutions, whose output has the static shape that was asked for, batch size included."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

Function = Callable[..., tf.Tensor]


def _of_known_shape(name: str, argument: str, position: int) -> Function:
    """Returns the function of `tf.nn` with a static shape for its result.

    Args:
      name: of the function.
      argument: its argument that says which shape the result has.
      position: of that argument.
    """
    usual = getattr(tf.nn, name)

    @functools.wraps(usual)
    def convolution(*args: Any, **kwargs: Any) -> tf.Tensor:
        result = usual(*args, **kwargs)
        shape = kwargs[argument] if argument in kwargs else args[position]
        if isinstance(shape, tf.Tensor):
            shape = tf2.get_static_value(shape, partial=True)
        return result if shape is None else _with_shape(result, shape)

    return convolution


def _with_shape(tensor: tf.Tensor, shape: Any) -> tf.Tensor:
    if isinstance(shape, tf.TensorShape):
        tensor.set_shape(shape)
    elif len(shape) == tensor.shape.ndims:
        tensor.set_shape([_size(size) for size in shape])
    return tensor


def _size(size: Any) -> int | None:
    if isinstance(size, tf.Tensor):
        size = tf2.get_static_value(size)
    return None if size is None or isinstance(size, tf.Dimension) and size.value is None else int(size)


conv1d_transpose = _of_known_shape('conv1d_transpose', 'output_shape', 2)
conv2d_transpose = _of_known_shape('conv2d_transpose', 'output_shape', 2)
conv3d_transpose = _of_known_shape('conv3d_transpose', 'output_shape', 2)
conv2d_backprop_input = _of_known_shape('conv2d_backprop_input', 'input_sizes', 0)
depthwise_conv2d_backprop_input = _of_known_shape('depthwise_conv2d_backprop_input', 'input_sizes', 0)
depthwise_conv2d_native_backprop_input = depthwise_conv2d_backprop_input
