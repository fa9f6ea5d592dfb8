"""`DNNLinearCombinedClassifier`, its regressor and its Estimator: a linear model beside a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.dnn_logits import dnn_logit_fn_builder, summarize_layer
from tf1.estimator.canned.linear_logits import linear_logit_fn_builder
from tf1.estimator.canned.optimizers import Optimizer, linear_learning_rate, optimizer_of
from tf1.estimator.canned.partitions import hidden_partitioner_of, partitioner_of
from tf1.estimator.estimator import Estimator
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_DNN_LEARNING_RATE = 0.001
_HIGHEST_LINEAR_LEARNING_RATE = 0.005


class _LinearPart(NamedTuple):
    feature_columns: Sequence[Any]
    optimizer: Optimizer
    partitioner: Callable | None
    sparse_combiner: str

    @property
    def scope(self) -> str:
        return 'linear'

    def make_optimizer(self) -> tf.train.Optimizer:
        return optimizer_of(self.optimizer, linear_learning_rate(self.feature_columns, _HIGHEST_LINEAR_LEARNING_RATE))

    def logits(self, features: Mapping[str, Any], mode: str, config: RunConfig, units: int) -> tf.Tensor:
        partitioner = partitioner_of(config, self.partitioner)
        with tf.variable_scope(
            self.scope, values=tuple(features.values()), partitioner=partitioner, use_resource=True
        ) as scope:
            logits = linear_logit_fn_builder(units, self.feature_columns, self.sparse_combiner)(features)
            summarize_layer(logits, scope.name)
            return logits


class _DnnPart(NamedTuple):
    feature_columns: Sequence[Any]
    optimizer: Optimizer
    hidden_units: Sequence[int]
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None
    dropout: float | None
    partitioner: Callable | None
    batch_norm: bool

    @property
    def scope(self) -> str:
        return 'dnn'

    def make_optimizer(self) -> tf.train.Optimizer:
        return optimizer_of(self.optimizer, _DNN_LEARNING_RATE)

    def logits(self, features: Mapping[str, Any], mode: str, config: RunConfig, units: int) -> tf.Tensor:
        with tf.variable_scope(
            self.scope,
            values=tuple(features.values()),
            partitioner=hidden_partitioner_of(config),
            use_resource=True,
        ):
            return dnn_logit_fn_builder(
                units,
                self.hidden_units,
                self.feature_columns,
                self.activation_fn,
                self.dropout,
                partitioner_of(config, self.partitioner),
                self.batch_norm,
            )(features, mode)


def _parts(
    linear_feature_columns: Sequence[Any] | None,
    linear_optimizer: Optimizer,
    dnn_feature_columns: Sequence[Any] | None,
    dnn_optimizer: Optimizer,
    dnn_hidden_units: Sequence[int] | None,
    dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None,
    dnn_dropout: float | None,
    partitioner: Callable | None,
    batch_norm: bool,
    linear_sparse_combiner: str,
) -> list[_DnnPart | _LinearPart]:
    linear, dnn = list(linear_feature_columns or []), list(dnn_feature_columns or [])
    check_columns(linear, dnn, dnn_hidden_units)
    parts: list[_DnnPart | _LinearPart] = []
    if dnn:
        parts.append(
            _DnnPart(dnn, dnn_optimizer, dnn_hidden_units, dnn_activation_fn, dnn_dropout, partitioner, batch_norm)
        )
    if linear:
        parts.append(_LinearPart(linear, linear_optimizer, partitioner, linear_sparse_combiner))
    return parts


def check_columns(linear: Sequence[Any] | None, dnn: Sequence[Any] | None, hidden_units: Sequence[int] | None) -> None:
    """Raises ValueError where there are no columns, or columns of a network without hidden layers."""
    if not linear and not dnn:
        raise ValueError('linear_feature_columns or dnn_feature_columns must be given, got neither.')
    if dnn and not hidden_units:
        raise ValueError(f'dnn_hidden_units must be given with dnn_feature_columns, got {hidden_units!r}.')


def _minimize(loss: tf.Tensor, optimizers: Sequence[tuple[str, tf.train.Optimizer]]) -> tf.Operation:
    """Returns the op that makes a step of each model's optimizer, and then counts it."""
    steps = [
        optimizer.minimize(loss, var_list=tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=scope))
        for scope, optimizer in optimizers
    ]
    with tf.control_dependencies([tf.group(*steps)]):
        return tf.assign_add(tf.train.get_global_step(), 1).op


