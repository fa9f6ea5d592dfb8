"""What both versions of ResNet share: blocks of units, strides against dilation, the argument scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import add_arg_scope, arg_scope
from tf1.contrib.layers import utils


class Block(NamedTuple):
    """Some units of like size.

    Attributes:
      scope: name.
      unit_fn: builds a unit.
      args: arguments of each unit.
    """

    scope: str
    unit_fn: Callable[..., tf.Tensor]
    args: Sequence[Mapping[str, Any]]


def subsample(inputs: tf.Tensor, factor: int, scope: str | None = None) -> tf.Tensor:
    """Returns every `factor`-th pixel of `[batch, height, width, channels]`, in both directions."""
    if factor == 1:
        return inputs
    return layers.max_pool2d(inputs, [1, 1], stride=factor, scope=scope)


def conv2d_same(
    inputs: tf.Tensor, num_outputs: int, kernel_size: int, stride: int, rate: int = 1, scope: str | None = None
) -> tf.Tensor:
    """Convolves with padding that does not depend on the size of the image, unlike 'SAME' with a stride.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      num_outputs: channels of the result.
      kernel_size: height and width of the kernel.
      stride: of the result.
      rate: of dilation.
      scope: of the layer.
    """
    if stride == 1:
        return layers.conv2d(inputs, num_outputs, kernel_size, stride=1, rate=rate, padding='SAME', scope=scope)
    total = kernel_size + (kernel_size - 1) * (rate - 1) - 1
    before = total // 2
    inputs = tf.pad(inputs, [[0, 0], [before, total - before], [before, total - before], [0, 0]])
    return layers.conv2d(inputs, num_outputs, kernel_size, stride=stride, rate=rate, padding='VALID', scope=scope)


@add_arg_scope
def stack_blocks_dense(
    net: tf.Tensor, blocks: Sequence[Block], output_stride: int | None = None, outputs_collections: Any = None
) -> tf.Tensor:
    """Builds blocks one after the other; from `output_stride` on, dilation takes the place of strides.

    Args:
      net: `[batch, height, width, channels] float32`.
      blocks: to build.
      output_stride: of the result against `net`; None for the product of all strides.
      outputs_collections: take each block's result.

    Raises:
      ValueError: the strides never come to `output_stride`.
    """
    stride, rate = 1, 1
    for block in blocks:
        with tf.variable_scope(block.scope, 'block', [net]) as scope:
            for number, unit in enumerate(block.args, 1):
                if output_stride is not None and stride > output_stride:
                    raise ValueError(f'output_stride must be a product of strides, got {output_stride} and {stride}.')
                with tf.variable_scope(f'unit_{number}', values=[net]):
                    if output_stride is not None and stride == output_stride:
                        net = block.unit_fn(net, rate=rate, **{**unit, 'stride': 1})
                        rate *= unit.get('stride', 1)
                    else:
                        net = block.unit_fn(net, rate=1, **unit)
                        stride *= unit.get('stride', 1)
            net = utils.collect_named_outputs(outputs_collections, scope.name, net)
    if output_stride is not None and stride != output_stride:
        raise ValueError(f'output_stride must be a product of strides, got {output_stride} and {stride}.')
    return net


def resnet_arg_scope(
    weight_decay: float = 0.0001,
    batch_norm_decay: float = 0.997,
    batch_norm_epsilon: float = 1e-5,
    batch_norm_scale: bool = True,
) -> Any:
    """Returns the argument scope of ResNets.

    Args:
      weight_decay: factor of the weights' L2 loss.
      batch_norm_decay: of the moving averages.
      batch_norm_epsilon: added to variances.
      batch_norm_scale: whether batch normalization has a factor.
    """
    normalization = {
        'decay': batch_norm_decay,
        'epsilon': batch_norm_epsilon,
        'scale': batch_norm_scale,
        'updates_collections': tf.GraphKeys.UPDATE_OPS,
    }
    with (
        arg_scope(
            [layers.conv2d],
            weights_regularizer=layers.l2_regularizer(weight_decay),
            weights_initializer=layers.variance_scaling_initializer(),
            activation_fn=tf.nn.relu,
            normalizer_fn=layers.batch_norm,
        ),
        arg_scope([layers.batch_norm], **normalization),
        arg_scope([layers.max_pool2d], padding='SAME') as scope,
    ):
        return scope


def bottleneck_block(
    unit_fn: Callable[..., tf.Tensor], scope: str, base_depth: int, num_units: int, stride: int
) -> Block:
    """Returns a block of bottlenecks whose last unit has the stride."""
    unit = {'depth': base_depth * 4, 'depth_bottleneck': base_depth, 'stride': 1}
    return Block(scope, unit_fn, [unit] * (num_units - 1) + [{**unit, 'stride': stride}])


def standard_blocks(unit_fn: Callable[..., tf.Tensor], units: Sequence[int]) -> list[Block]:
    """Returns the four blocks of a network for ImageNet."""
    sizes = zip((64, 128, 256, 512), units, (2, 2, 2, 1), strict=True)
    return [
        bottleneck_block(unit_fn, f'block{i}', depth, times, stride)
        for i, (depth, times, stride) in enumerate(sizes, 1)
    ]


def body_stride(output_stride: int | None, include_root_block: bool) -> int | None:
    """Returns the stride that is left for the blocks after a root block, which has 4.

    Raises:
      ValueError: `output_stride` is no multiple of 4.
    """
    if output_stride is None or not include_root_block:
        return output_stride
    if output_stride % 4:
        raise ValueError(f'output_stride must be a multiple of 4, got {output_stride}.')
    return output_stride // 4


def classify(
    net: tf.Tensor, num_classes: int | None, global_pool: bool, ends: str
) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Adds what follows the blocks: the mean of pixels and the logits.

    Args:
      net: `[batch, height, width, channels] float32`.
      num_classes: channels of the logits; None for none.
      global_pool: whether pixels are averaged.
      ends: collection of the end points.

    Returns:
      Logits or what they would be made of, and end points by name.
    """
    if global_pool:
        net = tf.reduce_mean(net, [1, 2], name='pool5', keepdims=True)
    if num_classes is not None:
        net = layers.conv2d(net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope='logits')
    end_points = utils.convert_collection_to_dict(ends)
    if num_classes is not None:
        end_points['predictions'] = layers.softmax(net, scope='predictions')
    return net, end_points
