"""The logits of a fully connected network over feature columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras.api._v1.keras.__internal__.legacy import layers

from tf1.estimator.mode_keys import ModeKeys


def dnn_logit_fn_builder(
    units: int,
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None,
    dropout: float | None,
    input_layer_partitioner: Callable | None,
    batch_norm: bool,
) -> Callable[[Mapping[str, Any], str], tf.Tensor]:
    """Returns a function of `features` and `mode` that returns logits, `[batch, units]` float32.

    Args:
      units: length of the logits' last axis.
      hidden_units: widths of the hidden layers.
      feature_columns: dense columns, the network's input.
      activation_fn: of the hidden layers.
      dropout: the share of hidden values that training drops, in [0, 1); None for none.
      input_layer_partitioner: divides the variables of columns among parameter servers.
      batch_norm: whether hidden layers are normalised, after activation and dropout.

    Raises:
      ValueError: `units` is no number >= 1.
    """
    if not isinstance(units, int):
        raise ValueError(f'units must be an integer >= 1, got {units!r}.')

    def dnn_logit_fn(features: Mapping[str, Any], mode: str) -> tf.Tensor:
        training = mode == ModeKeys.TRAIN
        with tf.variable_scope(
            'input_from_feature_columns', values=tuple(features.values()), partitioner=input_layer_partitioner
        ):
            net = tf.keras.layers.DenseFeatures(feature_columns, name='input_layer')(features)
        for i, width in enumerate(hidden_units):
            with tf.variable_scope(f'hiddenlayer_{i}', values=(net,)) as scope:
                net = _dense(net, width, activation_fn, scope)
            if dropout is not None and training:
                net = layers.dropout(net, rate=dropout, training=True)
            with tf.variable_scope(f'hiddenlayer_{i}', values=(net,)) as scope:
                if batch_norm:
                    net = layers.batch_normalization(net, momentum=0.999, training=training, name=f'batchnorm_{i}')
            summarize_layer(net, scope.name)
        with tf.variable_scope('logits', values=(net,)) as scope:
            logits = _dense(net, units, None, scope)
        summarize_layer(logits, scope.name)
        return logits

    return dnn_logit_fn


def summarize_layer(value: tf.Tensor, tag: str) -> None:
    """Writes the share of zeros in a layer's output, and its histogram."""
    tf.summary.scalar(f'{tag}/fraction_of_zero_values', tf.nn.zero_fraction(value))
    tf.summary.histogram(f'{tag}/activation', value)


def _dense(net: tf.Tensor, units: int, activation: Callable | None, scope: tf.VariableScope) -> tf.Tensor:
    initializer = tf.glorot_uniform_initializer()
    return layers.dense(net, units, activation=activation, kernel_initializer=initializer, name=scope)
