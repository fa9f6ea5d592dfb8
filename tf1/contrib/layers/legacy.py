"""`legacy_fully_connected` and its short forms, which are older than `fully_connected` and name variables otherwise."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.variables import variable
from tf1.contrib.layers import initializers
from tf1.contrib.layers.layer_variables import Activation
from tf1.contrib.layers.regularizers import Regularizer


def legacy_fully_connected(
    x: tf.Tensor,
    num_output_units: int,
    activation_fn: Activation = None,
    weight_init: Any = initializers.xavier_initializer(),  # noqa: B008
    bias_init: Any = tf.zeros_initializer(),  # noqa: B008
    name: str | None = None,
    weight_collections: Sequence[str] = (tf.GraphKeys.WEIGHTS,),
    bias_collections: Sequence[str] = (tf.GraphKeys.BIASES,),
    output_collections: Sequence[str] = (tf.GraphKeys.ACTIVATIONS,),
    trainable: bool = True,
    weight_regularizer: Regularizer | None = None,
    bias_regularizer: Regularizer | None = None,
) -> tf.Tensor:
    """Returns `activation(x x weights + bias)` over the last dimension; makes the variables `weights` and `bias`.

    Args:
      x: `[batch, ..., inputs]` float.
      num_output_units: number of units.
      activation_fn: function of the result; None for none.
      weight_init: first values of the weights.
      bias_init: first values of the bias; None for no bias.
      name: variable scope; None for 'fully_connected'.
      weight_collections: collections for the weights besides the global variables.
      bias_collections: collections for the bias besides the global variables.
      output_collections: collections for the result besides 'activations'.
      trainable: whether optimizers change the variables.
      weight_regularizer: penalty on the weights.
      bias_regularizer: penalty on the bias.

    Raises:
      ValueError: the rank is < 2 or unknown, or the last dimension is unknown.
    """
    with tf.variable_scope(name, 'fully_connected', [x]):
        x = tf.convert_to_tensor(x)
        if x.shape.rank is None or x.shape.rank < 2 or tf.dimension_value(x.shape[-1]) is None:
            raise ValueError(f'x must have a known rank >= 2 and a known last dimension, got shape {x.shape}.')
        inputs, dtype = tf.dimension_value(x.shape[-1]), x.dtype.base_dtype
        weights = variable(
            'weights',
            shape=[inputs, num_output_units],
            dtype=dtype,
            initializer=weight_init,
            collections=[*weight_collections, tf.GraphKeys.GLOBAL_VARIABLES],
            regularizer=weight_regularizer,
            trainable=trainable,
        )
        rows = x if x.shape.rank == 2 else tf.reshape(x, [-1, inputs])
        y = tf.matmul(rows, weights, name='MatMul')
        if bias_init is not None:
            bias = variable(
                'bias',
                shape=[num_output_units],
                dtype=dtype,
                initializer=bias_init,
                collections=[*bias_collections, tf.GraphKeys.GLOBAL_VARIABLES],
                regularizer=bias_regularizer,
                trainable=trainable,
            )
            y = tf.nn.bias_add(y, bias, name='BiasAdd')
        if x.shape.rank > 2:
            y = tf.reshape(y, tf.concat([tf.shape(x)[:-1], [num_output_units]], 0))
            y.set_shape(x.shape[:-1].concatenate([num_output_units]))
        y = y if activation_fn is None else activation_fn(y)
        tf.add_to_collections([*output_collections, tf.GraphKeys.ACTIVATIONS], y)
        return y


legacy_linear = functools.partial(legacy_fully_connected, activation_fn=None)
legacy_relu = functools.partial(legacy_fully_connected, activation_fn=tf.nn.relu)
