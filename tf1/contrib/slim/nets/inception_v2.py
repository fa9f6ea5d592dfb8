"""Inception, version 2, for images of 224x224.

After Ioffe and Szegedy, "Batch normalization: accelerating deep network training" (2015).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.slim.nets.inception_modules import (
    Conv,
    Depth,
    Mixed,
    Net,
    Pool,
    build_all,
    inception_arg_scope,
    kernel_within,
    narrowed,
    trunc_normal,
)


def inception_v2_arg_scope(weight_decay: float = 0.00004, batch_norm_var_collection: str = 'moving_vars') -> Any:
    """Returns the argument scope of this network."""
    return inception_arg_scope(weight_decay, batch_norm_var_collection)


class _SeparableRoot(NamedTuple):
    """The first layer, a separable convolution."""

    name: str = 'Conv2d_1a_7x7'

    def build(self, net: tf.Tensor, depth: Depth) -> tf.Tensor:
        return layers.separable_conv2d(
            net,
            depth(64),
            [7, 7],
            depth_multiplier=min(int(depth(64) / 3), 8),
            stride=2,
            weights_initializer=trunc_normal(1.0),
            scope=self.name,
        )


def _mixed(
    name: str, one: int, three: tuple[int, int], double: tuple[int, int], pool: int, kind: str = 'AvgPool_0a_3x3'
) -> Mixed:
    return Mixed(
        name,
        [
            [Conv('0a_1x1', one)],
            [Conv('0a_1x1', three[0], stddev=0.09), Conv('0b_3x3', three[1])],
            [Conv('0a_1x1', double[0], stddev=0.09), Conv('0b_3x3', double[1]), Conv('0c_3x3', double[1])],
            [Pool(kind), Conv('0b_1x1', pool, stddev=0.1)],
        ],
    )


def _reduction(name: str, three: tuple[int, int], double: tuple[int, int]) -> Mixed:
    return Mixed(
        name,
        [
            [Conv('0a_1x1', three[0], stddev=0.09), Conv('1a_3x3', three[1], 2)],
            [Conv('0a_1x1', double[0], stddev=0.09), Conv('0b_3x3', double[1]), Conv('1a_3x3', double[1], 2)],
            [Pool('MaxPool_1a_3x3', 2)],
        ],
    )


_PARTS = (
    _SeparableRoot(),
    Pool('MaxPool_2a_3x3', 2),
    Conv('2b_1x1', 64, stddev=0.1),
    Conv('2c_3x3', 192),
    Pool('MaxPool_3a_3x3', 2),
    _mixed('Mixed_3b', 64, (64, 64), (64, 96), 32),
    _mixed('Mixed_3c', 64, (64, 96), (64, 96), 64),
    _reduction('Mixed_4a', (128, 160), (64, 96)),
    _mixed('Mixed_4b', 224, (64, 96), (96, 128), 128),
    _mixed('Mixed_4c', 192, (96, 128), (96, 128), 128),
    _mixed('Mixed_4d', 160, (128, 160), (128, 160), 96),
    _mixed('Mixed_4e', 96, (128, 192), (160, 192), 96),
    _reduction('Mixed_5a', (128, 192), (192, 256)),
    _mixed('Mixed_5b', 352, (192, 320), (160, 224), 128),
    _mixed('Mixed_5c', 352, (192, 320), (192, 224), 128, 'MaxPool_0a_3x3'),
)


def inception_v2_base(
    inputs: tf.Tensor,
    final_endpoint: str = 'Mixed_5c',
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    scope: Any = None,
) -> Net:
    """Builds the convolutions up to `final_endpoint`.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      final_endpoint: the last part, a key of the end points.
      min_depth: least channels of a layer.
      depth_multiplier: factor of all channels.
      scope: None for 'InceptionV2'.

    Raises:
      ValueError: there is no such part, or `depth_multiplier` is not above 0.
    """
    depth = narrowed(depth_multiplier, min_depth)
    with tf.variable_scope(scope, 'InceptionV2', [inputs]):
        return build_all(inputs, _PARTS, depth, final_endpoint)


def inception_v2(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.8,
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    prediction_fn: Callable[..., tf.Tensor] = layers.softmax,
    spatial_squeeze: bool = True,
    reuse: bool | None = None,
    scope: str = 'InceptionV2',
) -> Net:
    """Builds the network.

    Args:
      inputs: `[batch, 224, 224, 3] float32`.
      num_classes: channels of the logits.
      is_training: whether dropout is on and batch normalization takes its statistics from the batch.
      dropout_keep_prob: share of values that dropout keeps.
      min_depth: least channels of a layer.
      depth_multiplier: factor of all channels.
      prediction_fn: from logits and `scope` to predictions.
      spatial_squeeze: whether logits are `[batch, num_classes]`.
      reuse: whether variables are reused.
      scope: of the variables.

    Returns:
      Logits, and end points by name.

    Raises:
      ValueError: `depth_multiplier` is not above 0.
    """
    with (
        tf.variable_scope(scope, 'InceptionV2', [inputs, num_classes], reuse=reuse) as variables,
        arg_scope([layers.batch_norm, layers.dropout], is_training=is_training),
    ):
        net, end_points = inception_v2_base(
            inputs, min_depth=min_depth, depth_multiplier=depth_multiplier, scope=variables
        )
        with tf.variable_scope('Logits'):
            height, width = kernel_within(net, [7, 7])
            net = layers.avg_pool2d(net, [height, width], padding='VALID', scope=f'AvgPool_1a_{height}x{width}')
            net = layers.dropout(net, dropout_keep_prob, scope='Dropout_1b')
            logits = layers.conv2d(
                net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope='Conv2d_1c_1x1'
            )
            if spatial_squeeze:
                logits = tf.squeeze(logits, [1, 2], name='SpatialSqueeze')
        end_points['Logits'] = logits
        end_points['Predictions'] = prediction_fn(logits, scope='Predictions')
    return logits, end_points
