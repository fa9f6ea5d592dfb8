"""`fully_connected` and its short forms."""

from __future__ import annotations

import functools
import numbers
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import initializers, layer_variables
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer


@add_arg_scope
def fully_connected(
    inputs: tf.Tensor,
    num_outputs: int,
    activation_fn: Activation = tf.nn.relu,
    normalizer_fn: Callable[..., tf.Tensor] | None = None,
    normalizer_params: Mapping[str, Any] | None = None,
    weights_initializer: Any = initializers.xavier_initializer(),  # noqa: B008
    weights_regularizer: Regularizer | None = None,
    biases_initializer: Any = tf.zeros_initializer(),  # noqa: B008
    biases_regularizer: Regularizer | None = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns `activation(inputs x weights + biases)` over the last dimension.

    Makes the variables `weights` `[inputs, num_outputs]` and, without a normalizer, `biases` `[num_outputs]`.

    Args:
      inputs: `[batch, ..., inputs]` float.
      num_outputs: number of units.
      activation_fn: function of the result; None for none.
      normalizer_fn: function that stands in for the biases, `batch_norm` for example; None for none.
      normalizer_params: its arguments.
      weights_initializer: first values of the weights.
      weights_regularizer: penalty on the weights.
      biases_initializer: first values of the biases; None for no biases.
      biases_regularizer: penalty on the biases.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by 'weights' and 'biases'.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      scope: variable scope; None for 'fully_connected'.

    Returns:
      `[batch, ..., num_outputs]` of the inputs' type.

    Raises:
      ValueError: `num_outputs` is no integer, or the inputs' rank is < 2 or unknown or their last dimension is.
    """
    if not isinstance(num_outputs, numbers.Integral):
        raise ValueError(f'num_outputs must be an integer, got {num_outputs!r}.')
    with tf.variable_scope(scope, 'fully_connected', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        depth = _depth(inputs, sc.name)
        dtype = inputs.dtype.base_dtype
        layer_variables.declare_updates()
        weights = layer_variables.layer_variable(
            'weights', [depth, num_outputs], dtype, weights_initializer, weights_regularizer, trainable, 'kernel'
        )
        biases = None
        if normalizer_fn is None and biases_initializer is not None:
            biases = layer_variables.layer_variable(
                'biases', [num_outputs], dtype, biases_initializer, biases_regularizer, trainable, 'bias'
            )
        outputs = _product(inputs, weights)
        layer_variables.join(weights, variables_collections, 'weights')
        if biases is not None:
            outputs = tf.nn.bias_add(outputs, biases, name='BiasAdd')
            layer_variables.join(biases, variables_collections, 'biases')
        return layer_variables.finish(
            outputs, sc.name, outputs_collections, activation_fn, normalizer_fn, normalizer_params
        )


def _depth(inputs: tf.Tensor, scope_name: str) -> int:
    if inputs.shape.rank is None or inputs.shape.rank < 2:
        raise ValueError(f'Inputs of {scope_name} must have a known rank >= 2, got shape {inputs.shape}.')
    depth = tf.dimension_value(inputs.shape[-1])
    if depth is None:
        raise ValueError(f'The last dimension of the inputs of {scope_name} must be known, got shape {inputs.shape}.')
    return depth


def _product(inputs: tf.Tensor, weights: tf.Variable) -> tf.Tensor:
    if inputs.shape.rank == 2:
        return tf.matmul(inputs, weights, name='MatMul')
    return tf.tensordot(inputs, weights, [[inputs.shape.rank - 1], [0]], name='Tensordot')


linear = functools.partial(fully_connected, activation_fn=None)
relu = functools.partial(fully_connected, activation_fn=tf.nn.relu)
relu6 = functools.partial(fully_connected, activation_fn=tf.nn.relu6)
elu = functools.partial(fully_connected, activation_fn=tf.nn.elu)
