"""Normalization of images one by one: `instance_norm` for each channel, `group_norm` for groups of channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections


@add_arg_scope
def instance_norm(
    inputs: tf.Tensor,
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Activation = None,
    param_initializers: Mapping[str, Any] | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    data_format: str = 'NHWC',
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns inputs of mean `beta` and deviation `gamma` for each channel of each example.

    Args:
      inputs: `[batch, ..., channels]` float, or with 'NCHW' `[batch, channels, ...]`.
      center: whether `beta` is added.
      scale: whether `gamma` multiplies.
      epsilon: added to the variance.
      activation_fn: function of the result; None for none.
      param_initializers: first values by 'beta' and 'gamma'.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by name.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      data_format: 'NHWC' or 'NCHW'.
      scope: variable scope; None for 'InstanceNorm'.

    Raises:
      ValueError: the data format is neither, or the rank or the number of channels is unknown.
    """
    inputs = tf.convert_to_tensor(inputs)
    if data_format not in ('NHWC', 'NCHW'):
        raise ValueError(f'data_format must be NHWC or NCHW, got {data_format!r}.')
    rank = _rank(inputs, 'instance_norm')
    with tf.variable_scope(scope, 'InstanceNorm', [inputs], reuse=reuse) as sc:
        axis = 1 if data_format == 'NCHW' else rank - 1
        depth = _depth(inputs, axis)
        shape = [depth if a == axis else 1 for a in range(rank)] if axis == 1 else None
        beta, gamma = _parameters(
            inputs, depth, shape, center, scale, param_initializers or {}, variables_collections, trainable
        )
        mean, variance = tf.nn.moments(inputs, [a for a in range(1, rank) if a != axis], keepdims=True)
        outputs = tf.nn.batch_normalization(inputs, mean, variance, beta, gamma, epsilon, 'instancenorm')
        outputs.set_shape(inputs.shape)
        return layer_variables.finish(outputs, sc.name, outputs_collections, activation_fn)


@add_arg_scope
def group_norm(
    inputs: tf.Tensor,
    groups: int = 32,
    channels_axis: int = -1,
    reduction_axes: Sequence[int] = (-3, -2),
    center: bool = True,
    scale: bool = True,
    epsilon: float = 1e-6,
    activation_fn: Activation = None,
    param_initializers: Mapping[str, Any] | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
    mean_close_to_zero: bool = False,
) -> tf.Tensor:
    """Returns inputs that have mean 0 and deviation 1 within each group of channels, then scaled and moved by channel.

    Args:
      inputs: `[..., channels]` float; the channels may stand elsewhere.
      groups: number of groups, a divisor of the number of channels.
      channels_axis: which dimension the channels are.
      reduction_axes: dimensions that mean and variance are taken over, besides a group's channels.
      center: whether `beta` is added.
      scale: whether `gamma` multiplies.
      epsilon: added to the variance.
      activation_fn: function of the result; None for none.
      param_initializers: first values by 'beta' and 'gamma'.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by name.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      scope: variable scope; None for 'GroupNorm'.
      mean_close_to_zero: whether variances are taken in one pass, which is exact enough for means near zero.

    Raises:
      ValueError: the rank or the number of channels is unknown, an axis is out of range or named twice, or the groups
        do not divide the channels.
    """
    inputs = tf.convert_to_tensor(inputs)
    rank = _rank(inputs, 'group_norm')
    axis = _axis(channels_axis, rank)
    reduced = [_axis(a, rank) for a in reduction_axes]
    if axis in reduced:
        raise ValueError(f'reduction_axes must not hold channels_axis {channels_axis}, got {tuple(reduction_axes)}.')
    depth = _depth(inputs, axis)
    if groups > depth or depth % groups:
        raise ValueError(f'groups must divide the number of channels {depth}, got {groups}.')
    sizes = _sizes(inputs)
    split = tf.reshape(inputs, [*sizes[:axis], groups, depth // groups, *sizes[axis + 1 :]])
    with tf.variable_scope(scope, 'GroupNorm', [inputs], reuse=reuse) as sc:
        shape = [1] * (rank + 1)
        shape[axis : axis + 2] = groups, depth // groups
        beta, gamma = _parameters(
            inputs, depth, shape, center, scale, param_initializers or {}, variables_collections, trainable
        )
        # The channels of a group are one dimension more, so that all behind them move on.
        axes = [axis + 1] + [a + 1 if a > axis else a for a in reduced]
        mean, variance = _moments(split, axes, mean_close_to_zero)
        gain = tf.rsqrt(variance + epsilon)
        offset = -mean * gain
        if gamma is not None:
            gain, offset = gain * gamma, offset * gamma
        if beta is not None:
            offset += beta
        outputs = split * gain + offset
        outputs = tf.reshape(outputs, sizes)
        outputs.set_shape(inputs.shape)
        return layer_variables.finish(outputs, sc.name, outputs_collections, activation_fn)


def _rank(inputs: tf.Tensor, layer: str) -> int:
    if inputs.shape.rank is None:
        raise ValueError(f'The inputs {inputs.name} of {layer} have an undefined rank; set it with set_shape().')
    return inputs.shape.rank


def _axis(axis: int, rank: int) -> int:
    if not -rank <= axis < rank:
        raise ValueError(f'An axis must be in [{-rank}, {rank}), got {axis}.')
    return axis % rank


def _depth(inputs: tf.Tensor, axis: int) -> int:
    depth = tf.dimension_value(inputs.shape[axis])
    if depth is None:
        raise ValueError(f'Dimension {axis} must be known, got inputs of shape {inputs.shape}.')
    return depth


def _parameters(
    inputs: tf.Tensor,
    depth: int,
    shape: list[int] | None,
    center: bool,
    scale: bool,
    initializers: Mapping[str, Any],
    collections: VariablesCollections,
    trainable: bool,
) -> tuple[tf.Tensor | None, tf.Tensor | None]:
    """Returns `beta` and `gamma`, reshaped where `shape` is given; None for what the layer has not."""

    def make(name: str, default: Any) -> tf.Tensor:
        variable = layer_variables.layer_variable(
            name, [depth], inputs.dtype.base_dtype, initializers.get(name, default), None, trainable
        )
        layer_variables.join(variable, collections, name)
        return variable if shape is None else tf.reshape(variable, shape)

    beta = make('beta', tf.zeros_initializer()) if center else None
    gamma = make('gamma', tf.ones_initializer()) if scale else None
    return beta, gamma


def _moments(values: tf.Tensor, axes: list[int], one_pass: bool) -> tuple[tf.Tensor, tf.Tensor]:
    if not one_pass:
        return tf.nn.moments(values, axes, keepdims=True)
    count, total, squares, _ = tf.nn.sufficient_statistics(values, axes, keep_dims=True)
    return tf.nn.normalize_moments(count, total, squares, shift=None)


def _sizes(inputs: tf.Tensor) -> list[Any]:
    """Returns the sizes of the inputs, those that are unknown as tensors."""
    sizes = tf.shape(inputs)
    return [sizes[axis] if size is None else size for axis, size in enumerate(inputs.shape.as_list())]
