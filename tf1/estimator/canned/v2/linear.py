"""`LinearClassifier`, `LinearRegressor` and `LinearEstimator` of `tf.compat.v2.estimator`: linear models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.linear_logits import LINEAR_MODEL_V2
from tf1.estimator.canned.optimizers import linear_learning_rate
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.sdca import LinearSDCA, check_model, sdca_model_fn
from tf1.estimator.canned.v2 import logits
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, spec_of
from tf1.estimator.estimator import EstimatorV2
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_HIGHEST_LEARNING_RATE = 0.2


def linear_model_fn_v2(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    feature_columns: Sequence[Any],
    optimizer: KerasOptimizer | None,
    config: RunConfig,
    sparse_combiner: str = 'sum',
) -> EstimatorSpec:
    """Returns a linear model under a head; the arguments are those of `LinearEstimatorV2`.

    Raises:
      ValueError: `features` are no dict, `optimizer` stands for no optimizer, or two columns have one name.
    """
    del config
    features = examples.checked_features(features)
    if isinstance(optimizer, LinearSDCA):
        with tf.variable_scope(tf.get_variable_scope(), use_resource=True):
            return sdca_model_fn(features, labels, mode, head, feature_columns, optimizer, LINEAR_MODEL_V2)
    result = logits.linear(features, head.logits_dimension, feature_columns, sparse_combiner)
    learning_rate = linear_learning_rate(feature_columns, _HIGHEST_LEARNING_RATE)
    given = 'Ftrl' if optimizer is None else optimizer
    return spec_of(head, features, mode, result, labels, given, learning_rate)


class LinearEstimatorV2(EstimatorV2):
    """A linear model under a head of one's own.

    Args:
      head: a `tf.estimator.Head`.
      feature_columns: feature columns, dense or categorical.
      model_dir: folder of checkpoints and event files.
      optimizer: a Keras optimizer, a function that makes one, or a name; its learning rate is then
        1 / sqrt(columns), at most 0.2. Also a `LinearSDCA`.
      config: a `RunConfig`.
      sparse_combiner: how the several values of a categorical column join: 'sum', 'mean' or 'sqrtn'.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self,
        head: Any,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
        sparse_combiner: str = 'sum',
    ):
        super().__init__(
            _model_fn(head, feature_columns, optimizer, sparse_combiner), model_dir=model_dir, config=config
        )


class LinearClassifierV2(EstimatorV2):
    """A linear model for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      feature_columns: as for `LinearEstimatorV2`, like all arguments that are not listed.
      model_dir: folder of checkpoints and event files.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

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
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        sparse_combiner: str = 'sum',
    ):
        check_model(optimizer, 1 if n_classes == 2 else n_classes, sparse_combiner)
        head = own_heads.class_head(n_classes, weight_column, label_vocabulary, loss_reduction)
        model_fn = _model_fn(head, feature_columns, optimizer, sparse_combiner)
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class LinearRegressorV2(EstimatorV2):
    """A linear model for real values; labels are `[batch, label_dimension]`.

    Args:
      feature_columns: as for `LinearEstimatorV2`, like all arguments that are not listed.
      model_dir: folder of checkpoints and event files.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      warm_start_from: where first weights come from; see `Estimator`.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        sparse_combiner: str = 'sum',
    ):
        check_model(optimizer, label_dimension, sparse_combiner)
        head = RegressionHead(label_dimension, weight_column, loss_reduction)
        model_fn = _model_fn(head, feature_columns, optimizer, sparse_combiner)
        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


def _model_fn(head: Any, feature_columns: Sequence[Any], optimizer: KerasOptimizer, sparse_combiner: str) -> Any:
    def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
        return linear_model_fn_v2(features, labels, mode, head, feature_columns, optimizer, config, sparse_combiner)

    return model_fn
