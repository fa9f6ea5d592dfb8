"""`LinearSDCA`: trains linear models by stochastic dual coordinate ascent, with a dual variable for each example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.binary_class_head import BinaryClassHead
from tf1.estimator.canned.linear_logits import linear_logits
from tf1.estimator.canned.metric_ops_head import MetricOpsHead
from tf1.estimator.canned.regression_head import RegressionHead
from tf1.estimator.canned.sdca_features import DenseFeature, features_of
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

_LOSSES: dict[type, str] = {BinaryClassHead: 'logistic_loss', RegressionHead: 'squared_loss'}
# The state of an example: its dual variable, its part of the primal and of the dual loss, and its weight.
_STATE_SIZE = 4


class LinearSDCA:
    """The optimizer of `LinearClassifier` and `LinearRegressor` that keeps a dual variable for each example.

    Args:
      example_id_column: name of the feature, `[batch]` string, that tells examples apart.
      num_loss_partitions: how many workers share the loss, each with examples of its own.
      num_table_shards: in how many tables the examples' states are kept; None for one.
      symmetric_l1_regularization: factor of the sum of absolute weights, >= 0.
      symmetric_l2_regularization: factor of half the sum of squared weights, > 0.
      adaptive: whether examples of greater loss come first within a batch.

    Raises:
      ValueError: an argument is out of range.
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = False,
    ):
        if symmetric_l2_regularization <= 0.0:
            raise ValueError(f'symmetric_l2_regularization must be > 0, got {symmetric_l2_regularization}.')
        if symmetric_l1_regularization < 0.0:
            raise ValueError(f'symmetric_l1_regularization must be >= 0, got {symmetric_l1_regularization}.')
        for name, count in (('num_loss_partitions', num_loss_partitions), ('num_table_shards', num_table_shards or 1)):
            if count < 1:
                raise ValueError(f'{name} must be >= 1, got {count}.')
        self.example_id_column = example_id_column
        self.num_loss_partitions = num_loss_partitions
        self.num_table_shards = num_table_shards or 1
        self.l1 = symmetric_l1_regularization
        self.l2 = symmetric_l2_regularization
        self.adaptive = adaptive


def check_model(optimizer: Any, outputs: int, sparse_combiner: str) -> None:
    """Raises ValueError where `optimizer` is a LinearSDCA and the model is not one of a single logit.

    Args:
      optimizer: of a linear model.
      outputs: how many logits the model has.
      sparse_combiner: how the several values of a categorical column join.
    """
    if isinstance(optimizer, LinearSDCA) and outputs != 1:
        raise ValueError(f'LinearSDCA trains models of one logit only: two classes, or one value; got {outputs}.')
    if isinstance(optimizer, LinearSDCA) and sparse_combiner != 'sum':
        raise ValueError(f"sparse_combiner must be 'sum' with LinearSDCA, got {sparse_combiner!r}.")


def sdca_model_fn(
    features: Mapping[str, Any],
    labels: Any,
    mode: str,
    head: Any,
    feature_columns: Sequence[Any],
    optimizer: LinearSDCA,
) -> EstimatorSpec:
    """Returns a linear model under a head, trained by `optimizer`.

    Raises:
      ValueError: the head has no loss that SDCA knows, a column no form that it takes, or examples have no id.
    """
    meaning = head.head if isinstance(head, MetricOpsHead) else head
    loss_type = _LOSSES.get(type(meaning))
    if loss_type is None:
        raise ValueError(f'LinearSDCA has no loss for {meaning!r}: use two classes, or a regressor.')
    logits, variables = linear_logits(features, feature_columns, head.logits_dimension)

    if mode != ModeKeys.TRAIN:
        return head.create_estimator_spec(features, mode, logits, labels=labels)
    step = _Step(optimizer, loss_type, features, feature_columns, variables)

    def train_op_fn(loss: tf.Tensor) -> tf.Operation:
        batch = meaning.batch(labels, logits, features)
        weights = tf.reshape(batch.weights * tf.ones_like(batch.labels), [-1])
        with tf.name_scope('sdca'):
            return step.build(tf.reshape(batch.labels, [-1]), weights, after=loss)

    return head.create_estimator_spec(features, mode, logits, labels=labels, train_op_fn=train_op_fn)


