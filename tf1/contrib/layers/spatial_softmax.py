"""`spatial_softmax`: where in an image each feature is, on average."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.framework.variables import model_variable
from tf1.contrib.layers import utils
from tf1.contrib.layers.layer_variables import VariablesCollections


@add_arg_scope
def spatial_softmax(
    features: tf.Tensor,
    temperature: float | None = None,
    name: str | None = None,
    variables_collections: VariablesCollections = None,
    trainable: bool = True,
    data_format: str = 'NHWC',
) -> tf.Tensor:
    """Returns the expected position of each channel under a softmax over all positions.

    Makes the scalar variable `temperature`, which divides the features before the softmax.

    Args:
      features: `[batch, height, width, channels]` float, or with 'NCHW' `[batch, channels, height, width]`.
      temperature: first value of the variable; None for 1.
      name: variable scope; None for 'spatial_softmax'.
      variables_collections: collections for the variable.
      trainable: whether optimizers change the variable.
      data_format: 'NHWC' or 'NCHW'.

    Returns:
      `[batch, 2 * channels]` float: for each channel its row and its column, both in [-1, 1].

    Raises:
      ValueError: the data format is neither, or the number of channels is unknown.
    """
    if data_format not in ('NHWC', 'NCHW'):
        raise ValueError(f'data_format must be NHWC or NCHW, got {data_format!r}.')
    with tf.variable_scope(name, 'spatial_softmax'):
        features = tf.convert_to_tensor(features)
        shape, first = tf.shape(features), data_format == 'NCHW'
        height, width = (shape[2], shape[3]) if first else (shape[1], shape[2])
        channels = utils.channel_dimension(features.shape, 'channels_first' if first else 'channels_last')
        with tf.name_scope('spatial_softmax_op') as scope:
            ends = tf.linspace(-1.0, 1.0, num=height), tf.linspace(-1.0, 1.0, num=width)
            places = [tf.reshape(place, [height * width]) for place in tf.meshgrid(*ends, indexing='ij')]
        divisor = model_variable(
            'temperature',
            shape=(),
            dtype=tf.float32,
            initializer=tf.ones_initializer() if temperature is None else tf.constant_initializer(temperature),
            collections=utils.get_variable_collections(variables_collections, 'temperature'),
            trainable=trainable,
        )
        with tf.name_scope(scope):
            maps = features if first else tf.transpose(features, [0, 3, 1, 2])
            share = tf.nn.softmax(tf.reshape(maps, [-1, height * width]) / divisor)
            means = [tf.reduce_sum(place * share, [1], keepdims=True) for place in places]
            outputs = tf.reshape(tf.concat(means, 1), [-1, 2 * channels])
        outputs.set_shape([None if features.shape[0] is None else tf.dimension_value(features.shape[0]), 2 * channels])
        return outputs
