"""Small layers: `bias_add`, `one_hot_encoding`, `softmax`, `unit_norm`, `maxout`, `scale_gradient`."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables, utils
from tf1.contrib.layers.convolution import add_biases
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer


@add_arg_scope
def bias_add(
    inputs: tf.Tensor,
    activation_fn: Activation = None,
    initializer: Any = tf.zeros_initializer(),  # noqa: B008
    regularizer: Regularizer | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    data_format: str = 'NHWC',
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns `activation(inputs + biases)`; makes the variable `biases` `[channels]`.

    Args:
      inputs: `[batch, ..., channels]` float; with 'NCHW' `[batch, channels, height, width]`.
      activation_fn: function of the result; None for none.
      initializer: first values of the biases.
      regularizer: penalty on the biases.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for the biases, or a dictionary of them by 'biases'.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the biases.
      data_format: 'NHWC' or 'NCHW'.
      scope: variable scope; None for 'BiasAdd'.

    Raises:
      ValueError: the data format or the rank does not fit, or the number of channels is unknown.
    """
    if data_format not in ('NHWC', 'NCHW'):
        raise ValueError(f'data_format must be NHWC or NCHW, got {data_format!r}.')
    with tf.variable_scope(scope, 'BiasAdd', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        if inputs.shape.rank is None or (data_format == 'NCHW' and inputs.shape.rank != 4):
            raise ValueError(f'Inputs must have a known rank, with NCHW 4; got shape {inputs.shape}.')
        depth = utils.channel_dimension(inputs.shape, 'channels_first' if data_format == 'NCHW' else 'channels_last')
        biases = layer_variables.layer_variable(
            'biases', [depth], inputs.dtype.base_dtype, initializer, regularizer, trainable
        )
        layer_variables.join(biases, variables_collections, 'biases')
        outputs = add_biases(inputs, biases, data_format)
        return layer_variables.finish(outputs, sc.name, outputs_collections, activation_fn)


@add_arg_scope
def one_hot_encoding(
    labels: tf.Tensor,
    num_classes: int,
    on_value: float = 1.0,
    off_value: float = 0.0,
    outputs_collections: Collections = None,
    scope: str | None = None,
) -> tf.Tensor:
    """Returns `[batch, num_classes]` float32 with `on_value` at each label.

    Args:
      labels: `[batch]` integers.
      num_classes: number of classes.
      on_value: value at the label.
      off_value: value elsewhere.
      outputs_collections: collections for the result.
      scope: name scope; None for 'OneHotEncoding'.
    """
    with tf.name_scope(scope, 'OneHotEncoding', [labels, num_classes]) as sc:
        labels = tf.convert_to_tensor(labels)
        if labels.dtype == tf.int32:
            labels = tf.cast(labels, tf.int64, name='ToInt64')
        outputs = tf.one_hot(labels, num_classes, on_value=on_value, off_value=off_value)
        return utils.collect_named_outputs(outputs_collections, sc, outputs)


@add_arg_scope
def softmax(logits: tf.Tensor, scope: str | None = None) -> tf.Tensor:
    """Returns probabilities over the last dimension.

    Args:
      logits: tensor whose last dimension is known.
      scope: variable scope; None for 'softmax'.
    """
    with tf.variable_scope(scope, 'softmax', [logits]):
        logits = tf.convert_to_tensor(logits)
        rows = tf.reshape(logits, [-1, utils.last_dimension(logits.shape)])
        outputs = tf.reshape(tf.nn.softmax(rows), tf.shape(logits))
        outputs.set_shape(logits.shape)
        return outputs


@add_arg_scope
def unit_norm(inputs: tf.Tensor, dim: int, epsilon: float = 1e-7, scope: str | None = None) -> tf.Tensor:
    """Returns the inputs divided by their length along dimension `dim`.

    Args:
      inputs: float tensor of known rank.
      dim: the dimension, counted from the front.
      epsilon: added to the squared length.
      scope: variable scope; None for 'UnitNorm'.

    Raises:
      ValueError: the rank is unknown, or `dim` is not in [0, rank).
    """
    with tf.variable_scope(scope, 'UnitNorm', [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        rank = inputs.shape.rank
        if rank is None:
            raise ValueError('The rank of the inputs of unit_norm must be known; set it with set_shape().')
        if not 0 <= dim < rank:
            raise ValueError(f'dim must be in [0, {rank}), the rank of the inputs; got {dim}.')
        lengths = tf.sqrt(epsilon + tf.reduce_sum(tf.square(inputs), dim, keepdims=True))
        multiples = []
        if dim > 0:
            multiples.append(tf.ones([dim], tf.int32))
        multiples.append(tf.strided_slice(tf.shape(inputs), [dim], [dim + 1]))
        if dim < rank - 1:
            multiples.append(tf.ones([rank - 1 - dim], tf.int32))
        return tf.math.divide(inputs, tf.tile(lengths, tf.concat(multiples, 0)), name='div')


@add_arg_scope
def maxout(inputs: tf.Tensor, num_units: int, axis: int = -1, scope: str | None = None) -> tf.Tensor:
    """Returns the largest of each `features / num_units` values that lie side by side.

    Args:
      inputs: `[..., features, ...]`.
      num_units: size of `axis` in the result; a divisor of the features.
      axis: the dimension of the features.
      scope: variable scope; None for 'MaxOut'.

    Raises:
      ValueError: `num_units` does not divide the features.
    """
    with tf.variable_scope(scope, 'MaxOut', [inputs]):
        inputs = tf.convert_to_tensor(inputs)
        shape = inputs.shape.as_list()
        features = shape[axis]
        if features % num_units:
            raise ValueError(f'num_units must divide the {features} features of axis {axis}, got {num_units}.')
        sizes = [tf.shape(inputs)[a] if size is None else size for a, size in enumerate(shape)]
        sizes[axis] = num_units
        # As in TF 1.15, where values that lie side by side form a group, whatever the axis.
        return tf.reduce_max(tf.reshape(inputs, [*sizes, features // num_units]), -1)


def scale_gradient(inputs: tf.Tensor, scale: float | tf.Tensor) -> tf.Tensor:
    """Returns the inputs, whose gradient is multiplied by `scale` on its way back."""

    @tf.custom_gradient
    def scaled(values: tf.Tensor) -> tuple[tf.Tensor, Any]:
        return tf.identity(values), lambda upstream: upstream * tf.cast(scale, upstream.dtype)

    return scaled(tf.convert_to_tensor(inputs))
