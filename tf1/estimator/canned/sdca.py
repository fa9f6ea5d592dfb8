"""`LinearSDCA`: trains linear models by stochastic dual coordinate ascent, with a dual variable for each example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.linear_logits import LINEAR_MODEL, linear_logits
from tf1.estimator.canned.metric_ops_head import MetricOpsHead
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.sdca_features import inputs_of
from tf1.estimator.canned.sdca_solver import Dense, Options, Solver
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

_LOSSES: dict[type, str] = {BinaryClassHead: 'logistic_loss', RegressionHead: 'squared_loss'}


class LinearSDCA:
    """The optimizer of `LinearClassifier` and `LinearRegressor` that keeps a dual variable for each example.

    Args:
      example_id_column: name of the feature, `[batch]` string, that tells examples apart.
      num_loss_partitions: how many workers share the loss, each with examples of its own.
      num_table_shards: in how many tables the examples' states are kept; None for one.
      symmetric_l1_regularization: factor of the sum of absolute weights, >= 0.
      symmetric_l2_regularization: factor of half the sum of squared weights, > 0.
      adaptive: whether examples of greater loss come first within a batch.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = False,
    ):
        if symmetric_l2_regularization <= 0.0:
            raise ValueError(f'symmetric_l2_regularization must be > 0, got {symmetric_l2_regularization}.')
        if symmetric_l1_regularization < 0.0:
            raise ValueError(f'symmetric_l1_regularization must be >= 0, got {symmetric_l1_regularization}.')
        for name, count in (('num_loss_partitions', num_loss_partitions), ('num_table_shards', num_table_shards or 1)):
            if count < 1:
                raise ValueError(f'{name} must be >= 1, got {count}.')
        self.example_id_column = example_id_column
        self.num_loss_partitions = num_loss_partitions
        self.num_table_shards = num_table_shards or 1
        self.l1 = symmetric_l1_regularization
        self.l2 = symmetric_l2_regularization
        self.adaptive = adaptive


def check_model(optimizer: Any, outputs: int, sparse_combiner: str) -> None:
    """Raises ValueError where `optimizer` is a LinearSDCA and the model is not one of a single logit.

    Args:
      optimizer: of a linear model.
      outputs: how many logits the model has.
      sparse_combiner: how the several values of a categorical column join.
    """
    if isinstance(optimizer, LinearSDCA) and outputs != 1:
        raise ValueError(f'LinearSDCA trains models of one logit only: two classes, or one value; got {outputs}.')
    if isinstance(optimizer, LinearSDCA) and sparse_combiner != 'sum':
        raise ValueError(f"sparse_combiner must be 'sum' with LinearSDCA, got {sparse_combiner!r}.")


def sdca_model_fn(
    features: Mapping[str, Any],
    labels: Any,
    mode: str,
    head: Any,
    feature_columns: Sequence[Any],
    optimizer: LinearSDCA,
    name: str = LINEAR_MODEL,
) -> EstimatorSpec:
    """Returns a linear model under a head, trained by `optimizer`; `name` is the model's, see `linear_logits.model`.

    Raises:
      ValueError: the head has no loss that SDCA knows, a column no form that it takes, or examples have no id.
    """
    meaning = head.head if isinstance(head, MetricOpsHead) else head
    loss_type = _LOSSES.get(type(meaning))
    if loss_type is None:
        raise ValueError(f'LinearSDCA has no loss for {meaning!r}: use two classes, or a regressor.')
    logits, variables = linear_logits(features, feature_columns, head.logits_dimension, name=name)

    if mode != ModeKeys.TRAIN:
        return head.create_estimator_spec(features, mode, logits, labels=labels)
    step = _Step(optimizer, loss_type, features, feature_columns, variables)

    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        batch = meaning.batch(labels, logits, features)
        weights = tf.reshape(batch.weights * tf.ones_like(batch.labels), [-1])
        with tf.name_scope('sdca'):
            return step.build(tf.reshape(batch.labels, [-1]), weights, after=loss)

    return head.create_estimator_spec(features, mode, logits, labels=labels, train_op_fn=train_op_fn)


class _Step:
    """One step: the examples' states and the weights take the updates of a batch, then the weights are shrunk."""

    def __init__(
        self,
        optimizer: LinearSDCA,
        loss_type: str,
        features: Mapping[str, Any],
        feature_columns: Sequence[Any],
        variables: Mapping[Any, Sequence[tf.Variable]],
    ):
        self._ids = _example_ids(features, optimizer.example_id_column)
        sparse, dense = inputs_of(features, feature_columns, variables)
        dense.append(Dense(tf.ones([tf.size(self._ids), 1]), variables['bias']))
        options = Options(
            loss_type,
            optimizer.l1,
            optimizer.l2,
            optimizer.num_loss_partitions,
            optimizer.num_table_shards,
            optimizer.adaptive,
        )
        self._solver = Solver(options, sparse, dense, lambda name: f'{name}_unshrunk')

    def build(self, labels: tf.Tensor, weights: tf.Tensor, after: tf.Tensor) -> tf.Operation:
        """Returns the op of a step.

        Args:
          labels: `[batch]` float32.
          weights: `[batch]` float32.
          after: is evaluated before any weight changes.
        """
        with tf.control_dependencies([after]):
            updates = self._solver.update(self._ids, labels, weights)
        with tf.control_dependencies(updates):
            counted = tf.assign_add(tf.train.get_global_step(), 1)
        with tf.control_dependencies([counted]):
            return self._solver.shrink()


def _example_ids(features: Mapping[str, Any], name: str) -> tf.Tensor:
    if name not in features:
        raise ValueError(f'features must hold example_id_column {name!r}, got {sorted(features)}.')
    return tf.reshape(features[name], [-1])
