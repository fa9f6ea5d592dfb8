"""The global step, under the names that `tf.train` took over."""

from __future__ import annotations

import tensorflow.compat.v1 as tf


def create_global_step(graph: tf.Graph | None = None) -> tf.Variable:
    """Returns a new global step.

    Raises:
      ValueError: the graph has one already.
    """
    return tf.train.create_global_step(graph)


def get_global_step(graph: tf.Graph | None = None) -> tf.Variable | None:
    """Returns the graph's global step, None if it has none."""
    return tf.train.get_global_step(graph)


def get_or_create_global_step(graph: tf.Graph | None = None) -> tf.Variable:
    """Returns the graph's global step, a new one if it has none."""
    return tf.train.get_or_create_global_step(graph)


def assert_global_step(global_step_tensor: tf.Tensor) -> None:
    """Checks that a tensor can be the global step.

    Raises:
      TypeError: it is no scalar integer.
    """
    tf.train.assert_global_step(global_step_tensor)


def assert_or_get_global_step(
    graph: tf.Graph | None = None, global_step_tensor: tf.Tensor | None = None
) -> tf.Variable | tf.Tensor | None:
    """Returns the given global step, checked, or else the graph's, None if it has none.

    Raises:
      TypeError: the given one is no scalar integer.
    """
    if global_step_tensor is None:
        return tf.train.get_global_step(graph)
    tf.train.assert_global_step(global_step_tensor)
    return global_step_tensor
