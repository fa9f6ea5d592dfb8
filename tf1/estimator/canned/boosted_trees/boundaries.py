"""The boundaries of the buckets that numeric columns are divided into: quantiles of the first batches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow.compat.v1 as tf

from tf1.estimator.canned.boosted_trees import quantile_sketch
from tf1.estimator.canned.boosted_trees.storage import register
from tf1.train.saveables import SaveableObject, SaveSpec


class Boundaries:
    """Boundaries in the default graph, saved as in TF 1.15: `NAME/QuantileAccumulator:0_bucket_boundaries_I`.

    Args:
      count: how many features have some; there may be none.
      epsilon: bound of the quantiles' error.
      name: first part of the names in checkpoints.
    """

    def __init__(self, count: int, epsilon: float, name: str):
        self._epsilon = epsilon
        self._variables = [_variable([None], f'bucket_boundaries_{i}') for i in range(count)]
        self._summaries = _variable([None, 4], 'quantile_summaries')
        self._lengths = _variable([None], 'quantile_summary_lengths', tf.int32)
        if self._variables:
            register([*self._variables, self._summaries, self._lengths])
            saveable = _BoundariesSaveable(self._variables, f'{name}/QuantileAccumulator')
            tf.add_to_collection(tf.GraphKeys.SAVEABLE_OBJECTS, saveable)

    def read(self) -> list[tf.Tensor]:
        """Returns the boundaries of each feature, [boundaries] float32; none before there are any."""
        return [variable.read_value() for variable in self._variables]

    def updated(self, values: Sequence[tf.Tensor], weights: tf.Tensor, batches: int, buckets: int) -> tf.Tensor:
        """Adds a batch, and settles the boundaries after the last one.

        Args:
          values: for each feature, [batch] float32.
          weights: [batch] float32.
          batches: how many batches are looked at.
          buckets: how many buckets are wanted.

        Returns:
          Whether the boundaries are settled now, [] bool.
        """
        found, sizes = tf.numpy_function(
            lambda weights, *values: _summaries(values, weights, self._epsilon),
            [weights, *values],
            [tf.float32, tf.int32],
            stateful=False,
        )
        all_found = tf.concat([self._summaries.read_value(), found], 0)
        all_sizes = tf.concat([self._lengths.read_value(), sizes], 0)
        is_last = tf.size(all_sizes) >= batches * len(values)

        def settled() -> tf.Operation:
            boundaries = tf.numpy_function(
                lambda found, sizes: _boundaries(found, sizes, len(values), self._epsilon, buckets),
                [all_found, all_sizes],
                [tf.float32] * len(values),
                stateful=False,
            )
            return tf.group(*(_assign(v, b) for v, b in zip(self._variables, boundaries, strict=True)))

        def kept() -> tf.Operation:
            return tf.group(_assign(self._summaries, all_found), _assign(self._lengths, all_sizes))

        with tf.control_dependencies([tf.cond(is_last, settled, kept)]):
            return tf.identity(is_last)


def _summaries(values: Sequence[np.ndarray], weights: np.ndarray, epsilon: float) -> tuple[np.ndarray, np.ndarray]:
    found = [quantile_sketch.summary_of(value, weights, epsilon) for value in values]
    return np.concatenate(found), np.array([len(summary) for summary in found], np.int32)


def _boundaries(
    summaries: np.ndarray, lengths: np.ndarray, features: int, epsilon: float, buckets: int
) -> list[np.ndarray]:
    parts = np.split(summaries, np.cumsum(lengths)[:-1])
    return [quantile_sketch.boundaries_of(parts[i::features], epsilon, buckets) for i in range(features)]


def _variable(shape: list[int | None], name: str, dtype: tf.DType = tf.float32) -> tf.Variable:
    initial = tf.zeros([size or 0 for size in shape], dtype)
    return tf.Variable(
        initial, trainable=False, collections=[], name=name, use_resource=True, shape=tf.TensorShape(shape)
    )


def _assign(variable: tf.Variable, value: tf.Tensor) -> tf.Operation:
    return tf.assign(variable, value, validate_shape=False).op


class _BoundariesSaveable(SaveableObject):
    def __init__(self, variables: Sequence[tf.Variable], name: str):
        self._variables = variables
        values = [variable.read_value() for variable in variables]
        specs = [SaveSpec(value, '', f'{name}:0_bucket_boundaries_{i}') for i, value in enumerate(values)]
        super().__init__(values[0], specs, values[0].name)

    def restore(self, restored_tensors: list[tf.Tensor], restored_shapes: list[tf.Tensor] | None) -> tf.Operation:
        """Returns the operation that gives the variables the values of `restored_tensors`, in the order of `specs`."""
        del restored_shapes
        return tf.group(*(_assign(v, t) for v, t in zip(self._variables, restored_tensors, strict=True)))
