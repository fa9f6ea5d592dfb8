"""What training in memory keeps from step to step: each example's features, and where it stands in the ensemble."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees.traversal import Places


class ExampleCache:
    """Variables of the current variable scope, named as in TF 1.15's checkpoints.

    Args:
      batch: how many examples there are; all of them are one batch.
      features: how many features there are.
    """

    def __init__(self, batch: int, features: int):
        self._features = [_variable(f'cached_feature_{i}', tf.zeros([batch], tf.int32)) for i in range(features)]
        self._are_cached = _variable('are_features_cached', tf.constant(False))
        self._tree = _variable('tree_ids_cache', tf.zeros([batch], tf.int32))
        self._node = _variable('node_ids_cache', tf.fill([batch], -1))
        self._logits = _variable('logits_cache', tf.zeros([batch, 1]))

    def features(
        self, inputs: list[tf.Tensor], compute: Callable[[list[tf.Tensor]], tf.Tensor], are_final: tf.Tensor
    ) -> tf.Tensor:
        """Returns the features, [features, batch] int32, not computed again once they are final.

        Args:
          inputs: what they are computed from.
          compute: function of `inputs`; what it computes from them does not run when the features are there.
          are_final: whether this step's features are those of all later steps, [] bool.
        """
        are_cached = self._are_cached.read_value()
        # A tensor that comes out of the other side of a switch is dead, and so is all that is computed from it.
        computed = compute([tf.raw_ops.Switch(data=value, pred=are_cached).output_false for value in inputs])
        rows = zip(self._features, tf.unstack(computed), strict=True)
        assigned = [tf.assign(variable, row) for variable, row in rows]
        with tf.control_dependencies(assigned), tf.control_dependencies([tf.assign(self._are_cached, are_final)]):
            computed = tf.identity(computed)
        cached = tf.stack([variable.read_value() for variable in self._features])
        cached = tf.raw_ops.Switch(data=cached, pred=are_cached).output_true
        return tf.raw_ops.Merge(inputs=[computed, cached]).output

    def places(self) -> Places:
        """Returns where the examples stood after the last step."""
        return Places(self._logits.read_value()[:, 0], self._tree.read_value(), self._node.read_value())

    def store(self, places: Places) -> tf.Operation:
        """Returns the operation that notes where the examples stand now."""
        return tf.group(
            tf.assign(self._logits, places.logits[:, None]),
            tf.assign(self._tree, places.tree),
            tf.assign(self._node, places.node),
        )


def _variable(name: str, initial: tf.Tensor) -> tf.Variable:
    return tf.get_variable(name, initializer=initial, trainable=False, use_resource=True)
