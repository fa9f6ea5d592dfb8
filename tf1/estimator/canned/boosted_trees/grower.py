"""A step of growth: a batch is added to those that a layer, or the bias, waits for, and the last one decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees import growing, old_rounding, splits, statistics
from tf1.estimator.canned.boosted_trees.columns import Group
from tf1.estimator.canned.boosted_trees.ensemble import Ensemble
from tf1.estimator.canned.boosted_trees.settings import Settings
from tf1.estimator.canned.boosted_trees.storage import EnsembleStore


class Grower:
    """Grows the ensemble of the default graph.

    Args:
      store: where it is kept.
      ensemble: what it is before the step.
      groups: the features by their number of buckets.
      settings: how trees are grown.
    """

    def __init__(self, store: EnsembleStore, ensemble: Ensemble, groups: Sequence[Group], settings: Settings):
        self._store, self._ensemble, self._groups, self._settings = store, ensemble, groups, settings
        # What is in memory is one batch, so that there is nothing to wait for.
        self._waits = not settings.train_in_memory
        count = len(groups) if self._waits else 0
        self._of_layer = [_accumulator(f'numeric_stats_summary_accumulator_{i}') for i in range(count)]
        self._of_bias = [_accumulator('bias_accumulator')] if self._waits and settings.center_bias else []

    def initialize(self) -> tf.Operation:
        """Returns the operation that makes batches count that were seen with the ensemble as it is, and no others."""
        return _synchronized([*self._of_layer, *self._of_bias], self._ensemble.stamp)

    def layer(self, buckets: tf.Tensor, node: tf.Tensor, gradients: tf.Tensor, hessians: tf.Tensor) -> tf.Operation:
        """Returns the operation that adds a batch and, after enough of them, grows a layer.

        Args:
          buckets: [features, batch] int32.
          node: [batch] int32, where the examples stand in the last tree.
          gradients: [batch] float32, of the loss.
          hessians: [batch] float32.
        """
        layer = growing.layer_of(self._ensemble)
        batch = [
            statistics.sums(buckets, group.ids, group.buckets, node, layer, gradients, hessians)
            for group in self._groups
        ]

        def grow(sums: Sequence[tf.Tensor]) -> tf.Operation:
            best = splits.best(sums, [group.ids for group in self._groups], self._settings.regularization)
            return self._store.assign(
                growing.grow(
                    self._ensemble,
                    best,
                    self._settings.max_depth,
                    self._settings.learning_rate,
                    self._settings.pruning_mode,
                )
            )

        return self._after_enough(batch, self._of_layer, grow)

    def bias(self, is_needed: tf.Variable, gradients: tf.Tensor, hessians: tf.Tensor) -> tf.Operation:
        """Returns the operation that adds a batch and, after enough of them, centers the bias.

        Args:
          is_needed: [] bool, is set to whether the bias is to be centered again.
          gradients: [batch] float32, of the loss.
          hessians: [batch] float32.
        """

        def center(means: Sequence[tf.Tensor]) -> tf.Operation:
            gradient, hessian = tf.unstack(means[0])
            centered, goes_on = growing.center_bias(self._ensemble, gradient, hessian, self._settings.regularization)
            return tf.group(
                self._store.assign(centered),
                tf.assign(is_needed, goes_on),
                _synchronized(self._of_layer, centered.stamp),
            )

        return self._after_enough(
            [tf.stack([old_rounding.mean(gradients), old_rounding.mean(hessians)])], self._of_bias, center
        )

    def _after_enough(
        self,
        batch: Sequence[tf.Tensor],
        accumulators: Sequence[tf.ConditionalAccumulator],
        decide: Callable[[Sequence[tf.Tensor]], tf.Operation],
    ) -> tf.Operation:
        if not self._waits:
            return decide(batch)
        stamp = self._ensemble.stamp
        added = [accumulator.apply_grad(b, stamp) for accumulator, b in zip(accumulators, batch, strict=True)]
        with tf.control_dependencies(added):
            count = tf.reduce_min(tf.stack([accumulator.num_accumulated() for accumulator in accumulators]))

        def decided() -> tf.Tensor:
            means = [tf.ensure_shape(a.take_grad(1), b.shape) for a, b in zip(accumulators, batch, strict=True)]
            with tf.control_dependencies([decide(means)]):
                return tf.constant(True)

        return tf.cond(count >= self._settings.n_batches_per_layer, decided, lambda: tf.constant(False)).op


def _accumulator(name: str) -> tf.ConditionalAccumulator:
    return tf.ConditionalAccumulator(tf.float32, shared_name=name)


def _synchronized(accumulators: Sequence[tf.ConditionalAccumulator], stamp: tf.Tensor) -> tf.Operation:
    return tf.group(*(accumulator.set_global_step(stamp) for accumulator in accumulators))
