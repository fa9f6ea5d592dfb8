"""`DNNLinearCombinedClassifier`, its regressor and its Estimator, of `tf.compat.v2.estimator`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.dnn_linear_combined import check_columns
from tf1.estimator.canned.dnn_logits import summarize_layer
from tf1.estimator.canned.optimizers import linear_learning_rate
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.v2 import logits
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, counting_steps, keras_optimizer_of
from tf1.estimator.estimator import EstimatorV2
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_DNN_LEARNING_RATE = 0.001
_HIGHEST_LINEAR_LEARNING_RATE = 0.005
_DNN, _LINEAR = 'dnn', 'linear'


class _Settings(NamedTuple):
    linear_feature_columns: Sequence[Any] | None
    linear_optimizer: KerasOptimizer
    dnn_feature_columns: Sequence[Any] | None
    dnn_optimizer: KerasOptimizer
    dnn_hidden_units: Sequence[int] | None
    dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None
    dnn_dropout: float | None
    batch_norm: bool
    linear_sparse_combiner: str

    def logits(self, features: Mapping[str, Any], mode: str, units: int) -> list[tf.Tensor]:
        """Returns the logits of each part that has columns, the network's first."""
        found = []
        if self.dnn_feature_columns:
            found.append(
                logits.dnn(
                    features,
                    mode,
                    units,
                    self.dnn_hidden_units,
                    self.dnn_feature_columns,
                    self.dnn_activation_fn,
                    self.dnn_dropout,
                    self.batch_norm,
                )
            )
        if self.linear_feature_columns:
            part = logits.linear(features, units, self.linear_feature_columns, self.linear_sparse_combiner)
            summarize_layer(part, _LINEAR)
            found.append(part)
        return found

    def minimize(self, loss: tf.Tensor) -> tf.Operation:
        """Returns the op of a step; the first of the optimizers counts it."""
        optimizers = []
        if self.dnn_feature_columns:
            optimizers.append((_DNN, keras_optimizer_of(self.dnn_optimizer, _DNN_LEARNING_RATE)))
        if self.linear_feature_columns:
            rate = linear_learning_rate(self.linear_feature_columns, _HIGHEST_LINEAR_LEARNING_RATE)
            optimizers.append((_LINEAR, keras_optimizer_of(self.linear_optimizer, rate)))
        counting_steps(optimizers[0][1])
        steps = [
            step
            for scope, optimizer in optimizers
            for step in optimizer.get_updates(loss, tf.trainable_variables(scope))
        ]
        return tf.group(*steps)


class DNNLinearCombinedEstimatorV2(EstimatorV2):
    """A linear model beside a network, under a head of one's own.

    Args:
      head: a `tf.estimator.Head`.
      model_dir: folder of checkpoints and event files.
      linear_feature_columns: the linear model's columns; None for no linear model.
      linear_optimizer: a Keras optimizer, a function that makes one, or a name; its learning rate is then
        1 / sqrt(columns), at most 0.005.
      dnn_feature_columns: the network's columns; None for no network.
      dnn_optimizer: the same for the network; the learning rate of a name is 0.001.
      dnn_hidden_units: widths of the network's hidden layers.
      dnn_activation_fn: of the hidden layers.
      dnn_dropout: the share of hidden values that training drops, in [0, 1); None for none.
      config: a `RunConfig`.
      linear_sparse_combiner: how the several values of a categorical column join: 'sum', 'mean' or 'sqrtn'.

    Raises:
      ValueError: there are no columns, or columns of a network without hidden layers.
    """

    def __init__(
        self,
        head: Any,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: KerasOptimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: KerasOptimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        config: RunConfig | None = None,
        linear_sparse_combiner: str = 'sum',
    ):
        settings = _Settings(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            False,
            linear_sparse_combiner,
        )
        super().__init__(_model_fn(head, settings), model_dir, config)


class DNNLinearCombinedClassifierV2(EstimatorV2):
    """A linear model beside a network, for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      model_dir: as for `DNNLinearCombinedEstimatorV2`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.
      batch_norm: whether hidden layers are normalised.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: KerasOptimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: KerasOptimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        batch_norm: bool = False,
        linear_sparse_combiner: str = 'sum',
    ):
        head = own_heads.class_head(n_classes, weight_column, label_vocabulary, loss_reduction)
        settings = _Settings(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            batch_norm,
            linear_sparse_combiner,
        )
        super().__init__(_model_fn(head, settings), model_dir, config, warm_start_from=warm_start_from)


class DNNLinearCombinedRegressorV2(EstimatorV2):
    """A linear model beside a network, for real values; labels are `[batch, label_dimension]`.

    Args:
      model_dir: as for `DNNLinearCombinedEstimatorV2`, like all arguments that are not listed.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.
      batch_norm: whether hidden layers are normalised.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: KerasOptimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: KerasOptimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        batch_norm: bool = False,
        linear_sparse_combiner: str = 'sum',
    ):
        head = RegressionHead(label_dimension, weight_column, loss_reduction)
        settings = _Settings(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            batch_norm,
            linear_sparse_combiner,
        )
        super().__init__(_model_fn(head, settings), model_dir, config, warm_start_from=warm_start_from)


def _model_fn(head: Any, settings: _Settings) -> Any:
    check_columns(settings.linear_feature_columns, settings.dnn_feature_columns, settings.dnn_hidden_units)

    def model_fn(features: Any, labels: Any, mode: str) -> EstimatorSpec:
        features = examples.checked_features(features)
        parts = settings.logits(features, mode, head.logits_dimension)
        return head.create_estimator_spec(
            features,
            mode,
            tf.add_n(parts) if len(parts) > 1 else parts[0],
            labels=labels,
            train_op_fn=settings.minimize,
        )

    return model_fn
