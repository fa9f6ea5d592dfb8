"""`DNNClassifier`, `DNNRegressor` and `DNNEstimator` of `tf.compat.v2.estimator`: fully connected networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.v2 import logits
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, spec_of
from tf1.estimator.estimator import EstimatorV2
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec


def dnn_model_fn_v2(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    optimizer: KerasOptimizer = 'Adagrad',
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
    dropout: float | None = None,
    config: RunConfig | None = None,
    use_tpu: bool = False,
    batch_norm: bool = False,
) -> EstimatorSpec:
    """Returns a fully connected network under a head; the arguments are those of `DNNEstimatorV2`.

    Raises:
      ValueError: `features` are no dict, `optimizer` stands for no optimizer, or `use_tpu` is set.
    """
    del config
    if use_tpu:
        raise ValueError('use_tpu must be False: there is no TPU.')
    features = examples.checked_features(features)
    units = head.logits_dimension
    result = logits.dnn(features, mode, units, hidden_units, feature_columns, activation_fn, dropout, batch_norm)
    return spec_of(head, features, mode, result, labels, optimizer)


class DNNEstimatorV2(EstimatorV2):
    """A fully connected network under a head of one's own.

    Args:
      head: a `tf.estimator.Head`.
      hidden_units: widths of the hidden layers.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      optimizer: a Keras optimizer, a function that makes one, or a name.
      activation_fn: of the hidden layers.
      dropout: the share of hidden values that training drops, in [0, 1); None for none.
      config: a `RunConfig`.
      warm_start_from: where first weights come from; see `Estimator`.
      batch_norm: whether hidden layers are normalised.

    Raises:
      ValueError: as `Estimator`.
    """

    def __init__(
        self,
        head: Any,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        optimizer: KerasOptimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        batch_norm: bool = False,
    ):
        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return dnn_model_fn_v2(
                features,
                labels,
                mode,
                head,
                hidden_units,
                feature_columns,
                optimizer,
                activation_fn,
                dropout,
                config,
                batch_norm=batch_norm,
            )

        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNClassifierV2(DNNEstimatorV2):
    """A fully connected network for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      hidden_units: as for `DNNEstimatorV2`, like all arguments that are not listed.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column: Any = None,
        label_vocabulary: Sequence[str] | None = None,
        optimizer: KerasOptimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        batch_norm: bool = False,
    ):
        super().__init__(
            own_heads.class_head(n_classes, weight_column, label_vocabulary, loss_reduction),
            hidden_units,
            feature_columns,
            model_dir,
            optimizer,
            activation_fn,
            dropout,
            config,
            warm_start_from,
            batch_norm,
        )


class DNNRegressorV2(DNNEstimatorV2):
    """A fully connected network for real values; labels are `[batch, label_dimension]`.

    Args:
      hidden_units: as for `DNNEstimatorV2`, like all arguments that are not listed.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: how the losses of a batch become one; their sum over the size of the batch by default.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        hidden_units: Sequence[int],
        feature_columns: Sequence[Any],
        model_dir: str | None = None,
        label_dimension: int = 1,
        weight_column: Any = None,
        optimizer: KerasOptimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = 'sum_over_batch_size',
        batch_norm: bool = False,
    ):
        super().__init__(
            RegressionHead(label_dimension, weight_column, loss_reduction),
            hidden_units,
            feature_columns,
            model_dir,
            optimizer,
            activation_fn,
            dropout,
            config,
            warm_start_from,
            batch_norm,
        )