class _Step:
    """One step: the examples' states and the weights take the updates of a batch, then the weights are shrunk."""

    def __init__(
        self,
        optimizer: LinearSDCA,
        loss_type: str,
        features: Mapping[str, Any],
        feature_columns: Sequence[Any],
        variables: Mapping[Any, Sequence[tf.Variable]],
    ):
        self._optimizer = optimizer
        self._loss_type = loss_type
        self._ids = _example_ids(features, optimizer.example_id_column)
        dense, sparse = features_of(features, feature_columns)
        rows = tf.ones([tf.size(self._ids), 1])
        self._dense = [*dense, DenseFeature('bias', rows)]
        self._sparse = sparse
        self._variables = variables
        columns = [*(feature.column for feature in sparse), *(feature.column for feature in self._dense)]
        self._unshrunk = {column: [_unshrunk(part) for part in variables[column]] for column in columns}
        self._tables = _tables(optimizer.num_table_shards)

    def build(self, labels: tf.Tensor, weights: tf.Tensor, after: tf.Tensor) -> tf.Operation:
        """Returns the op of a step.

        Args:
          labels: `[batch]` float32.
          weights: `[batch]` float32.
          after: is evaluated before any weight changes.
        """
        keys = tf.raw_ops.SdcaFprint(input=self._ids)
        found = [tf.unique(feature.ids) for feature in self._sparse]
        known = [unique for unique, _ in found]
        with tf.control_dependencies([after]):
            states, sparse_deltas, dense_deltas = tf.raw_ops.SdcaOptimizerV2(
                sparse_example_indices=[feature.examples for feature in self._sparse],
                sparse_feature_indices=[feature.ids for feature in self._sparse],
                sparse_feature_values=[feature.values for feature in self._sparse],
                dense_features=[feature.values for feature in self._dense],
                example_weights=weights,
                example_labels=labels,
                sparse_indices=known,
                sparse_weights=[
                    tf.reshape(tf.nn.embedding_lookup(self._unshrunk[feature.column], ids, 'div'), [-1])
                    for feature, ids in zip(self._sparse, known, strict=True)
                ],
                dense_weights=[self._joined(feature.column) for feature in self._dense],
                example_state_data=_find(self._tables, keys),
                loss_type=self._loss_type,
                l1=self._optimizer.l1,
                l2=self._optimizer.l2,
                num_loss_partitions=self._optimizer.num_loss_partitions,
                num_inner_iterations=1,
                adaptive=self._optimizer.adaptive,
            )
        updates = [_insert(self._tables, keys, states)]
        for feature, ids, delta in zip(self._sparse, known, sparse_deltas, strict=True):
            updates += _scatter(self._unshrunk[feature.column], ids, delta)
        for dense, delta in zip(self._dense, dense_deltas, strict=True):
            updates += _add(self._unshrunk[dense.column], delta)
        with tf.control_dependencies([*updates, states]):
            counted = tf.assign_add(tf.train.get_global_step(), 1)
        with tf.control_dependencies([counted]):
            return self._shrink()

    def _joined(self, column: Any) -> tf.Tensor:
        return tf.reshape(tf.concat([tf.reshape(part, [-1]) for part in self._unshrunk[column]], 0), [-1])

    def _shrink(self) -> tf.Operation:
        """Brings the weights nearer to zero, by L1 over L2, than those that the updates go to."""
        by = self._optimizer.l1 / self._optimizer.l2
        return tf.group(
            *(
                tf.assign(part, tf.sign(source) * tf.maximum(0.0, tf.abs(source) - by))
                for column, sources in self._unshrunk.items()
                for part, source in zip(self._variables[column], map(tf.identity, sources), strict=True)
            )
        )


def _example_ids(features: Mapping[str, Any], name: str) -> tf.Tensor:
    if name not in features:
        raise ValueError(f'features must hold example_id_column {name!r}, got {sorted(features)}.')
    return tf.reshape(features[name], [-1])


def _unshrunk(variable: tf.Variable) -> tf.Variable:
    """Returns a weight before L1 regularization pulls it towards zero."""
    name = f'{variable.op.name}_unshrunk'
    return tf.Variable(variable.initialized_value(), name=name, use_resource=True)


def _tables(count: int) -> list[Any]:
    return [
        tf.lookup.experimental.DenseHashTable(
            tf.int64,
            tf.float32,
            default_value=tf.zeros([_STATE_SIZE]),
            empty_key=tf.zeros([2], tf.int64),
            deleted_key=tf.ones([2], tf.int64),
            name=f'ShardedMutableHashTable-{i + 1}-of-{count}',
        )
        for i in range(count)
    ]


def _shard(tables: Sequence[Any], keys: tf.Tensor) -> tf.Tensor:
    return tf.cast(tf.floormod(keys[:, 0], len(tables)), tf.int32)


def _find(tables: Sequence[Any], keys: tf.Tensor) -> tf.Tensor:
    if len(tables) == 1:
        return tables[0].lookup(keys)
    shard = _shard(tables, keys)
    parts = tf.dynamic_partition(keys, shard, len(tables))
    rows = tf.dynamic_partition(tf.range(tf.shape(keys)[0]), shard, len(tables))
    return tf.dynamic_stitch(rows, [table.lookup(part) for table, part in zip(tables, parts, strict=True)])


def _insert(tables: Sequence[Any], keys: tf.Tensor, states: tf.Tensor) -> tf.Operation:
    shard = _shard(tables, keys)
    parts = zip(
        tables,
        tf.dynamic_partition(keys, shard, len(tables)),
        tf.dynamic_partition(states, shard, len(tables)),
        strict=True,
    )
    return tf.group(*(table.insert(some_keys, some_states) for table, some_keys, some_states in parts))


def _scatter(parts: Sequence[tf.Variable], ids: tf.Tensor, delta: tf.Tensor) -> list[Any]:
    """Returns the ops that add `delta`, `[ids]`, to rows `ids` of a weight in one or several parts."""
    updates, start = [], 0
    for part in parts:
        end = start + part.shape[0]
        here = (ids >= start) & (ids < end)
        rows = tf.boolean_mask(tf.reshape(delta, [-1, 1]), here)
        updates.append(tf.scatter_add(part, tf.boolean_mask(ids, here) - start, rows))
        start = end
    return updates


def _add(parts: Sequence[tf.Variable], delta: tf.Tensor) -> list[Any]:
    sizes = [part.shape.num_elements() for part in parts]
    pieces = tf.split(tf.reshape(delta, [-1]), sizes)
    return [tf.assign_add(part, tf.reshape(piece, part.shape)) for part, piece in zip(parts, pieces, strict=True)]
