"""`batch_norm`: normalization over a batch, with moving averages for use after training."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib.framework.scopes import add_arg_scope
from tf1.contrib.layers import batch_norm_steps, layer_variables
from tf1.contrib.layers.layer_variables import Activation, Collections, VariablesCollections
from tf1.contrib.layers.regularizers import Regularizer
from tf1.contrib.layers.variable_getters import build_variable_getter

_VARIABLES = ('moving_mean', 'moving_variance', 'beta', 'gamma')


@add_arg_scope
def batch_norm(
    inputs: tf.Tensor,
    decay: float | tf.Tensor = 0.999,
    center: bool = True,
    scale: bool = False,
    epsilon: float = 0.001,
    activation_fn: Activation = None,
    param_initializers: Mapping[str, Any] | None = None,
    param_regularizers: Mapping[str, Regularizer] | None = None,
    updates_collections: str | Sequence[str] | None = tf.GraphKeys.UPDATE_OPS,
    is_training: bool | tf.Tensor = True,
    reuse: bool | None = None,
    variables_collections: VariablesCollections = None,
    outputs_collections: Collections = None,
    trainable: bool = True,
    batch_weights: tf.Tensor | None = None,
    fused: bool | None = None,
    data_format: str = 'NHWC',
    zero_debias_moving_mean: bool = False,
    scope: str | tf.VariableScope | None = None,
    renorm: bool = False,
    renorm_clipping: Mapping[str, Any] | None = None,
    renorm_decay: float = 0.99,
    adjustment: Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]] | None = None,
) -> tf.Tensor:
    """Returns inputs of mean `beta` and deviation `gamma` for each channel.

    In training, mean and variance are the batch's, and the moving averages follow them; else they are the averages.
    The operations that move the averages join `updates_collections`: run them with each training step.

    Args:
      inputs: `[batch, ..., channels]` float, rank >= 2; with 'NCHW' `[batch, channels, ...]`.
      decay: share of the old average that stays at each step.
      center: whether `beta` is added.
      scale: whether `gamma` multiplies.
      epsilon: added to the variance.
      activation_fn: function of the result; None for none.
      param_initializers: first values by 'beta', 'gamma', 'moving_mean', 'moving_variance'.
      param_regularizers: penalties by 'beta' and 'gamma'.
      updates_collections: collections for the updates; None moves the averages with the result itself.
      is_training: whether the batch's own statistics are used.
      reuse: whether the scope's variables are there already; then `scope` must be given.
      variables_collections: collections for all variables, or a dictionary of them by name.
      outputs_collections: collections for the result.
      trainable: whether optimizers change the variables.
      batch_weights: `[batch]`, the weight of each example in mean and variance.
      fused: whether one fused operation is used; None where it can be.
      data_format: 'NHWC' or 'NCHW'.
      zero_debias_moving_mean: whether the moving mean is corrected for its start at zero.
      scope: variable scope; None for 'BatchNorm'.
      renorm: whether batch renormalization is used.
      renorm_clipping: its limits by 'rmax', 'rmin', 'dmax'.
      renorm_decay: decay of its averages.
      adjustment: function of the inputs' shape that gives a scale and an offset, used in training only.

    Raises:
      ValueError: the data format, the rank or the number of channels does not fit, or options exclude each other.
    """
    if data_format not in ('NHWC', 'NCHW'):
        raise ValueError(f'data_format must be NHWC or NCHW, got {data_format!r}.')
    # TF 1.15 has two ways that differ in the order of variables and in what they leave in collections.
    plain = batch_weights is None and updates_collections == tf.GraphKeys.UPDATE_OPS and not zero_debias_moving_mean
    if renorm and not plain:
        raise ValueError(
            'renorm excludes batch_weights, other updates_collections and zero_debias_moving_mean; drop one of them.'
        )
    inputs = tf.convert_to_tensor(inputs)
    axis = 1 if data_format == 'NCHW' else -1
    rank = _rank(inputs, axis)
    fusible = rank in (2, 4) and batch_weights is None and not renorm and (adjustment is None or not plain)
    fused = fusible and fused is not False
    plain = plain and not (fused and rank == 2)
    getter = build_variable_getter() if plain or not fused else None
    with tf.variable_scope(scope, 'BatchNorm', [inputs], reuse=reuse, custom_getter=getter) as sc:
        initializers, penalties = param_initializers or {}, param_regularizers or {}
        if plain:
            layer = tf.layers.BatchNormalization(
                axis=axis,
                momentum=decay,
                epsilon=epsilon,
                center=center,
                scale=scale,
                beta_initializer=initializers.get('beta', tf.zeros_initializer()),
                gamma_initializer=initializers.get('gamma', tf.ones_initializer()),
                moving_mean_initializer=initializers.get('moving_mean', tf.zeros_initializer()),
                moving_variance_initializer=initializers.get('moving_variance', tf.ones_initializer()),
                beta_regularizer=penalties.get('beta'),
                gamma_regularizer=penalties.get('gamma'),
                trainable=trainable,
                renorm=renorm,
                renorm_clipping=renorm_clipping,
                renorm_momentum=renorm_decay,
                adjustment=adjustment,
                fused=fused,
                name=sc.name,
                _scope=sc,
                _reuse=reuse,
            )
            outputs = layer.apply(inputs, training=is_training)
            _join(layer, variables_collections)
        else:
            outputs = batch_norm_steps.normalize(
                batch_norm_steps.Options(
                    decay, epsilon, is_training, axis, updates_collections, batch_weights, zero_debias_moving_mean
                ),
                inputs,
                lambda: batch_norm_steps.make_variables(
                    inputs, axis, center, scale, initializers, penalties, variables_collections, trainable, fused
                ),
                fused,
            )
        return layer_variables.finish(outputs, sc.name, outputs_collections, activation_fn)


def _rank(inputs: tf.Tensor, axis: int) -> int:
    if inputs.shape.rank is None:
        raise ValueError('The inputs of batch_norm have an undefined rank; set it with set_shape().')
    if tf.dimension_value(inputs.shape[axis]) is None:
        raise ValueError(f'The number of channels must be known, got inputs of shape {inputs.shape}.')
    return inputs.shape.rank


def _join(layer: tf.layers.BatchNormalization, collections: VariablesCollections) -> None:
    for name in _VARIABLES:
        variable = getattr(layer, name)
        if variable is not None:
            layer_variables.join(variable, collections, name)
