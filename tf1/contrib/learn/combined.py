"""`DNNLinearCombinedClassifier` and `DNNLinearCombinedRegressor` of `tf.contrib.learn`: wide and deep models."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import tf1 as tf
from tf1.contrib import layers
from tf1.contrib.learn import dnn, linear
from tf1.contrib.learn.canned import Classifier, Regressor, features_of, made
from tf1.contrib.learn.constants import ModeKeys
from tf1.contrib.learn.heads import Head, RegressionHead, class_head
from tf1.contrib.learn.model_fn import ModelFnOps

_SUMMARY = '{}/{}'


class DNNLinearCombinedClassifier(Classifier):
    """A linear model and a fully connected network whose summed logits classify.

    Args:
      model_dir: folder of checkpoints and event files; None for a new temporary folder.
      n_classes: number of classes; labels are in [0, n_classes).
      weight_column_name: the feature that holds the weights of examples; None for none.
      linear_feature_columns: columns of the linear model; None for no such model.
      linear_optimizer: see `LinearClassifier`.
      _joint_linear_weights: whether one variable holds all linear weights; for sparse columns alone.
      dnn_feature_columns: columns of the network; None for no network.
      dnn_optimizer: see `DNNClassifier`.
      dnn_hidden_units: widths of the network's hidden layers.
      dnn_activation_fn: of the hidden layers, or its name in `tf.nn`.
      dnn_dropout: the share of hidden values that training drops; None for none.
      gradient_clip_norm: largest global norm of each part's gradients; None for any.
      enable_centered_bias: whether to add a bias that is trained on labels alone.
      config: settings.
      feature_engineering_fn: function of features and labels that returns both as the model gets them.
      embedding_lr_multipliers: factors of the gradients of embedding columns.
      input_layer_min_slice_size: least bytes of a slice of the network's input variables; None for 64 MiB.
      label_keys: names of the classes, which labels then are; for more than two.
      fix_global_step_increment_bug: whether a step of both parts counts as one; else it counts as two.

    Raises:
      ValueError: no columns, no `dnn_hidden_units` for the network's, or classes that do not fit.
    """

    def __init__(
        self,
        model_dir: str | os.PathLike | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        linear_feature_columns: Iterable[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Iterable[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: dnn.Activation = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        label_keys: Sequence[str] | None = None,
        fix_global_step_increment_bug: bool = False,
    ):
        params = {
            'head': class_head(n_classes, weight_column_name, enable_centered_bias, label_keys),
            **_columns(linear_feature_columns, dnn_feature_columns, dnn_hidden_units),
            'linear_optimizer': linear_optimizer,
            'joint_linear_weights': _joint_linear_weights,
            'dnn_optimizer': dnn_optimizer,
            'dnn_activation_fn': dnn_activation_fn,
            'dnn_dropout': dnn_dropout,
            'gradient_clip_norm': gradient_clip_norm,
            'embedding_lr_multipliers': embedding_lr_multipliers,
            'input_layer_min_slice_size': input_layer_min_slice_size,
            'fix_global_step_increment_bug': fix_global_step_increment_bug,
        }
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


class DNNLinearCombinedRegressor(Regressor):
    """A linear model and a fully connected network whose summed outputs are numbers.

    Args:
      model_dir: see `DNNLinearCombinedClassifier`, as for all that is not listed here.
      label_dimension: numbers of a label.

    Raises:
      ValueError: no columns, or no `dnn_hidden_units` for the network's.
    """

    def __init__(
        self,
        model_dir: str | os.PathLike | None = None,
        weight_column_name: str | None = None,
        linear_feature_columns: Iterable[Any] | None = None,
        linear_optimizer: Any = None,
        _joint_linear_weights: bool = False,
        dnn_feature_columns: Iterable[Any] | None = None,
        dnn_optimizer: Any = None,
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: dnn.Activation = tf.nn.relu,
        dnn_dropout: float | None = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
        embedding_lr_multipliers: Mapping[Any, float] | None = None,
        input_layer_min_slice_size: int | None = None,
        fix_global_step_increment_bug: bool = False,
    ):
        params = {
            'head': RegressionHead(label_dimension, weight_column_name, enable_centered_bias),
            **_columns(linear_feature_columns, dnn_feature_columns, dnn_hidden_units),
            'linear_optimizer': linear_optimizer,
            'joint_linear_weights': _joint_linear_weights,
            'dnn_optimizer': dnn_optimizer,
            'dnn_activation_fn': dnn_activation_fn,
            'dnn_dropout': dnn_dropout,
            'gradient_clip_norm': gradient_clip_norm,
            'embedding_lr_multipliers': embedding_lr_multipliers,
            'input_layer_min_slice_size': input_layer_min_slice_size,
            'fix_global_step_increment_bug': fix_global_step_increment_bug,
        }
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


def _columns(
    of_linear: Iterable[Any] | None, of_dnn: Iterable[Any] | None, hidden_units: Sequence[int] | None
) -> dict[str, Any]:
    of_linear, of_dnn = tuple(of_linear or ()), tuple(of_dnn or ())
    if not of_linear and not of_dnn:
        raise ValueError('linear_feature_columns or dnn_feature_columns must hold a column at least, got none.')
    if of_dnn and not hidden_units:
        raise ValueError(f'dnn_hidden_units must be given with dnn_feature_columns, got {hidden_units!r}.')
    return {'linear_feature_columns': of_linear, 'dnn_feature_columns': of_dnn, 'dnn_hidden_units': hidden_units}


def _model_fn(
    features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: tf.estimator.RunConfig
) -> ModelFnOps:
    head: Head = params['head']
    features = features_of(features)
    parts = []
    if params['dnn_feature_columns']:
        parts.append(_dnn_logits(features, mode, params, config))
    if params['linear_feature_columns']:
        parts.append(_linear_logits(features, params, config))

    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        return _train_op(loss, params)

    return head.create_model_fn_ops(features, mode, labels, train_op_fn, tf.add_n(parts))


def _dnn_logits(
    features: Mapping[str, Any], mode: str, params: Mapping[str, Any], config: tf.estimator.RunConfig
) -> tf.Tensor:
    with dnn.dnn_scope(config):
        return dnn.network(
            features,
            params['dnn_feature_columns'],
            params['dnn_hidden_units'],
            params['head'].logits_dimension,
            params['dnn_activation_fn'],
            params['dnn_dropout'] if mode == ModeKeys.TRAIN else None,
            dnn.input_partitioner(config, params['input_layer_min_slice_size']),
            _SUMMARY,
        )


def _linear_logits(features: Mapping[str, Any], params: Mapping[str, Any], config: tf.estimator.RunConfig) -> tf.Tensor:
    columns, units = params['linear_feature_columns'], params['head'].logits_dimension
    with linear.linear_scope(config) as scope:
        logits = linear.weighted_sum(features, columns, units, params['joint_linear_weights'], scope).logits
        dnn.summarize(logits, scope.name, _SUMMARY)
    return logits


def _train_op(loss: tf.Tensor, params: Mapping[str, Any]) -> tf.Operation:
    step, counts = tf.train.get_global_step(), not params['fix_global_step_increment_bug']
    common = {'clip_gradients': params['gradient_clip_norm'], 'summaries': [], 'increment_global_step': counts}
    ops = []
    if params['dnn_feature_columns']:
        multipliers = dnn.embedding_factors(params['embedding_lr_multipliers'])
        optimizer = made(params['dnn_optimizer']) or 'Adagrad'
        variables = tf.get_collection('dnn')
        ops.append(
            layers.optimize_loss(
                loss,
                step,
                dnn.LEARNING_RATE,
                optimizer,
                gradient_multipliers=multipliers,
                variables=variables,
                name='dnn',
                **common,
            )
        )
    if params['linear_feature_columns']:
        rate = linear.learning_rate(params['linear_feature_columns'])
        optimizer = made(params['linear_optimizer']) or 'Ftrl'
        variables = tf.get_collection('linear')
        ops.append(layers.optimize_loss(loss, step, rate, optimizer, variables=variables, name='linear', **common))
    if counts:
        return tf.group(*ops)
    with tf.control_dependencies(ops):
        return tf.assign_add(step, 1).op
