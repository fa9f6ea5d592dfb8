"""`DNNClassifierWithLayerAnnotations` and `DNNRegressorWithLayerAnnotations`: the networks of `tf.estimator`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf
from tf1.estimator.canned.optimizers import Optimizer


def DNNClassifierWithLayerAnnotations(  # noqa: N802
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
    config: tf.estimator.RunConfig | None = None,
    warm_start_from: Any = None,
    loss_reduction: str = tf.losses.Reduction.SUM,
) -> tf.estimator.Estimator:
    """Returns a `tf.estimator.DNNClassifier`; nothing is left that reads annotations of its layers."""
    return tf.estimator.DNNClassifier(
        hidden_units,
        feature_columns,
        model_dir,
        n_classes,
        weight_column,
        label_vocabulary,
        optimizer,
        activation_fn,
        dropout,
        input_layer_partitioner,
        config,
        warm_start_from,
        loss_reduction,
    )


def DNNRegressorWithLayerAnnotations(  # noqa: N802
    hidden_units: Sequence[int],
    feature_columns: Sequence[Any],
    model_dir: str | None = None,
    label_dimension: int = 1,
    weight_column: Any = None,
    optimizer: Optimizer = 'Adagrad',
    activation_fn: Callable[[tf.Tensor], tf.Tensor] | None = tf.nn.relu,
    dropout: float | None = None,
    input_layer_partitioner: Callable | None = None,
    config: tf.estimator.RunConfig | None = None,
    warm_start_from: Any = None,
    loss_reduction: str = tf.losses.Reduction.SUM,
) -> tf.estimator.Estimator:
    """Returns a `tf.estimator.DNNRegressor`; nothing is left that reads annotations of its layers."""
    return tf.estimator.DNNRegressor(
        hidden_units,
        feature_columns,
        model_dir,
        label_dimension,
        weight_column,
        optimizer,
        activation_fn,
        dropout,
        input_layer_partitioner,
        config,
        warm_start_from,
        loss_reduction,
    )
