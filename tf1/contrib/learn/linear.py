"""`LinearClassifier` and `LinearRegressor` of `tf.contrib.learn`."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import tf1 as tf
from tf1.contrib import layers
from tf1.contrib.learn.canned import Classifier, Regressor, columns_of, features_of, made
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.heads import BinaryHead, Head, RegressionHead, SvmHead, class_head
from tf1.contrib.learn.model_fn import ModelFnOps
from tf1.contrib.linear_optimizer.sdca_optimizer import BIAS, SDCAOptimizer

_HIGHEST_LEARNING_RATE = 0.2
# What SDCAOptimizer calls the losses of heads.
_LOSSES: dict[type, str] = {BinaryHead: 'logistic_loss', RegressionHead: 'squared_loss', SvmHead: 'hinge_loss'}


class LinearClassifier(Classifier):
    """A linear model that classifies.

    Args:
      feature_columns: columns of `tf.contrib.layers`, at least one.
      model_dir: folder of checkpoints and event files; None for a new temporary folder.
      n_classes: number of classes; labels are in [0, n_classes).
      weight_column_name: the feature that holds the weights of examples; None for none.
      optimizer: an optimizer, its name, or a function that makes one; None for Ftrl. A name's rate is
        1 / sqrt(columns), at most 0.2. Also a `tf.contrib.linear_optimizer.SDCAOptimizer`, for two classes.
      gradient_clip_norm: largest global norm of the gradients; None for any.
      enable_centered_bias: whether to add a bias that is trained on labels alone.
      _joint_weight: whether one variable holds all weights; for sparse columns alone.
      config: settings.
      feature_engineering_fn: function of features and labels that returns both as the model gets them.
      label_keys: names of the classes, which labels then are; for more than two.

    Raises:
      ValueError: no columns, fewer than two classes, or `label_keys` do not fit them.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        model_dir: str | os.PathLike | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        _joint_weight: bool = False,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
        label_keys: Sequence[str] | None = None,
    ):
        head = class_head(n_classes, weight_column_name, enable_centered_bias, label_keys)
        params = _params(head, feature_columns, optimizer, gradient_clip_norm, _joint_weight)
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


class LinearRegressor(Regressor):
    """A linear model whose outputs are numbers.

    Args:
      feature_columns: see `LinearClassifier`, as for all that is not listed here.
      label_dimension: numbers of a label.

    Raises:
      ValueError: no columns.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any],
        model_dir: str | os.PathLike | None = None,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        gradient_clip_norm: float | None = None,
        enable_centered_bias: bool = False,
        label_dimension: int = 1,
        _joint_weights: bool = False,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
    ):
        head = RegressionHead(label_dimension, weight_column_name, enable_centered_bias)
        params = _params(head, feature_columns, optimizer, gradient_clip_norm, _joint_weights)
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)


class SVM(Classifier):
    """A linear support vector machine, which tells labels 0 and 1 apart.

    Args:
      example_id_column: name of the feature, `[batch]` string, that tells examples apart.
      feature_columns: columns of `tf.contrib.layers`, at least one.
      weight_column_name: the feature that holds the weights of examples; None for none.
      model_dir: folder of checkpoints and event files; None for a new temporary folder.
      l1_regularization: factor of the sum of absolute weights.
      l2_regularization: factor of half the sum of squared weights.
      num_loss_partitions: how many workers share the loss, each with examples of its own.
      kernels: must be None.
      config: settings.
      feature_engineering_fn: function of features and labels that returns both as the model gets them.

    Raises:
      ValueError: no columns, or kernels.
    """

    # Predictions are dictionaries, unless classes are asked for.
    predict = Estimator.predict

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Iterable[Any],
        weight_column_name: str | None = None,
        model_dir: str | os.PathLike | None = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        num_loss_partitions: int = 1,
        kernels: Any = None,
        config: tf.estimator.RunConfig | None = None,
        feature_engineering_fn: Callable | None = None,
    ):
        if kernels is not None:
            raise ValueError(f'kernels must be None, got {kernels!r}: the machine is linear.')
        optimizer = SDCAOptimizer(
            example_id_column,
            num_loss_partitions=num_loss_partitions,
            symmetric_l1_regularization=l1_regularization,
            symmetric_l2_regularization=l2_regularization,
        )
        params = _params(SvmHead(weight_column_name), feature_columns, optimizer, None, False)
        super().__init__(_model_fn, model_dir, config, params, feature_engineering_fn)

    def predict_proba(
        self,
        x: Any = None,
        input_fn: Callable | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Raises ValueError, as on TF 1.15: a support vector machine tells no probabilities."""
        del outputs
        return super().predict_proba(x, input_fn, batch_size, as_iterable)


