"""`DNNClassifier`, `DNNRegressor` and `DNNEstimator`: fully connected networks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples, own_heads
from tf1.estimator.canned.dnn_logits import dnn_logit_fn_builder
from tf1.estimator.canned.optimizers import Optimizer, optimizer_of
from tf1.estimator.canned.partitions import hidden_partitioner_of, partitioner_of
from tf1.estimator.estimator import Estimator
from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_LEARNING_RATE = 0.05


def dnn_model_fn(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    optimizer: Optimizer = 'Adagrad',
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
    dropout: float | None = None,
    input_layer_partitioner: Callable | None = None,
    config: RunConfig | None = None,
    use_tpu: bool = False,
    batch_norm: bool = False,
) -> EstimatorSpec:
    """Returns a fully connected network under a head; the arguments are those of `DNNEstimator`.

    Raises:
      ValueError: `features` are no dict, `optimizer` stands for no optimizer, or `use_tpu` is set.
    """
    if use_tpu:
        raise ValueError('use_tpu must be False: there is no TPU.')
    features = examples.checked_features(features)
    used = optimizer_of(optimizer, _LEARNING_RATE)
    config = config or RunConfig()
    with tf.variable_scope(
        'dnn', values=tuple(features.values()), partitioner=hidden_partitioner_of(config), use_resource=True
    ):
        logit_fn = dnn_logit_fn_builder(
            head.logits_dimension,
            hidden_units,
            feature_columns,
            activation_fn,
            dropout,
            partitioner_of(config, input_layer_partitioner),
            batch_norm,
        )
        logits = logit_fn(features, mode)
        return head.create_estimator_spec(features, mode, logits, labels=labels, optimizer=used)


class DNNEstimator(Estimator):
    """A fully connected network under a head of one's own.

    Args:
      head: one of `tf.contrib.estimator`; a `tf.estimator.Head` can evaluate and predict only.
      hidden_units: widths of the hidden layers.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      optimizer: a `tf.train.Optimizer`, a function that makes one, or a name; its learning rate is then 0.05.
      activation_fn: of the hidden layers.
      dropout: the share of hidden values that training drops, in [0, 1); None for none.
      input_layer_partitioner: divides the variables of columns; None for all parameter servers, 64 MiB or more each.
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
        optimizer: Optimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        batch_norm: bool = False,
    ):
        def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return dnn_model_fn(
                features,
                labels,
                mode,
                head,
                hidden_units,
                feature_columns,
                optimizer,
                activation_fn,
                dropout,
                input_layer_partitioner,
                config,
                batch_norm=batch_norm,
            )

        super().__init__(model_fn, model_dir, config, warm_start_from=warm_start_from)


class DNNClassifier(DNNEstimator):
    """A fully connected network for classes; labels are integers or strings of `label_vocabulary`.

    Args:
      hidden_units: as for `DNNEstimator`, like all arguments that are not listed.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      n_classes: how many classes there are, >= 2.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      label_vocabulary: the names of the classes, for labels that are strings.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

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
        optimizer: Optimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        batch_norm: bool = False,
    ):
        super().__init__(
            own_heads.classes(n_classes, weight_column, label_vocabulary, loss_reduction),
            hidden_units,
            feature_columns,
            model_dir,
            optimizer,
            activation_fn,
            dropout,
            input_layer_partitioner,
            config,
            warm_start_from,
            batch_norm,
        )


class DNNRegressor(DNNEstimator):
    """A fully connected network for real values; labels are `[batch, label_dimension]`.

    Args:
      hidden_units: as for `DNNEstimator`, like all arguments that are not listed.
      feature_columns: dense feature columns.
      model_dir: folder of checkpoints and event files.
      label_dimension: values per example, >= 1.
      weight_column: name of the feature, or numeric column, that weighs the examples; or None.
      loss_reduction: how the losses of a batch become one, a value of `tf.losses.Reduction`; their sum by default.

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
        optimizer: Optimizer = 'Adagrad',
        activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
        dropout: float | None = None,
        input_layer_partitioner: Callable | None = None,
        config: RunConfig | None = None,
        warm_start_from: Any = None,
        loss_reduction: str = tf.losses.Reduction.SUM,
        batch_norm: bool = False,
    ):
        super().__init__(
            own_heads.values(label_dimension, weight_column, loss_reduction),
            hidden_units,
            feature_columns,
            model_dir,
            optimizer,
            activation_fn,
            dropout,
            input_layer_partitioner,
            config,
            warm_start_from,
            batch_norm,
        )
