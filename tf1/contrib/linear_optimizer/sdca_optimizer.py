"""`SDCAOptimizer`: trains the linear models of `tf.contrib.learn` by stochastic dual coordinate ascent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf
from tf1.contrib.layers.feature_columns import RealValuedColumn
from tf1.contrib.layers.feature_transforms import Transformer
from tf1.contrib.linear_optimizer.sdca_model import SdcaModel, SparseFeatureColumn, parts_of
from tf1.estimator.canned.sdca_solver import pairs_once

BIAS = ''
"""The key of the bias among the variables of columns."""


class SDCAOptimizer:
    """How `tf.contrib.learn.LinearClassifier` and `LinearRegressor` train with a dual variable for each example.

    Args:
      example_id_column: name of the feature, `[batch]` string, that tells examples apart.
      num_loss_partitions: how many workers share the loss, each with examples of its own.
      num_table_shards: in how many tables the examples' states are kept; None for one.
      symmetric_l1_regularization: factor of the sum of absolute weights, >= 0.
      symmetric_l2_regularization: factor of half the sum of squared weights; training takes 1 for less.
      adaptive: whether examples of greater loss come first within a batch.
      partitioner: divides the weights into parts; None for whole ones.
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = True,
        partitioner: Callable | None = None,
    ):
        self._example_id_column = example_id_column
        self._num_loss_partitions = num_loss_partitions
        self._num_table_shards = num_table_shards
        self._symmetric_l1_regularization = symmetric_l1_regularization
        self._symmetric_l2_regularization = symmetric_l2_regularization
        self._adaptive = adaptive
        self._partitioner = partitioner

    def get_name(self) -> str:
        """Returns 'SDCAOptimizer'."""
        return 'SDCAOptimizer'

    @property
    def example_id_column(self) -> str:
        """Name of the feature that tells examples apart."""
        return self._example_id_column

    @property
    def num_loss_partitions(self) -> int:
        """How many workers share the loss."""
        return self._num_loss_partitions

    @property
    def num_table_shards(self) -> int | None:
        """In how many tables the examples' states are kept; None for one."""
        return self._num_table_shards

    @property
    def symmetric_l1_regularization(self) -> float:
        """Factor of the sum of absolute weights."""
        return self._symmetric_l1_regularization

    @property
    def symmetric_l2_regularization(self) -> float:
        """Factor of half the sum of squared weights."""
        return self._symmetric_l2_regularization

    @property
    def adaptive(self) -> bool:
        """Whether examples of greater loss come first within a batch."""
        return self._adaptive

    @property
    def partitioner(self) -> Callable | None:
        """What divides the weights into parts, or None."""
        return self._partitioner

    def get_train_step(
        self,
        columns_to_variables: Mapping[Any, Any],
        weight_column_name: str | None,
        loss_type: str,
        features: Mapping[str, Any],
        targets: tf.Tensor,
        global_step: tf.Variable,
    ) -> tuple[SdcaModel, tf.Operation]:
        """Returns the model of a batch, and the op of `SdcaModel.minimize`.

        Args:
          columns_to_variables: the weights of each column of `tf.contrib.layers`, and of the bias under `BIAS`.
          weight_column_name: the feature that holds the weights of examples; None for none.
          loss_type: see `SdcaModel`.
          features: by name.
          targets: `[batch]` or `[batch, 1]`.
          global_step: is counted.

        Raises:
          ValueError: a column is neither numeric nor categorical.
          KeyError: examples have no id.
        """
        if self._example_id_column not in features:
            raise KeyError(f'features must hold example_id_column {self._example_id_column!r}, got {sorted(features)}.')
        ids = tf.reshape(features[self._example_id_column], [-1])
        labels = tf.reshape(tf.cast(targets, tf.float32), [-1])
        weights = tf.ones_like(labels)
        if weight_column_name is not None:
            weights = tf.reshape(tf.cast(features[weight_column_name], tf.float32), [-1])
        transformer, sparse, dense = Transformer(features), [], []
        for column, parts in columns_to_variables.items():
            if column == BIAS:
                dense.append((tf.ones([tf.size(ids), 1]), parts))
            elif isinstance(column, RealValuedColumn):
                numbers = tf.cast(transformer.transform(column), tf.float32)
                dense.append((tf.reshape(numbers, [-1, column.dimension]), parts))
            else:
                sparse.append((_categories(transformer, column, parts), parts))
        model = SdcaModel(
            {
                'example_ids': ids,
                'example_labels': labels,
                'example_weights': weights,
                'sparse_features': [column for column, _ in sparse],
                'dense_features': [numbers for numbers, _ in dense],
            },
            {
                'sparse_features_weights': [parts for _, parts in sparse],
                'dense_features_weights': [parts for _, parts in dense],
            },
            {
                'symmetric_l1_regularization': self._symmetric_l1_regularization,
                'symmetric_l2_regularization': self._symmetric_l2_regularization,
                'adaptive': self._adaptive,
                'num_loss_partitions': self._num_loss_partitions,
                'num_table_shards': self._num_table_shards,
                'loss_type': loss_type,
            },
        )
        return model, model.minimize(global_step)


def _categories(transformer: Transformer, column: Any, parts: Any) -> SparseFeatureColumn:
    if not hasattr(column, 'length'):
        raise ValueError(f'SDCAOptimizer takes numeric and categorical columns, got {column.name}.')
    ids, weights = transformer.ids_and_weights(column)
    values = tf.ones_like(ids.values, tf.float32) if weights is None else weights.values
    count = sum(part.shape.as_list()[0] for part in parts_of(parts))
    return SparseFeatureColumn(*pairs_once(ids.indices[:, 0], ids.values, values, count))
