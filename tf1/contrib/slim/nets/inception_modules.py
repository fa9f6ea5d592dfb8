"""Inception modules as data: branches of convolutions and poolings whose results are concatenated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope

Depth = Callable[[int], int]
Net = tuple[tf.Tensor, dict[str, tf.Tensor]]


class Conv(NamedTuple):
    """A convolution.

    Attributes:
      name: ends with the kernel, '0a_1x7' for example; 'Conv2d_' goes before it.
      depth: channels, before a network makes itself narrower.
      stride: in both directions.
      padding: 'SAME' or 'VALID'.
      stddev: of the initial weights; None for the argument scope's.
      kernel: height and width if the name does not say them.
      prefix: of the name.
    """

    name: str
    depth: int
    stride: int = 1
    padding: str = 'SAME'
    stddev: float | None = None
    kernel: tuple[int, int] | None = None
    prefix: str = 'Conv2d_'

    def build(self, net: tf.Tensor, depth: Depth) -> tf.Tensor:
        """Returns the layer's result."""
        height, width = self.kernel or self.name.rpartition('_')[2].split('x')
        initial = {} if self.stddev is None else {'weights_initializer': trunc_normal(self.stddev)}
        return layers.conv2d(
            net,
            depth(self.depth),
            [int(height), int(width)],
            stride=self.stride,
            padding=self.padding,
            scope=self.prefix + self.name,
            **initial,
        )


class Pool(NamedTuple):
    """A pooling; `name` begins with 'Max' or 'Avg' and ends with the kernel, 'MaxPool_2a_3x3' for example."""

    name: str
    stride: int = 1
    padding: str = 'SAME'

    def build(self, net: tf.Tensor, depth: Depth) -> tf.Tensor:
        """Returns the layer's result."""
        pool = layers.max_pool2d if self.name.startswith('Max') else layers.avg_pool2d
        kernel = [int(size) for size in self.name.rpartition('_')[2].split('x')]
        return pool(net, kernel, stride=self.stride, padding=self.padding, scope=self.name)


class Fork(NamedTuple):
    """Several layers on one tensor, concatenated."""

    parts: Sequence[Conv]

    def build(self, net: tf.Tensor, depth: Depth) -> tf.Tensor:
        """Returns the layers' results."""
        return tf.concat([part.build(net, depth) for part in self.parts], 3)


class Mixed(NamedTuple):
    """A module: branches of layers, concatenated."""

    name: str
    branches: Sequence[Sequence[Conv | Pool | Fork]]

    def build(self, net: tf.Tensor, depth: Depth) -> tf.Tensor:
        """Returns the module's result."""
        with tf.variable_scope(self.name):
            ends = []
            for number, branch in enumerate(self.branches):
                with tf.variable_scope(f'Branch_{number}'):
                    end = net
                    for layer in branch:
                        end = layer.build(end, depth)
                    ends.append(end)
            return tf.concat(ends, 3)


def build_all(net: tf.Tensor, parts: Sequence[Any], depth: Depth, final_endpoint: str) -> Net:
    """Builds parts up to the one called `final_endpoint`.

    Raises:
      ValueError: no part has this name.
    """
    names = [part.prefix + part.name if isinstance(part, Conv) else part.name for part in parts]
    if final_endpoint not in names:
        raise ValueError(f'final_endpoint must be one of {names}, got {final_endpoint!r}.')
    end_points = {}
    for name, part in zip(names, parts, strict=True):
        net = part.build(net, depth)
        end_points[name] = net
        if name == final_endpoint:
            break
    return net, end_points


def narrowed(depth_multiplier: float, min_depth: int) -> Depth:
    """Returns the function from a layer's depth to that of a network that is narrower, or wider.

    Raises:
      ValueError: `depth_multiplier` is not above 0.
    """
    if depth_multiplier <= 0:
        raise ValueError(f'depth_multiplier must be > 0, got {depth_multiplier}.')
    return lambda depth: max(int(depth * depth_multiplier), min_depth)


def kernel_within(net: tf.Tensor, kernel: Sequence[int]) -> list[int]:
    """Returns a kernel that is no larger than the image, where its size is known."""
    sizes = net.shape.as_list()[1:3]
    return [size if known is None else min(known, size) for known, size in zip(sizes, kernel, strict=True)]


def trunc_normal(stddev: float) -> Any:
    """Returns an initializer: a normal distribution without its tails."""
    return tf.truncated_normal_initializer(0.0, stddev)


def inception_arg_scope(
    weight_decay: float = 0.00004,
    batch_norm_var_collection: str = 'moving_vars',
    use_batch_norm: bool = True,
    **normalization: Any,
) -> Any:
    """Returns the argument scope of Inception networks.

    Args:
      weight_decay: factor of the weights' L2 loss.
      batch_norm_var_collection: takes moving averages.
      use_batch_norm: whether convolutions are normalized.
      **normalization: arguments of batch normalization beside the usual ones.
    """
    moving = {'beta': None, 'gamma': None}
    moving.update({name: [batch_norm_var_collection] for name in ('moving_mean', 'moving_variance')})
    normalization = {
        'decay': 0.9997,
        'epsilon': 0.001,
        'updates_collections': tf.GraphKeys.UPDATE_OPS,
        'variables_collections': moving,
        **normalization,
    }
    normalizer = {'normalizer_fn': layers.batch_norm, 'normalizer_params': normalization} if use_batch_norm else {}
    with (
        arg_scope([layers.conv2d, layers.fully_connected], weights_regularizer=layers.l2_regularizer(weight_decay)),
        arg_scope(
            [layers.conv2d],
            weights_initializer=layers.variance_scaling_initializer(),
            activation_fn=tf.nn.relu,
            **normalizer,
        ) as scope,
    ):
        return scope
