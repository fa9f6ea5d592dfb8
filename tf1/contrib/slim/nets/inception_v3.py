"""Inception, version 3, for images of 299x299.

After Szegedy and others, "Rethinking the Inception architecture for computer vision" (2015).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.slim.nets.inception_modules import (
    Conv,
    Depth,
    Fork,
    Mixed,
    Net,
    Pool,
    build_all,
    inception_arg_scope,
    kernel_within,
    narrowed,
    trunc_normal,
)


def inception_v3_arg_scope(
    weight_decay: float = 0.00004,
    batch_norm_var_collection: str = 'moving_vars',
    batch_norm_decay: float = 0.9997,
    batch_norm_epsilon: float = 0.001,
    updates_collections: Any = tf.GraphKeys.UPDATE_OPS,
    use_fused_batchnorm: bool = True,
) -> Any:
    """Returns the argument scope of this network."""
    return inception_arg_scope(
        weight_decay,
        batch_norm_var_collection,
        decay=batch_norm_decay,
        epsilon=batch_norm_epsilon,
        updates_collections=updates_collections,
        fused=use_fused_batchnorm,
    )


def _pooled(depth: int) -> list[Conv | Pool]:
    return [Pool('AvgPool_0a_3x3'), Conv('0b_1x1', depth)]


def _mixed_5(name: str, pool: int, five: tuple[Conv, Conv] = (Conv('0a_1x1', 48), Conv('0b_5x5', 64))) -> Mixed:
    double = [Conv('0a_1x1', 64), Conv('0b_3x3', 96), Conv('0c_3x3', 96)]
    return Mixed(name, [[Conv('0a_1x1', 64)], five, double, _pooled(pool)])


def _mixed_6(name: str, depth: int) -> Mixed:
    return Mixed(
        name,
        [
            [Conv('0a_1x1', 192)],
            [Conv('0a_1x1', depth), Conv('0b_1x7', depth), Conv('0c_7x1', 192)],
            [
                Conv('0a_1x1', depth),
                Conv('0b_7x1', depth),
                Conv('0c_1x7', depth),
                Conv('0d_7x1', depth),
                Conv('0e_1x7', 192),
            ],
            _pooled(192),
        ],
    )


def _mixed_7(name: str, last: str) -> Mixed:
    return Mixed(
        name,
        [
            [Conv('0a_1x1', 320)],
            [Conv('0a_1x1', 384), Fork([Conv('0b_1x3', 384), Conv(last, 384)])],
            [Conv('0a_1x1', 448), Conv('0b_3x3', 384), Fork([Conv('0c_1x3', 384), Conv('0d_3x1', 384)])],
            _pooled(192),
        ],
    )


# Some names are TF 1.15's slips (a 3x3 kernel called 1x1, Conv_1_0c_5x5), and stand in its checkpoints.
_PARTS = (
    Conv('1a_3x3', 32, 2, 'VALID'),
    Conv('2a_3x3', 32, 1, 'VALID'),
    Conv('2b_3x3', 64),
    Pool('MaxPool_3a_3x3', 2, 'VALID'),
    Conv('3b_1x1', 80, 1, 'VALID'),
    Conv('4a_3x3', 192, 1, 'VALID'),
    Pool('MaxPool_5a_3x3', 2, 'VALID'),
    _mixed_5('Mixed_5b', 32),
    _mixed_5('Mixed_5c', 64, (Conv('0b_1x1', 48), Conv('0c_5x5', 64, prefix='Conv_1_'))),
    _mixed_5('Mixed_5d', 64),
    Mixed(
        'Mixed_6a',
        [
            [Conv('1a_1x1', 384, 2, 'VALID', kernel=(3, 3))],
            [Conv('0a_1x1', 64), Conv('0b_3x3', 96), Conv('1a_1x1', 96, 2, 'VALID', kernel=(3, 3))],
            [Pool('MaxPool_1a_3x3', 2, 'VALID')],
        ],
    ),
    _mixed_6('Mixed_6b', 128),
    _mixed_6('Mixed_6c', 160),
    _mixed_6('Mixed_6d', 160),
    _mixed_6('Mixed_6e', 192),
    Mixed(
        'Mixed_7a',
        [
            [Conv('0a_1x1', 192), Conv('1a_3x3', 320, 2, 'VALID')],
            [Conv('0a_1x1', 192), Conv('0b_1x7', 192), Conv('0c_7x1', 192), Conv('1a_3x3', 192, 2, 'VALID')],
            [Pool('MaxPool_1a_3x3', 2, 'VALID')],
        ],
    ),
    _mixed_7('Mixed_7b', '0b_3x1'),
    _mixed_7('Mixed_7c', '0c_3x1'),
)


def inception_v3_base(
    inputs: tf.Tensor,
    final_endpoint: str = 'Mixed_7c',
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
      scope: None for 'InceptionV3'.

    Raises:
      ValueError: there is no such part, or `depth_multiplier` is not above 0.
    """
    depth = narrowed(depth_multiplier, min_depth)
    with tf.variable_scope(scope, 'InceptionV3', [inputs]):
        return build_all(inputs, _PARTS, depth, final_endpoint)