def _params(
    head: Head, feature_columns: Iterable[Any], optimizer: Any, gradient_clip_norm: float | None, is_joint: bool
) -> dict[str, Any]:
    return {
        'head': head,
        'feature_columns': columns_of(feature_columns),
        'optimizer': optimizer,
        'gradient_clip_norm': gradient_clip_norm,
        'joint_weights': is_joint,
    }


def _model_fn(
    features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: tf.estimator.RunConfig
) -> ModelFnOps:
    head: Head = params['head']
    features, columns = features_of(features), params['feature_columns']
    if isinstance(params['optimizer'], SDCAOptimizer):
        return _dual_model(features, labels, mode, params)

    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        variables = tf.get_collection('linear')
        gradients = tf.gradients(loss, variables)
        if params['gradient_clip_norm']:
            gradients, _ = tf.clip_by_global_norm(gradients, params['gradient_clip_norm'])
        pairs = list(zip(gradients, variables, strict=True))
        return optimizer_of(params['optimizer'], columns).apply_gradients(pairs, tf.train.get_global_step())

    with linear_scope(config) as scope:
        logits = weighted_sum(features, columns, head.logits_dimension, params['joint_weights'], scope).logits
        return head.create_model_fn_ops(features, mode, labels, train_op_fn, logits)


def _dual_model(features: Mapping[str, Any], labels: Any, mode: str, params: Mapping[str, Any]) -> ModelFnOps:
    """Returns the model that an SDCAOptimizer trains.

    Raises:
      AssertionError: it has more than one logit, or a variable for several columns.
    """
    head, optimizer = params['head'], params['optimizer']
    if type(head) not in _LOSSES or head.logits_dimension != 1:
        raise AssertionError('SDCAOptimizer trains models of one logit only: two classes, or one value.')
    if params['joint_weights']:
        raise AssertionError('SDCAOptimizer takes a variable for each column: _joint_weight must be False.')
    with tf.variable_scope('linear', partitioner=optimizer.partitioner) as scope:
        found = weighted_sum(features, params['feature_columns'], 1, False, scope)

    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        del loss
        weights = {**found.by_column, BIAS: found.bias}
        step, loss_type = tf.train.get_global_step(), _LOSSES[type(head)]
        model, train_op = optimizer.get_train_step(weights, head.weight_column, loss_type, features, labels, step)
        return model.update_weights(train_op)

    return head.create_model_fn_ops(features, mode, labels, train_op_fn, found.logits)


def optimizer_of(given: Any, feature_columns: Sequence[Any]) -> tf.train.Optimizer:
    """Returns the optimizer of a linear model, Ftrl if none is given.

    Raises:
      ValueError: a name that stands for none.
    """
    name = 'Ftrl' if given is None else given
    if not isinstance(name, str):
        return made(name)
    if name not in layers.OPTIMIZER_CLS_NAMES:
        raise ValueError(f'optimizer must be one of {", ".join(layers.OPTIMIZER_CLS_NAMES)}, got {name!r}.')
    return layers.OPTIMIZER_CLS_NAMES[name](learning_rate=learning_rate(feature_columns))


def learning_rate(feature_columns: Sequence[Any]) -> float:
    """Returns 1 / sqrt(columns), at most 0.2."""
    return min(_HIGHEST_LEARNING_RATE, 1.0 / math.sqrt(len(feature_columns)))


def linear_scope(config: tf.estimator.RunConfig) -> Any:
    """Returns the scope 'linear', whose variables are divided among parameter servers."""
    partitioner = tf.min_max_variable_partitioner(max(1, config.num_ps_replicas), min_slice_size=64 << 20)
    return tf.variable_scope('linear', partitioner=partitioner)


class WeightedSum(NamedTuple):
    """Logits, `[batch, logits_dimension]` float32, the weights of each column, and the bias."""

    logits: tf.Tensor
    by_column: Any
    bias: tf.Variable


def weighted_sum(
    features: Mapping[str, Any],
    feature_columns: Sequence[Any],
    logits_dimension: int,
    is_joint: bool,
    scope: tf.VariableScope,
) -> WeightedSum:
    """Returns a linear model with all its weights in the collection 'linear'."""
    weigh = layers.joint_weighted_sum_from_feature_columns if is_joint else layers.weighted_sum_from_feature_columns
    return WeightedSum(*weigh(features, feature_columns, logits_dimension, ['linear'], scope=scope))
