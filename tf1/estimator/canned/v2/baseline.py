"""`BaselineClassifier`, `BaselineRegressor` and `BaselineEstimator` of `tf.compat.v2.estimator`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.baseline import bias_for_each
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, spec_of
from tf1.estimator.estimator import EstimatorV2
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_LEARNING_RATE = 0.3


class BaselineEstimatorV2(EstimatorV2):
    """A bias under a head of one's own.

    Args:
      head: a `tf.estimator.Head`.
      model_dir: folder of checkpoints and event files.
      optimizer: a Keras optimizer, a function that makes one, or a name; its learning rate is then 0.3.
      config: a `RunConfig`.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self,
        head: Any,
        model_dir: str | None = None,
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
    ):
        def model_fn(features: Any, labels: Any, mode: str) -> EstimatorSpec:
            features = examples.checked_features(features)
            with tf.variable_scope('baseline', values=tuple(features.values()), use_resource=True):
                logits = bias_for_each(features, head.logits_dimension)
            return spec_of(head, features, mode, logits, labels, optimizer, _LEARNING_RATE)

        super().__init__(model_fn, model_dir, config)


class BaselineClassifierV2(BaselineEstimatorV2):
    """Predicts the shares of the classes; labels are integers or strings of `label_vocabulary`.

    Args:
      model_dir: as for `BaselineEstimatorV2`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
        loss_reduction: str = 'sum_over_batch_size',
    ):
        head = own_heads.class_head(n_classes, weight_column, label_vocabulary, loss_reduction)
        super().__init__(head, model_dir, optimizer, config)


class BaselineRegressorV2(BaselineEstimatorV2):
    """Predicts the mean of the labels, `[batch, label_dimension]`.

    Args:
      model_dir: as for `BaselineEstimatorV2`, like all arguments that are not listed.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        optimizer: KerasOptimizer = 'Ftrl',
        config: RunConfig | None = None,
        loss_reduction: str = 'sum_over_batch_size',
    ):
        super().__init__(RegressionHead(label_dimension, weight_column, loss_reduction), model_dir, optimizer, config)