def inception_v3(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.8,
    min_depth: int = 16,
    depth_multiplier: float = 1.0,
    prediction_fn: Callable[..., tf.Tensor] = layers.softmax,
    spatial_squeeze: bool = True,
    reuse: bool | None = None,
    scope: str = 'InceptionV3',
) -> Net:
    """Builds the network, with an auxiliary head on 'Mixed_6e'.

    Args:
      inputs: `[batch, 299, 299, 3] float32`.
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
    depth = narrowed(depth_multiplier, min_depth)
    plain = {'activation_fn': None, 'normalizer_fn': None}
    with (
        tf.variable_scope(scope, 'InceptionV3', [inputs, num_classes], reuse=reuse) as variables,
        arg_scope([layers.batch_norm, layers.dropout], is_training=is_training),
    ):
        net, end_points = inception_v3_base(
            inputs, min_depth=min_depth, depth_multiplier=depth_multiplier, scope=variables
        )
        with tf.variable_scope('AuxLogits'):
            end_points['AuxLogits'] = _auxiliary(end_points['Mixed_6e'], num_classes, depth, spatial_squeeze)
        with tf.variable_scope('Logits'):
            height, width = kernel_within(net, [8, 8])
            net = layers.avg_pool2d(net, [height, width], padding='VALID', scope=f'AvgPool_1a_{height}x{width}')
            net = layers.dropout(net, dropout_keep_prob, scope='Dropout_1b')
            end_points['PreLogits'] = net
            logits = layers.conv2d(net, num_classes, [1, 1], **plain, scope='Conv2d_1c_1x1')
            if spatial_squeeze:
                logits = tf.squeeze(logits, [1, 2], name='SpatialSqueeze')
        end_points['Logits'] = logits
        end_points['Predictions'] = prediction_fn(logits, scope='Predictions')
    return logits, end_points


def _auxiliary(net: tf.Tensor, num_classes: int, depth: Depth, spatial_squeeze: bool) -> tf.Tensor:
    """Returns the logits of the auxiliary head."""
    net = layers.avg_pool2d(net, [5, 5], stride=3, padding='VALID', scope='AvgPool_1a_5x5')
    net = layers.conv2d(net, depth(128), [1, 1], scope='Conv2d_1b_1x1')
    height, width = kernel_within(net, [5, 5])
    net = layers.conv2d(
        net,
        depth(768),
        [height, width],
        weights_initializer=trunc_normal(0.01),
        padding='VALID',
        scope=f'Conv2d_2a_{height}x{width}',
    )
    logits = layers.conv2d(
        net,
        num_classes,
        [1, 1],
        activation_fn=None,
        normalizer_fn=None,
        weights_initializer=trunc_normal(0.001),
        scope='Conv2d_2b_1x1',
    )
    return tf.squeeze(logits, [1, 2], name='SpatialSqueeze') if spatial_squeeze else logits