def _model(
    features: Any, labels: Any, mode: str, head: Any, parts: Sequence[_DnnPart | _LinearPart], config: RunConfig
) -> EstimatorSpec:
    features = examples.checked_features(features)
    optimizers = [(part.scope, part.make_optimizer()) for part in parts]
    logits = [part.logits(features, mode, config, head.logits_dimension) for part in parts]
    return head.create_estimator_spec(
        features,
        mode,
        logits[0] + logits[1] if len(logits) > 1 else logits[0],
        labels=labels,
        train_op_fn=lambda loss: _minimize(loss, optimizers),
    )


def dnn_linear_combined_model_fn(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    linear_feature_columns: Sequence[Any] | None = None,
    linear_optimizer: Optimizer = 'Ftrl',
    dnn_feature_columns: Sequence[Any] | None = None,
    dnn_optimizer: Optimizer = 'Adagrad',
    dnn_hidden_units: Sequence[int] | None = None,
    dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
    dnn_dropout: float | None = None,
    input_layer_partitioner: Callable | None = None,
    config: RunConfig | None = None,
    batch_norm: bool = False,
    linear_sparse_combiner: str = 'sum',
) -> EstimatorSpec:
    """Returns both models under a head; the arguments are those of `DNNLinearCombinedEstimator`.

    Raises:
      ValueError: `features` are no dict, there are no columns, or columns of a network without hidden layers.
    """
    parts = _parts(
        linear_feature_columns,
        linear_optimizer,
        dnn_feature_columns,
        dnn_optimizer,
        dnn_hidden_units,
        dnn_activation_fn,
        dnn_dropout,
        input_layer_partitioner,
        batch_norm,
        linear_sparse_combiner,
    )
    return _model(features, labels, mode, head, parts, config or RunConfig())


class _Combined(Estimator):
    """The sum of its parts' logits under a head; the classes of this file differ in their arguments."""

    def __init__(
        self,
        head: Any,
        parts: Sequence[_DnnPart | _LinearPart],
        model_dir: str | None,
        config: RunConfig | None,
        warm_start_from: Any = None,
    ):
        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return _model(features, labels, mode, head, parts, config)

        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNLinearCombinedEstimator(_Combined):
    """A linear model beside a network, under a head of one's own.

    Args:
      head: a `tf.estimator.Head`, or one of `tf.contrib.estimator`.
      model_dir: folder of checkpoints and event files.
      linear_feature_columns: the linear model's columns; None for no linear model.
      linear_optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then
        1 / sqrt(columns), at most 0.005.
      dnn_feature_columns: the network's columns; None for no network.
      dnn_optimizer: the same for the network; the learning rate of a name is 0.001.
      dnn_hidden_units: widths of the network's hidden layers.
      dnn_activation_fn: of the hidden layers.
      dnn_dropout: the share of hidden values that training drops, in [0, 1); None for none.
      input_layer_partitioner: divides the variables of columns; None for all parameter servers, 64 MiB or more each.
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
        linear_optimizer: Optimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Optimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        linear_sparse_combiner: str = 'sum',
    ):
        parts = _parts(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            input_layer_partitioner,
            False,
            linear_sparse_combiner,
        )
        super().__init__(head, parts, model_dir, config)


class DNNLinearCombinedClassifier(_Combined):
    """A linear model beside a network, for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      model_dir: as for `DNNLinearCombinedEstimator`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.
      batch_norm: whether hidden layers are normalised.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Optimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Optimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        batch_norm: bool = False,
        linear_sparse_combiner: str = 'sum',
    ):
        head = own_heads.classes(n_classes, weight_column, label_vocabulary, loss_reduction)
        parts = _parts(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            input_layer_partitioner,
            batch_norm,
            linear_sparse_combiner,
        )
        super().__init__(head, parts, model_dir, config, warm_start_from)


class DNNLinearCombinedRegressor(_Combined):
    """A linear model beside a network, for real values; labels are `[batch, label_dimension]`.

    Args:
      model_dir: as for `DNNLinearCombinedEstimator`, like all arguments that are not listed.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.
      batch_norm: whether hidden layers are normalised.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        linear_feature_columns: Sequence[Any] | None = None,
        linear_optimizer: Optimizer = 'Ftrl',
        dnn_feature_columns: Sequence[Any] | None = None,
        dnn_optimizer: Optimizer = 'Adagrad',
        dnn_hidden_units: Sequence[int] | None = None,
        dnn_activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dnn_dropout: float | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        batch_norm: bool = False,
        linear_sparse_combiner: str = 'sum',
    ):
        head = own_heads.values(label_dimension, weight_column, loss_reduction)
        parts = _parts(
            linear_feature_columns,
            linear_optimizer,
            dnn_feature_columns,
            dnn_optimizer,
            dnn_hidden_units,
            dnn_activation_fn,
            dnn_dropout,
            input_layer_partitioner,
            batch_norm,
            linear_sparse_combiner,
        )
        super().__init__(head, parts, model_dir, config, warm_start_from)
