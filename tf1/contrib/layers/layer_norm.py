"""`layer_norm`: normalization over the features of each example."""

from __future__ import annotations

import tensorflow.compat.v1 as tf

from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import layer_variables
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections

# What TF 1.15 adds to the variance; half precision cannot hold the smaller one.
_EPSILON = 1e-12
_EPSILON_HALF = 1e-3


@add_arg_scope
def layer_norm(
    inputs: tf.Tensor,
    center: bool = True,
    scale: bool = True,
    activation_fn: Activation = None,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    begin_norm_axis: int = 1,
    begin_params_axis: int = -1,
    scope: str | tf.VariableScope | None = None,
) -> tf.Tensor:
    """Returns inputs of mean `beta` and deviation `gamma` for each example.

    Args:
      inputs: `[batch, ...]` float of known rank.
      center: whether `beta` is added.
      scale: whether `gamma` multiplies.
      activation_fn: function of the result; None for none.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by name.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      begin_norm_axis: first dimension of those that mean and variance are taken over.
      begin_params_axis: first dimension of those that `beta` and `gamma` have.
      scope: variable scope; None for 'LayerNorm'.

    Raises:
      ValueError: the rank or the variables' shape is unknown, or an axis is out of range.
    """
    with tf.variable_scope(scope, 'LayerNorm', [inputs], reuse=reuse) as sc:
        inputs = tf.convert_to_tensor(inputs)
        rank = inputs.shape.rank
        if rank is None:
            raise ValueError(f'The inputs {inputs.name} of layer_norm have an undefined rank; set it with set_shape().')
        first = begin_norm_axis + rank if begin_norm_axis < 0 else begin_norm_axis
        if first >= rank or begin_params_axis >= rank:
            raise ValueError(
                f'begin_norm_axis and begin_params_axis must be < {rank}, the rank of the inputs; '
                f'got {begin_norm_axis} and {begin_params_axis}.'
            )
        shape = inputs.shape[begin_params_axis:]
        if not shape.is_fully_defined():
            raise ValueError(f'Dimensions from {begin_params_axis} on must be known, got shape {inputs.shape}.')

        def make(name: str, initializer: tf.keras.initializers.Initializer) -> tf.Variable:
            variable = layer_variables.layer_variable(
                name, shape, inputs.dtype.base_dtype, initializer, None, trainable
            )
            layer_variables.join(variable, variables_collections, name)
            return variable

        beta = make('beta', tf.zeros_initializer()) if center else None
        gamma = make('gamma', tf.ones_initializer()) if scale else None
        mean, variance = tf.nn.moments(inputs, list(range(first, rank)), keepdims=True)
        epsilon = _EPSILON_HALF if inputs.dtype.base_dtype == tf.float16 else _EPSILON
        outputs = tf.nn.batch_normalization(inputs, mean, variance, beta, gamma, epsilon)
        outputs.set_shape(inputs.shape)
        return layer_variables.finish(outputs, sc.name, outputs_collections, activation_fn)
