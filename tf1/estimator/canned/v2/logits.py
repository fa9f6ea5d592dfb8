"""The logits of networks and linear models whose weights are resource variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
import tf_keras

from tf1.estimator.canned import linear_logits
from tf1.estimator.canned.dnn_logits import summarize_layer
from tf1.estimator.mode_keys import ModeKeys

_DNN = 'dnn'


def dnn(
    features: Mapping[str, Any],
    mode: str,
    units: int,
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None,
    dropout: float | None,
    batch_norm: bool,
) -> tf.Tensor:
    """Returns the logits of a network, `[batch, units]` float32; the arguments are those of `dnn_logit_fn_builder`."""
    layers = tf_keras.layers
    training = mode == ModeKeys.TRAIN
    with tf.name_scope(_DNN):
        columns = layers.DenseFeatures(feature_columns, name='input_from_feature_columns/input_layer')
        net = columns(features, training=training)
        for i, width in enumerate(hidden_units):
            name = f'hiddenlayer_{i}'
            net = _dense(width, activation_fn, name)(net)
            if dropout is not None and training:
                net = layers.Dropout(rate=dropout)(net, training=True)
            if batch_norm:
                normalize = layers.BatchNormalization(momentum=0.999, name=f'{name}/batchnorm_{i}')
                net = normalize(net, training=training)
                with tf.name_scope(f'{normalize.name}/'):
                    tf.logical_and(training, normalize.trainable)  # TF 1.15 counted these nodes, and seeds follow.
                for update in normalize.updates:
                    tf.add_to_collection(tf.GraphKeys.UPDATE_OPS, update)
            summarize_layer(net, name)
        logits = _dense(units, None, 'logits')(net)
        summarize_layer(logits, 'logits')
    return logits


def linear(features: Mapping[str, Any], units: int, feature_columns: Sequence[Any], sparse_combiner: str) -> tf.Tensor:
    """Returns the logits of a linear model, `[batch, units]` float32.

    Raises:
      ValueError: two columns have the same name.
    """
    names = [column.name for column in feature_columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f'feature_columns must have names of their own, got {twice} more than once.')
    with tf.variable_scope(tf.get_variable_scope(), use_resource=True):
        name = linear_logits.LINEAR_MODEL_V2
        logits, _ = linear_logits.linear_logits(features, feature_columns, units, sparse_combiner, name)
    return logits


def _dense(units: int, activation: Callable | None, name: str) -> Any:
    initializer = tf.glorot_uniform_initializer()
    return tf_keras.layers.Dense(units, activation=activation, kernel_initializer=initializer, name=name)
