"""`LinearClassifier`, `LinearRegressor` and `LinearEstimator`: linear models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.linear_logits import linear_logit_fn_builder
from tf1.estimator.canned.optimizers import Optimizer, linear_learning_rate, optimizer_of
from tf1.estimator.canned.partitions import partitioner_of
from tf1.estimator.canned.sdca import LinearSDCA, check_model, sdca_model_fn
from tf1.estimator.estimator import Estimator
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_HIGHEST_LEARNING_RATE = 0.2


def linear_model_fn(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    feature_columns: Sequence[Any],
    optimizer: Optimizer | None,
    partitioner: Callable | None,
    config: RunConfig,
    sparse_combiner: str = 'sum',
) -> EstimatorSpec:
    """Returns a linear model under a head; the arguments are those of `LinearEstimator`.

    Raises:
      ValueError: `features` are no dict, or `optimizer` stands for no optimizer.
    """
    features = examples.checked_features(features)
    partitioner = partitioner_of(config, partitioner)
    if isinstance(optimizer, LinearSDCA):
        with tf.variable_scope('linear', values=tuple(features.values()), partitioner=partitioner):
            return sdca_model_fn(features, labels, mode, head, feature_columns, optimizer)
    learning_rate = linear_learning_rate(feature_columns, _HIGHEST_LEARNING_RATE)
    used = optimizer_of('Ftrl' if optimizer is None else optimizer, learning_rate)
    with tf.variable_scope('linear', values=tuple(features.values()), partitioner=partitioner, use_resource=True):
        logits = linear_logit_fn_builder(head.logits_dimension, feature_columns, sparse_combiner)(features)
        return head.create_estimator_spec(features, mode, logits, labels=labels, optimizer=used)


class _Linear(Estimator):
    """A linear model under a head; the classes of this file differ in their arguments."""

    def __init__(
        self,
        head: Any,
        feature_columns: Sequence[Any],
        model_dir: str | None,
        optimizer: Optimizer,
        config: RunConfig | None,
        partitioner: Callable | None,
        sparse_combiner: str,
        warm_start_from: Any = None,
    ):
        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return linear_model_fn(
                features, labels, mode, head, feature_columns, optimizer, partitioner, config, sparse_combiner
            )

        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearEstimator(_Linear):
    """A linear model under a head of one's own.

    Args:
      head: one of `tf.contrib.estimator`; a `tf.estimator.Head` can evaluate and predict only.
      feature_columns: feature columns, dense or categorical.
      model_dir: folder of checkpoints and event files.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then
        1 / sqrt(columns), at most 0.2.
      config: a `RunConfig`.
      partitioner: divides the variables; None for all parameter servers, 64 MiB or more each.
      sparse_combiner: how the several values of a categorical column join: 'sum', 'mean' or 'sqrtn'.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self,
        head: Any,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        optimizer: Optimizer = 'Ftrl',
        config: RunConfig | None = None,
        partitioner: Callable | None = None,
        sparse_combiner: str = 'sum',
    ):
        super().__init__(head, feature_columns, model_dir, optimizer, config, partitioner, sparse_combiner)


class LinearClassifier(_Linear):
    """A linear model for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      feature_columns: as for `LinearEstimator`, like all arguments that are not listed.
      model_dir: folder of checkpoints and event files.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: Optimizer = 'Ftrl',
        config: RunConfig | None = None,
        partitioner: Callable | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        sparse_combiner: str = 'sum',
    ):
        check_model(optimizer, 1 if n_classes == 2 else n_classes, sparse_combiner)
        head = own_heads.classes(n_classes, weight_column, label_vocabulary, loss_reduction)
        super().__init__(
            head, feature_columns, model_dir, optimizer, config, partitioner, sparse_combiner, warm_start_from
        )


class LinearRegressor(_Linear):
    """A linear model for real values; labels are `[batch, label_dimension]`.

    Args:
      feature_columns: as for `LinearEstimator`, like all arguments that are not listed.
      model_dir: folder of checkpoints and event files.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        optimizer: Optimizer = 'Ftrl',
        config: RunConfig | None = None,
        partitioner: Callable | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        sparse_combiner: str = 'sum',
    ):
        check_model(optimizer, label_dimension, sparse_combiner)
        head = own_heads.values(label_dimension, weight_column, loss_reduction)
        super().__init__(
            head, feature_columns, model_dir, optimizer, config, partitioner, sparse_combiner, warm_start_from
        )
