"""The `model_fn` of boosted trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned import examples
from tf1.estimator.canned.boosted_trees import traversal
from tf1.estimator.canned.boosted_trees.boundaries import Boundaries
from tf1.estimator.canned.boosted_trees.columns import Columns
from tf1.estimator.canned.boosted_trees.example_cache import ExampleCache
from tf1.estimator.canned.boosted_trees.grower import Grower
from tf1.estimator.canned.boosted_trees.hooks import RunAtStart, StopWhenGrown
from tf1.estimator.canned.boosted_trees.settings import Settings
from tf1.estimator.canned.boosted_trees.storage import EnsembleStore
from tf1.estimator.mode_keys import ModeKeys
from tf1.estimator.spec import EstimatorSpec

NAME = 'boosted_trees'
"""First part of the names in checkpoints."""
BUCKETS = 'bucketized_features'
"""A prediction for explanations: [batch, features] int32."""

# Function of logits, labels and weights, [batch, 1] float32, that returns gradients and hessians of the loss.
Derivatives = Callable[[tf.Tensor, tf.Tensor, Any], tuple[tf.Tensor, tf.Tensor]]


def columns_of(feature_columns: Iterable[Any], settings: Settings) -> Columns:
    """Returns the feature columns as trees take them.

    Raises:
      ValueError: a column cannot be used.
    """
    # The last quantile is a bucket of its own.
    return Columns(feature_columns, settings.numeric_buckets + 1)


def model_fn(
    features: Any,
    labels: Any,
    mode: str,
    head: Any,
    feature_columns: Iterable[Any],
    settings: Settings,
    weight_column: Any = None,
    derivatives: Derivatives | None = None,
    predicts_buckets: bool = False,
) -> EstimatorSpec:
    """Builds the model in the default graph.

    Args:
      features: features by name.
      labels: as the head describes them.
      mode: a `tf.estimator.ModeKeys` value.
      head: what the logits mean; it has one logit.
      feature_columns: bucketized, indicator and numeric columns.
      settings: how trees are grown.
      weight_column: weighs examples where quantiles are sought.
      derivatives: of the loss; None to derive the head's.
      predicts_buckets: whether `BUCKETS` is among the predictions.

    Raises:
      ValueError: the head has more logits, a column cannot be used, or settings do not fit each other.
      AssertionError: several batches of what is in memory.
    """
    features = examples.checked_features(features)
    if head.logits_dimension != 1:
        raise ValueError(f'The head of boosted trees must have 1 logit, got {head.logits_dimension}.')
    columns = columns_of(feature_columns, settings)
    with tf.variable_scope(NAME):
        if mode == ModeKeys.TRAIN:
            settings.check()
            return _Training(features, labels, head, columns, settings, weight_column, derivatives).spec()
        store = EnsembleStore(NAME)
        boundaries = Boundaries(columns.numeric_count, settings.quantile_sketch_epsilon, NAME)
        buckets = columns.buckets(columns.values(features), boundaries.read())
        logits = traversal.predict(store.read(), buckets)[:, None]
        spec = head.create_estimator_spec(features, mode, logits, labels, train_op_fn=tf.no_op)
        if predicts_buckets:
            return spec._replace(predictions={**spec.predictions, BUCKETS: tf.transpose(buckets)})
        return spec


class _Training:
    """The graph of training: each step grows a layer, or does what comes before."""

    def __init__(
        self,
        features: Mapping[str, Any],
        labels: Any,
        head: Any,
        columns: Columns,
        settings: Settings,
        weight_column: Any,
        derivatives: Derivatives | None,
    ):
        self._features, self._labels, self._head, self._derivatives = features, labels, head, derivatives
        self._columns, self._settings, self._weight_column = columns, settings, weight_column
        self._store = EnsembleStore(NAME)
        self._boundaries = Boundaries(columns.numeric_count, settings.quantile_sketch_epsilon, NAME)
        self._boundaries_ready = _flag('are_boundaries_ready', not columns.numeric_count)
        self._are_ready = self._boundaries_ready.read_value()
        self._ensemble = self._store.read()
        self._cache: ExampleCache | None = None
        self._buckets = self._cached_buckets() if settings.train_in_memory else self._buckets_of(features)
        before = self._cache.places() if self._cache else traversal.nowhere(tf.shape(self._buckets)[1])
        self._places = traversal.advance(self._ensemble, self._buckets, before)
        self._grower = Grower(self._store, self._ensemble, columns.groups, settings)
        self._bias_needed = _flag('center_bias_needed', bool(settings.center_bias))

    def spec(self) -> EstimatorSpec:
        """Returns the model."""
        self._logits = self._places.logits[:, None]
        self._summarize()
        spec = self._head.create_estimator_spec(
            self._features, ModeKeys.TRAIN, self._logits, self._labels, train_op_fn=self._step
        )
        stop = StopWhenGrown(self._store.read(), self._settings.n_trees, self._settings.max_depth)
        start = RunAtStart(self._grower.initialize())
        return spec._replace(
            training_hooks=[*spec.training_hooks, stop], training_chief_hooks=[*spec.training_chief_hooks, start]
        )

    def _buckets_of(self, features: Mapping[str, Any]) -> tf.Tensor:
        return self._columns.buckets(self._columns.values(features), self._boundaries.read())

    def _cached_buckets(self) -> tf.Tensor:
        tensors = tf.nest.flatten(self._features, expand_composites=True)
        batch = next((d for d in (tf.dimension_value(t.shape[0]) for t in tensors if t.shape.rank) if d), None)
        if batch is None:
            raise ValueError(
                'The number of examples must be known to train in memory, got features of shapes '
                f'{[t.shape for t in tensors]}. Make them one batch with Dataset.from_tensors.'
            )
        self._cache = ExampleCache(batch, len(self._columns.names))
        return self._cache.features(
            tensors,
            lambda tensors: self._buckets_of(tf.nest.pack_sequence_as(self._features, tensors, expand_composites=True)),
            self._are_ready,
        )

    def _summarize(self) -> None:
        counts = {
            'num_trees': self._ensemble.tree_count,
            'num_finalized_trees': self._ensemble.finalized_count,
            'num_attempted_layers': self._ensemble.layers_attempted,
        }
        with tf.name_scope(''):
            for tag, count in counts.items():
                tf.summary.scalar(f'{NAME}/ensemble/{tag}', count)

    def _step(self, loss: tf.Tensor) -> tf.Operation:
        """Returns the operation of a step: it looks for boundaries of buckets, then centers the bias, then grows."""
        gradients, hessians = self._gradients_and_hessians(loss)
        is_bias_needed = self._bias_needed.read_value()

        def grow() -> tf.Operation:
            return self._grower.layer(self._buckets, self._places.node, gradients, hessians)

        def center_or_grow() -> tf.Operation:
            if not self._settings.center_bias:
                return grow()
            return _either(is_bias_needed, lambda: self._grower.bias(self._bias_needed, gradients, hessians), grow)

        if self._columns.numeric_count:
            done = _either(self._are_ready, center_or_grow, self._look_for_boundaries)
        else:
            done = center_or_grow()
        # Steps that only look do not count.
        counted = tf.assign_add(tf.train.get_global_step(), tf.cast(self._are_ready, tf.int64))
        noted = [_either(is_bias_needed, tf.no_op, lambda: self._cache.store(self._places))] if self._cache else []
        return tf.group(done, counted, *noted)

    def _look_for_boundaries(self) -> tf.Operation:
        values = self._columns.numeric(self._columns.values(self._features))
        weights = examples.weights_of(self._features, self._weight_column, self._logits)
        weights = tf.reshape(weights * tf.ones_like(self._logits), [-1])
        are_settled = self._boundaries.updated(
            values, weights, self._settings.n_batches_per_layer, self._settings.numeric_buckets
        )
        return tf.assign(self._boundaries_ready, are_settled).op

    def _gradients_and_hessians(self, loss: tf.Tensor) -> list[tf.Tensor]:
        """Returns both, each [batch] float32."""
        if self._derivatives:
            created = self._head.create_loss(self._features, ModeKeys.TRAIN, self._logits, self._labels)
            both = self._derivatives(self._logits, created.processed_labels, created.weights)
        else:
            gradients = tf.gradients(loss, self._logits, name='Gradients')[0]
            both = gradients, tf.gradients(gradients, self._logits, name='Hessians')[0]
        return [tf.reshape(values, [-1]) for values in both]


def _flag(name: str, initial: bool) -> tf.Variable:
    return tf.get_variable(name, initializer=tf.constant(initial), trainable=False, use_resource=True)


def _either(condition: tf.Tensor, one: Callable[[], tf.Operation], other: Callable[[], tf.Operation]) -> tf.Operation:
    """Returns an operation that runs one of two, which are built when they are asked for."""

    def run(make: Callable[[], tf.Operation]) -> tf.Tensor:
        with tf.control_dependencies([make()]):
            return tf.constant(True)

    return tf.cond(condition, lambda: run(one), lambda: run(other)).op
