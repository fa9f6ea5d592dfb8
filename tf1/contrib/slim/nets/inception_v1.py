"""Inception, version 1 (GoogLeNet), for images of 224x224.

After Szegedy and others, "Going deeper with convolutions" (2014).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.slim.nets.inception_modules import (
    Conv,
    Mixed,
    Net,
    Pool,
    build_all,
    inception_arg_scope,
    trunc_normal,
)


def inception_v1_arg_scope(
    weight_decay: float = 0.00004, use_batch_norm: bool = True, batch_norm_var_collection: str = 'moving_vars'
) -> Any:
    """Returns the argument scope of this network."""
    return inception_arg_scope(weight_decay, batch_norm_var_collection, use_batch_norm)


def _mixed(
    name: str, one: int, three: tuple[int, int], five: tuple[int, int], pool: int, last: str = '0b_3x3'
) -> Mixed:
    return Mixed(
        name,
        [
            [Conv('0a_1x1', one)],
            [Conv('0a_1x1', three[0]), Conv('0b_3x3', three[1])],
            [Conv('0a_1x1', five[0]), Conv(last, five[1])],
            [Pool('MaxPool_0a_3x3'), Conv('0b_1x1', pool)],
        ],
    )


_PARTS = (
    Conv('1a_7x7', 64, 2),
    Pool('MaxPool_2a_3x3', 2),
    Conv('2b_1x1', 64),
    Conv('2c_3x3', 192),
    Pool('MaxPool_3a_3x3', 2),
    _mixed('Mixed_3b', 64, (96, 128), (16, 32), 32),
    _mixed('Mixed_3c', 128, (128, 192), (32, 96), 64),
    Pool('MaxPool_4a_3x3', 2),
    _mixed('Mixed_4b', 192, (96, 208), (16, 48), 64),
    _mixed('Mixed_4c', 160, (112, 224), (24, 64), 64),
    _mixed('Mixed_4d', 128, (128, 256), (24, 64), 64),
    _mixed('Mixed_4e', 112, (144, 288), (32, 64), 64),
    _mixed('Mixed_4f', 256, (160, 320), (32, 128), 128),
    Pool('MaxPool_5a_2x2', 2),
    # The name of this one layer is TF 1.15's slip, and stands in its checkpoints.
    _mixed('Mixed_5b', 256, (160, 320), (32, 128), 128, last='0a_3x3'),
    _mixed('Mixed_5c', 384, (192, 384), (48, 128), 128),
)


def inception_v1_base(inputs: tf.Tensor, final_endpoint: str = 'Mixed_5c', scope: Any = 'InceptionV1') -> Net:
    """Builds the convolutions up to `final_endpoint`.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      final_endpoint: the last part, a key of the end points.
      scope: of the variables.

    Raises:
      ValueError: there is no such part.
    """
    initial = {'weights_initializer': trunc_normal(0.01)}
    with tf.variable_scope(scope, 'InceptionV1', [inputs]), arg_scope([layers.conv2d], **initial):
        return build_all(inputs, _PARTS, lambda depth: depth, final_endpoint)


def inception_v1(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.8,
    prediction_fn: Callable[..., tf.Tensor] = layers.softmax,
    spatial_squeeze: bool = True,
    reuse: bool | None = None,
    scope: str = 'InceptionV1',
) -> Net:
    """Builds the network.

    Args:
      inputs: `[batch, 224, 224, 3] float32`.
      num_classes: channels of the logits.
      is_training: whether dropout is on and batch normalization takes its statistics from the batch.
      dropout_keep_prob: share of values that dropout keeps.
      prediction_fn: from logits and `scope` to predictions.
      spatial_squeeze: whether logits are `[batch, num_classes]`.
      reuse: whether variables are reused.
      scope: of the variables.

    Returns:
      Logits, and end points by name.
    """
    with (
        tf.variable_scope(scope, 'InceptionV1', [inputs, num_classes], reuse=reuse) as variables,
        arg_scope([layers.batch_norm, layers.dropout], is_training=is_training),
    ):
        net, end_points = inception_v1_base(inputs, scope=variables)
        with tf.variable_scope('Logits'):
            # An average, whatever its name says.
            net = layers.avg_pool2d(net, [7, 7], stride=1, scope='MaxPool_0a_7x7')
            net = layers.dropout(net, dropout_keep_prob, scope='Dropout_0b')
            logits = layers.conv2d(
                net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope='Conv2d_0c_1x1'
            )
            if spatial_squeeze:
                logits = tf.squeeze(logits, [1, 2], name='SpatialSqueeze')
            end_points['Logits'] = logits
            end_points['Predictions'] = prediction_fn(logits, scope='Predictions')
    return logits, end_points
