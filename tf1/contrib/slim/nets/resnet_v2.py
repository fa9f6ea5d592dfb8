"""ResNet, version 2.

After He and others, "Identity mappings in deep residual networks" (2016). A stride stands in the last unit of a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import add_arg_scope, arg_scope
from tf1.contrib.layers import utils
from tf1.contrib.slim.nets import resnet_utils

resnet_arg_scope = resnet_utils.resnet_arg_scope
Net = tuple[tf.Tensor, dict[str, tf.Tensor]]


@add_arg_scope
def bottleneck(
    inputs: tf.Tensor,
    depth: int,
    depth_bottleneck: int,
    stride: int,
    rate: int = 1,
    outputs_collections: Any = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Builds a unit: normalization and activation, then 1x1, 3x3 and 1x1 convolutions beside a shortcut.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      depth: channels of the result.
      depth_bottleneck: channels of the middle layer.
      stride: of the result.
      rate: of dilation.
      outputs_collections: take the result.
      scope: of the variables.
    """
    with tf.variable_scope(scope, 'bottleneck_v2', [inputs]) as variables:
        preact = layers.batch_norm(inputs, activation_fn=tf.nn.relu, scope='preact')
        plain = {'normalizer_fn': None, 'activation_fn': None}
        if depth == utils.last_dimension(inputs.shape, min_rank=4):
            shortcut = resnet_utils.subsample(inputs, stride, 'shortcut')
        else:
            shortcut = layers.conv2d(preact, depth, [1, 1], stride=stride, **plain, scope='shortcut')
        residual = layers.conv2d(preact, depth_bottleneck, [1, 1], stride=1, scope='conv1')
        residual = resnet_utils.conv2d_same(residual, depth_bottleneck, 3, stride, rate=rate, scope='conv2')
        residual = layers.conv2d(residual, depth, [1, 1], stride=1, **plain, scope='conv3')
        output = shortcut + residual
        return utils.collect_named_outputs(outputs_collections, variables.name, output)


def resnet_v2(
    inputs: tf.Tensor,
    blocks: Sequence[resnet_utils.Block],
    num_classes: int | None = None,
    is_training: bool = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    include_root_block: bool = True,
    reuse: bool | None = None,
    scope: str | None = None,
) -> Net:
    """Builds a ResNet from blocks.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      blocks: to stack.
      num_classes: channels of the logits; None for none.
      is_training: whether batch normalization takes its statistics from the batch.
      global_pool: whether pixels are averaged.
      output_stride: of the last block against the image; None for the product of all strides.
      include_root_block: whether there are a convolution and a pooling first.
      reuse: whether variables are reused.
      scope: None for 'resnet_v2'.

    Returns:
      Logits `[batch, height, width, num_classes]` or the last block, and end points by name.

    Raises:
      ValueError: the strides never come to `output_stride`.
    """
    with tf.variable_scope(scope, 'resnet_v2', [inputs], reuse=reuse) as variables:
        ends = variables.name + '/_end_points'
        with (
            arg_scope([layers.conv2d, bottleneck, resnet_utils.stack_blocks_dense], outputs_collections=ends),
            arg_scope([layers.batch_norm], is_training=is_training),
        ):
            net = inputs
            stride = resnet_utils.body_stride(output_stride, include_root_block)
            if include_root_block:
                # The first unit normalizes and activates by itself.
                with arg_scope([layers.conv2d], activation_fn=None, normalizer_fn=None):
                    net = resnet_utils.conv2d_same(net, 64, 7, stride=2, scope='conv1')
                net = layers.max_pool2d(net, [3, 3], stride=2, scope='pool1')
            net = resnet_utils.stack_blocks_dense(net, blocks, stride)
            net = layers.batch_norm(net, activation_fn=tf.nn.relu, scope='postnorm')
            return resnet_utils.classify(net, num_classes, global_pool, ends)


def resnet_v2_block(scope: str, base_depth: int, num_units: int, stride: int) -> resnet_utils.Block:
    """Returns a block of bottlenecks with `4 * base_depth` channels; its last unit has the stride."""
    return resnet_utils.bottleneck_block(bottleneck, scope, base_depth, num_units, stride)


def resnet_v2_50(
    inputs: tf.Tensor,
    num_classes: int | None = None,
    is_training: bool = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: bool | None = None,
    scope: str = 'resnet_v2_50',
) -> Net:
    """Builds the ResNet of 50 layers; the arguments are those of `resnet_v2`."""
    blocks = resnet_utils.standard_blocks(bottleneck, (3, 4, 6, 3))
    return resnet_v2(inputs, blocks, num_classes, is_training, global_pool, output_stride, True, reuse, scope)


def resnet_v2_101(
    inputs: tf.Tensor,
    num_classes: int | None = None,
    is_training: bool = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: bool | None = None,
    scope: str = 'resnet_v2_101',
) -> Net:
    """Builds the ResNet of 101 layers; the arguments are those of `resnet_v2`."""
    blocks = resnet_utils.standard_blocks(bottleneck, (3, 4, 23, 3))
    return resnet_v2(inputs, blocks, num_classes, is_training, global_pool, output_stride, True, reuse, scope)


def resnet_v2_152(
    inputs: tf.Tensor,
    num_classes: int | None = None,
    is_training: bool = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: bool | None = None,
    scope: str = 'resnet_v2_152',
) -> Net:
    """Builds the ResNet of 152 layers; the arguments are those of `resnet_v2`."""
    blocks = resnet_utils.standard_blocks(bottleneck, (3, 8, 36, 3))
    return resnet_v2(inputs, blocks, num_classes, is_training, global_pool, output_stride, True, reuse, scope)


def resnet_v2_200(
    inputs: tf.Tensor,
    num_classes: int | None = None,
    is_training: bool = True,
    global_pool: bool = True,
    output_stride: int | None = None,
    reuse: bool | None = None,
    scope: str = 'resnet_v2_200',
) -> Net:
    """Builds the ResNet of 200 layers; the arguments are those of `resnet_v2`."""
    blocks = resnet_utils.standard_blocks(bottleneck, (3, 24, 36, 3))
    return resnet_v2(inputs, blocks, num_classes, is_training, global_pool, output_stride, True, reuse, scope)
