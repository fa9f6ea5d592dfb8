"""Layers one upon another: `repeat` and `stack`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def repeat(
    inputs: tf.Tensor, repetitions: int, layer: Callable[..., tf.Tensor], *args: Any, **kwargs: Any
) -> tf.Tensor:
    """Returns the result of one layer put `repetitions` times upon itself with the same arguments.

    Args:
      inputs: what the first gets.
      repetitions: number of layers.
      layer: function of inputs that takes `scope`.
      *args: its other arguments.
      **kwargs: its other arguments; `scope` names all: 'conv1' gives 'conv1/conv1_1', 'conv1/conv1_2', ...
    """
    scope = kwargs.pop('scope', None)
    with tf.variable_scope(scope, 'Repeat', [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        name = scope or _name(layer, 'repeat')
        outputs = inputs
        for number in range(1, repetitions + 1):
            outputs = layer(outputs, *args, **{**kwargs, 'scope': f'{name}_{number}'})
        return outputs


def stack(inputs: tf.Tensor, layer: Callable[..., tf.Tensor], stack_args: Sequence[Any], **kwargs: Any) -> tf.Tensor:
    """Returns the result of one layer put upon itself with other arguments each time.

    Args:
      inputs: what the first gets.
      layer: function of inputs that takes `scope`.
      stack_args: for each layer its argument, or a list or tuple of them.
      **kwargs: arguments for all; `scope` names all as in `repeat`.

    Raises:
      ValueError: `stack_args` is no list or tuple.
    """
    scope = kwargs.pop('scope', None)
    if not isinstance(stack_args, (list, tuple)):
        raise ValueError(f'stack_args must be a list or tuple with an entry for each layer, got {stack_args!r}.')
    with tf.variable_scope(scope, 'Stack', [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        name = scope or _name(layer, 'stack')
        outputs = inputs
        for number, arguments in enumerate(stack_args, 1):
            arguments = arguments if isinstance(arguments, (list, tuple)) else [arguments]
            outputs = layer(outputs, *arguments, **{**kwargs, 'scope': f'{name}_{number}'})
        return outputs


def _name(layer: Callable[..., tf.Tensor], default: str) -> str:
    if isinstance(layer, functools.partial):
        layer = layer.func
    return getattr(layer, '__name__', default)
