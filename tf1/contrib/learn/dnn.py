"""`DNNClassifier` and `DNNRegressor` of `tf.contrib.learn`: fully connected networks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib import layers
from tf1.contrib.learn.canned import Classifier, Regressor, columns_of, features_of, made
from tf1.contrib.learn.constants import ModeKeys
from tf1.contrib.learn.heads import Head, RegressionHead, class_head
from tf1.contrib.learn.model_fn import ModelFnOps

LEARNING_RATE = 0.05
_MIN_SLICE_BYTES = 64 << 20

Activation = str | Callable[[tf.Tensor], tf.Tensor] | None


class DNNClassifier(Classifier):
    """A fully connected network that classifies.

    Args:
      hidden_units: widths of the hidden layers.
      feature_columns: columns of `tf.contrib.layers`, the network's input.
      model_dir: folder of checkpoints and event files; None for a new temporary folder.
      n_classes: number of classes; labels are in [0, n_classes).
      weight_column_name: the feature that holds the weights of examples; None for none.
      optimizer: an optimizer, its name, or a function that makes one; None for Adagrad. A name's rate is 0.05.
      activation_fn: of the hidden layers, or its name in `tf.nn`.
      dropout: the share of hidden values that training drops; None for none.
      gradient_clip_norm: largest global norm of the gradients; None for any.
      enable_centered_bias: whether to add a bias that is trained on labels alone, too.
      config: settings.
      feature_engineering_fn: function of features and labels that returns both as the model gets them.
      embedding_lr_multipliers: factors of the gradients of embedding columns.
      input_layer_min_slice_size: least bytes of a slice of the input's variables; None for 64 MiB.
      label_keys: names of the classes, which labels then are; for more than two.

    Raises:
      ValueError: no columns, fewer than two classes, or `label_keys` do not fit them.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Iterable[Any],
        model_dir: str | os.PathLike | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Activation = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
    ):
        params = {
            'head': class_head(n_classes, weight_column_name, enable_centered_bias, label_keys),
            'hidden_units': hidden_units,
            'feature_columns': columns_of(feature_columns),
            'optimizer': optimizer,
            'activation_fn': activation_fn,
            'dropout': dropout,
            'gradient_clip_norm': gradient_clip_norm,
            'embedding_lr_multipliers': embedding_lr_multipliers,
            'input_layer_min_slice_size': input_layer_min_slice_size,
        }
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNRegressor(Regressor):
    """A fully connected network whose outputs are numbers.

    Args:
      hidden_units: see `DNNClassifier`, as for all that is not listed here.
      feature_columns: columns of `tf.contrib.layers`, the network's input.
      label_dimension: numbers of a label.

    Raises:
      ValueError: no columns.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Iterable[Any],
        model_dir: str | os.PathLike | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        activation_fn: Activation = tf.nn.relu,
        dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
        label_dimension: int = 1,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
    ):
        params = {
            'head': RegressionHead(label_dimension, weight_column_name, enable_centered_bias),
            'hidden_units': hidden_units,
            'feature_columns': columns_of(feature_columns),
            'optimizer': optimizer,
            'activation_fn': activation_fn,
            'dropout': dropout,
            'gradient_clip_norm': gradient_clip_norm,
            'embedding_lr_multipliers': embedding_lr_multipliers,
            'input_layer_min_slice_size': input_layer_min_slice_size,
        }
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


def _model_fn(
    features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: tf.estimator.RunConfig
) -> ModelFnOps:
    head: Head = params['head']
    features = features_of(features)

    def train_op_fn(loss: tf.Tensor) -> tf.Tensor:
        return layers.optimize_loss(
            loss,
            tf.train.get_global_step(),
            LEARNING_RATE,
            made(params['optimizer']) or 'Adagrad',
            gradient_multipliers=embedding_factors(params['embedding_lr_multipliers']),
            clip_gradients=params['gradient_clip_norm'],
            name='dnn',
            summaries=[],
        )

    with dnn_scope(config):
        logits = network(
            features,
            params['feature_columns'],
            params['hidden_units'],
            head.logits_dimension,
            params['activation_fn'],
            params['dropout'] if mode == ModeKeys.TRAIN else None,
            input_partitioner(config, params['input_layer_min_slice_size']),
            '{}_{}',
        )
        return head.create_model_fn_ops(features, mode, labels, train_op_fn, logits)


def dnn_scope(config: tf.estimator.RunConfig) -> Any:
    """Returns the scope 'dnn', whose variables are divided among parameter servers."""
    return tf.variable_scope('dnn', partitioner=tf.min_max_variable_partitioner(max(1, config.num_ps_replicas)))


def network(
    features: Mapping[str, Any],
    feature_columns: Sequence[Any],
    hidden_units: Sequence[int],
    logits_dimension: int,
    activation_fn: Activation,
    dropout: float | None,
    partitioner: Callable,
    summary: str,
) -> tf.Tensor:
    """Returns logits, `[batch, logits_dimension]` float32, of a network in the scope 'dnn', which must be open.

    Its variables are in the collection 'dnn'.

    Args:
      features: features by name.
      feature_columns: the input.
      hidden_units: widths of the hidden layers.
      logits_dimension: width of the last layer.
      activation_fn: of the hidden layers, or its name in `tf.nn`.
      dropout: the share of hidden values to drop; None for none.
      partitioner: divides the input's variables.
      summary: how a summary's name is made of its layer's and of what is summarised.
    """
    if isinstance(activation_fn, str):
        activation_fn = getattr(tf.nn, activation_fn)
    with tf.variable_scope('input_from_feature_columns', partitioner=partitioner) as scope:
        net = layers.input_from_feature_columns(features, feature_columns, scope=scope)
    for i, units in enumerate(hidden_units):
        with tf.variable_scope(f'hiddenlayer_{i}') as scope:
            net = layers.fully_connected(net, units, activation_fn, scope=scope)
            if dropout is not None:
                net = layers.dropout(net, 1.0 - dropout)
        summarize(net, scope.name, summary)
    with tf.variable_scope('logits') as scope:
        logits = layers.fully_connected(net, logits_dimension, None, scope=scope)
    summarize(logits, scope.name, summary)
    for variable in tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, 'dnn/'):
        tf.add_to_collection('dnn', variable)
    return logits


def summarize(values: tf.Tensor, name: str, form: str) -> None:
    """Writes the share of zeros in a layer's output, and its histogram."""
    tf.summary.scalar(form.format(name, 'fraction_of_zero_values'), tf.nn.zero_fraction(values))
    tf.summary.histogram(form.format(name, 'activation'), values)


def input_partitioner(config: tf.estimator.RunConfig, min_slice_bytes: int | None) -> Callable:
    """Returns what divides the input's variables among parameter servers."""
    return tf.min_max_variable_partitioner(
        max(1, config.num_ps_replicas), min_slice_size=min_slice_bytes or _MIN_SLICE_BYTES
    )


def embedding_factors(multipliers: Mapping[Any, float] | None) -> dict[str, float] | None:
    """Returns the gradients' factors by variable, of those by embedding column.

    Raises:
      ValueError: a column is no part of the network's input.
    """
    if not multipliers:
        return None
    factors = {}
    for column, factor in multipliers.items():
        parts = tf.get_collection(
            tf.GraphKeys.TRAINABLE_VARIABLES, f'dnn/input_from_feature_columns/{column.name}/weights'
        )
        if not parts:
            raise ValueError(f'embedding_lr_multipliers must name embedding columns of the input, got {column.name!r}.')
        factors.update((part.name, factor) for part in parts)
    return factors
