"""The last three layers that AlexNet and OverFeat share: convolutions that see the whole image."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.layers import utils
from tf1.contrib.slim.nets.inception_modules import trunc_normal


def classify(
    net: tf.Tensor,
    first: tuple[int, int],
    num_classes: int,
    is_training: bool,
    dropout_keep_prob: float,
    spatial_squeeze: bool,
    variables: tf.VariableScope,
    ends: str,
) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Adds 'fc6', 'fc7' and 'fc8'.

    Args:
      net: `[batch, height, width, channels] float32`.
      first: filters of 'fc6', and its height and width.
      num_classes: channels of the result.
      is_training: whether dropout is on.
      dropout_keep_prob: share of values that dropout keeps.
      spatial_squeeze: whether the result is `[batch, num_classes]`.
      variables: of the network.
      ends: collection of the end points.

    Returns:
      Logits, and end points by name.
    """
    filters, size = first
    with arg_scope(
        [layers.conv2d], weights_initializer=trunc_normal(0.005), biases_initializer=tf.constant_initializer(0.1)
    ):
        net = layers.conv2d(net, filters, [size, size], padding='VALID', scope='fc6')
        net = layers.dropout(net, dropout_keep_prob, is_training=is_training, scope='dropout6')
        net = layers.conv2d(net, 4096, [1, 1], scope='fc7')
        net = layers.dropout(net, dropout_keep_prob, is_training=is_training, scope='dropout7')
        net = layers.conv2d(
            net,
            num_classes,
            [1, 1],
            activation_fn=None,
            normalizer_fn=None,
            biases_initializer=tf.zeros_initializer(),
            scope='fc8',
        )
    end_points = utils.convert_collection_to_dict(ends)
    if spatial_squeeze:
        net = tf.squeeze(net, [1, 2], name='fc8/squeezed')
        end_points[variables.name + '/fc8'] = net
    return net, end_points
