"""VGG: stacks of 3x3 convolutions, for images of 224x224 or more.

After Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition" (2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.layers import utils

_DEPTHS = (64, 128, 256, 512, 512)
Net = tuple[tf.Tensor, dict[str, tf.Tensor]]


def vgg_arg_scope(weight_decay: float = 0.0005) -> Any:
    """Returns the argument scope of these networks."""
    with (
        arg_scope(
            [layers.conv2d, layers.fully_connected],
            activation_fn=tf.nn.relu,
            weights_regularizer=layers.l2_regularizer(weight_decay),
            biases_initializer=tf.zeros_initializer(),
        ),
        arg_scope([layers.conv2d], padding='SAME') as scope,
    ):
        return scope


def vgg_a(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: str = 'vgg_a',
) -> Net:
    """Builds VGG with 11 layers.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      num_classes: channels of the result.
      is_training: whether dropout is on.
      dropout_keep_prob: share of values that dropout keeps.
      spatial_squeeze: whether the result is `[batch, num_classes]`; needs images of 224x224.
      scope: of the variables.

    Returns:
      Logits, and end points by name.
    """
    return _vgg(
        inputs, (1, 1, 2, 2, 2), num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope, '/_end_points'
    )


def vgg_16(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: str = 'vgg_16',
) -> Net:
    """Builds VGG with 16 layers; the arguments are those of `vgg_a`."""
    return _vgg(
        inputs, (2, 2, 3, 3, 3), num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope, '/_end_points'
    )


def vgg_19(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: str = 'vgg_19',
) -> Net:
    """Builds VGG with 19 layers; the arguments are those of `vgg_a`."""
    return _vgg(
        inputs, (2, 2, 4, 4, 4), num_classes, is_training, dropout_keep_prob, spatial_squeeze, scope, '_end_points'
    )


vgg_d = vgg_16
vgg_e = vgg_19


def _vgg(
    inputs: tf.Tensor,
    repetitions: Sequence[int],
    num_classes: int,
    is_training: bool,
    dropout_keep_prob: float,
    spatial_squeeze: bool,
    scope: str,
    collection: str,
) -> Net:
    with tf.variable_scope(scope, scope, [inputs]) as variables:
        ends = variables.name + collection
        with arg_scope([layers.conv2d, layers.fully_connected, layers.max_pool2d], outputs_collections=ends):
            net = inputs
            for number, (depth, times) in enumerate(zip(_DEPTHS, repetitions, strict=True), 1):
                net = layers.repeat(net, times, layers.conv2d, depth, [3, 3], scope=f'conv{number}')
                net = layers.max_pool2d(net, [2, 2], scope=f'pool{number}')
            # Fully connected layers as convolutions, which take images of any size.
            net = layers.conv2d(net, 4096, [7, 7], padding='VALID', scope='fc6')
            net = layers.dropout(net, dropout_keep_prob, is_training=is_training, scope='dropout6')
            net = layers.conv2d(net, 4096, [1, 1], scope='fc7')
            net = layers.dropout(net, dropout_keep_prob, is_training=is_training, scope='dropout7')
            net = layers.conv2d(net, num_classes, [1, 1], activation_fn=None, normalizer_fn=None, scope='fc8')
            end_points = utils.convert_collection_to_dict(ends)
            if spatial_squeeze:
                net = tf.squeeze(net, [1, 2], name='fc8/squeezed')
                end_points[variables.name + '/fc8'] = net
            return net, end_points
