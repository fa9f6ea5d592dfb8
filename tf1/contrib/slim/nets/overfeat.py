"""OverFeat, for images of 231x231 or more.

After Sermanet and others, "OverFeat: Integrated recognition, localization and detection" (2013).
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import layers
from tf1.contrib.framework import arg_scope
from tf1.contrib.slim.nets import large_head
from tf1.contrib.slim.nets.inception_modules import trunc_normal  # noqa: F401 TF 1.15 has it here too


def overfeat_arg_scope(weight_decay: float = 0.0005) -> Any:
    """Returns the argument scope of this network."""
    with (
        arg_scope(
            [layers.conv2d, layers.fully_connected],
            activation_fn=tf.nn.relu,
            biases_initializer=tf.zeros_initializer(),
            weights_regularizer=layers.l2_regularizer(weight_decay),
        ),
        arg_scope([layers.conv2d], padding='SAME'),
        arg_scope([layers.max_pool2d], padding='VALID') as scope,
    ):
        return scope


def overfeat(
    inputs: tf.Tensor,
    num_classes: int = 1000,
    is_training: bool = True,
    dropout_keep_prob: float = 0.5,
    spatial_squeeze: bool = True,
    scope: str = 'overfeat',
) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
    """Builds OverFeat.

    Args:
      inputs: `[batch, height, width, channels] float32`.
      num_classes: channels of the result.
      is_training: whether dropout is on.
      dropout_keep_prob: share of values that dropout keeps.
      spatial_squeeze: whether the result is `[batch, num_classes]`; needs images of 231x231.
      scope: of the variables.

    Returns:
      Logits, and end points by name.
    """
    with tf.variable_scope(scope, 'overfeat', [inputs]) as variables:
        ends = variables.name + '_end_points'
        with arg_scope([layers.conv2d, layers.fully_connected, layers.max_pool2d], outputs_collections=ends):
            net = layers.conv2d(inputs, 64, [11, 11], 4, padding='VALID', scope='conv1')
            net = layers.max_pool2d(net, [2, 2], scope='pool1')
            net = layers.conv2d(net, 256, [5, 5], padding='VALID', scope='conv2')
            net = layers.max_pool2d(net, [2, 2], scope='pool2')
            net = layers.conv2d(net, 512, [3, 3], scope='conv3')
            net = layers.conv2d(net, 1024, [3, 3], scope='conv4')
            net = layers.conv2d(net, 1024, [3, 3], scope='conv5')
            net = layers.max_pool2d(net, [2, 2], scope='pool5')
            return large_head.classify(
                net, (3072, 6), num_classes, is_training, dropout_keep_prob, spatial_squeeze, variables, ends
            )
