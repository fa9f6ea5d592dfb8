"""`boosted_trees_classifier_train_in_memory` and `boosted_trees_regressor_train_in_memory`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.estimators import BoostedTreesClassifier, BoostedTreesRegressor
from tf1.estimator.run_config import RunConfig

_BATCHES = 1


def boosted_trees_classifier_train_in_memory(
    train_input_fn: Callable,
    feature_columns: Iterable[Any],
    model_dir: str | None = None,
    n_classes: int = 2,
    weight_column: Any = None,
    label_vocabulary: Sequence[str] | None = None,
    n_trees: int = 100,
    max_depth: int = 6,
    learning_rate: float = 0.1,
    l1_regularization: float = 0.0,
    l2_regularization: float = 0.0,
    tree_complexity: float = 0.0,
    min_node_weight: float = 0.0,
    config: RunConfig | None = None,
    train_hooks: Sequence[tf.train.SessionRunHook] | None = None,
    center_bias: bool = False,
    pruning_mode: str = 'none',
    quantile_sketch_epsilon: float = 0.01,
) -> BoostedTreesClassifier:
    """Returns a classifier with all its trees grown from examples that stay in memory.

    Args:
      train_input_fn: function that returns a Dataset of one element, or a pair of tensors: all features and labels.
      feature_columns: as for `tf.estimator.BoostedTreesClassifier`, like all arguments that are not listed.
      train_hooks: session hooks for training.

    Raises:
      ValueError: as `tf.estimator.BoostedTreesClassifier` and its training.
    """
    classifier = BoostedTreesClassifier(
        feature_columns,
        _BATCHES,
        model_dir,
        n_classes,
        weight_column,
        label_vocabulary,
        n_trees,
        max_depth,
        learning_rate,
        l1_regularization,
        l2_regularization,
        tree_complexity,
        min_node_weight,
        config,
        center_bias,
        pruning_mode,
        quantile_sketch_epsilon,
        train_in_memory=True,
    )
    classifier.train(_over_and_over(train_input_fn), train_hooks)
    return classifier


def boosted_trees_regressor_train_in_memory(
    train_input_fn: Callable,
    feature_columns: Iterable[Any],
    model_dir: str | None = None,
    label_dimension: int = 1,
    weight_column: Any = None,
    n_trees: int = 100,
    max_depth: int = 6,
    learning_rate: float = 0.1,
    l1_regularization: float = 0.0,
    l2_regularization: float = 0.0,
    tree_complexity: float = 0.0,
    min_node_weight: float = 0.0,
    config: RunConfig | None = None,
    train_hooks: Sequence[tf.train.SessionRunHook] | None = None,
    center_bias: bool = False,
    pruning_mode: str = 'none',
    quantile_sketch_epsilon: float = 0.01,
) -> BoostedTreesRegressor:
    """Returns a regressor with all its trees grown from examples that stay in memory.

    Args:
      train_input_fn: as for `boosted_trees_classifier_train_in_memory`.
      feature_columns: as for `tf.estimator.BoostedTreesRegressor`, like all arguments that are not listed.
      train_hooks: session hooks for training.

    Raises:
      ValueError: as `tf.estimator.BoostedTreesRegressor` and its training.
    """
    regressor = BoostedTreesRegressor(
        feature_columns,
        _BATCHES,
        model_dir,
        label_dimension,
        weight_column,
        n_trees,
        max_depth,
        learning_rate,
        l1_regularization,
        l2_regularization,
        tree_complexity,
        min_node_weight,
        config,
        center_bias,
        pruning_mode,
        quantile_sketch_epsilon,
        train_in_memory=True,
    )
    regressor.train(_over_and_over(train_input_fn), train_hooks)
    return regressor


def _over_and_over(input_fn: Callable) -> Callable:
    """Returns an input function that repeats the first element of a Dataset."""

    def repeated() -> Any:
        inputs = input_fn()
        return inputs.take(1).cache().repeat() if isinstance(inputs, tf2.data.Dataset) else inputs

    return repeated
