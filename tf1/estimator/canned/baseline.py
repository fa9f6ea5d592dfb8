"""`BaselineClassifier`, `BaselineRegressor` and `BaselineEstimator`: they predict the same for every example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.optimizers import Optimizer, optimizer_of
from tf1.estimator.estimator import Estimator
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_LEARNING_RATE = 0.3


class BaselineEstimator(Estimator):
    """A bias under a head of one's own.

    Args:
      head: a `tf.estimator.Head`, or one of `tf.contrib.estimator`.
      model_dir: folder of checkpoints and event files.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then 0.3.
      config: a `RunConfig`.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self, head: Any, model_dir: str | None = None, optimizer: Optimizer = 'Ftrl', config: RunConfig | None = None
    ):
        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            features = examples.checked_features(features)
            used = optimizer_of(optimizer, _LEARNING_RATE)
            with tf.variable_scope('baseline', values=tuple(features.values())):
                logits = bias_for_each(features, head.logits_dimension)
            return head.create_estimator_spec(
                features,
                mode,
                logits,
                labels=labels,
                train_op_fn=lambda loss: used.minimize(loss, tf.train.get_global_step()),
            )

        super().__init__(model_fn, model_dir, config)


class BaselineClassifier(BaselineEstimator):
    """Predicts the shares of the classes; labels are integers or strings of `label_vocabulary`.

    Args:
      model_dir: as for `BaselineEstimator`, like all arguments that are not listed.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: Optimizer = 'Ftrl',
        config: RunConfig | None = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
    ):
        head = own_heads.classes(n_classes, weight_column, label_vocabulary, loss_reduction)
        super().__init__(head, model_dir, optimizer, config)


class BaselineRegressor(BaselineEstimator):
    """Predicts the mean of the labels, `[batch, label_dimension]`.

    Args:
      model_dir: as for `BaselineEstimator`, like all arguments that are not listed.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        optimizer: Optimizer = 'Ftrl',
        config: RunConfig | None = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
    ):
        head = own_heads.values(label_dimension, weight_column, loss_reduction)
        super().__init__(head, model_dir, optimizer, config)


def bias_for_each(features: dict[str, Any], units: int) -> tf.Tensor:
    """Returns logits, `[batch, units]` float32, that are the same in each row.

    A session fails where the features differ in their first axis.
    """
    bias = tf.get_variable('bias', [units], initializer=tf.zeros_initializer())
    first, *others = [_rows(feature) for feature in features.values()]
    constraint = f'features must have as many rows each: {sorted(features)}.'
    with tf.control_dependencies([tf.debugging.assert_equal(rows, first, message=constraint) for rows in others]):
        return tf.multiply(bias, tf.ones([first, units]))


def _rows(feature: Any) -> tf.Tensor:
    if isinstance(feature, tf.SparseTensor):
        return tf.cast(feature.dense_shape[0], tf.int32)
    return tf.shape(feature)[0]
