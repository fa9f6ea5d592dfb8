"""All values of many batches, one after the other."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib.metrics.state import Collections, collect, counter
from tf1.contrib.metrics.streaming import Metric


def streaming_concat(
    values: Any,
    axis: int = 0,
    max_size: int | None = None,
    metrics_collections: Collections = None,
    updates_collections: Collections = None,
    name: str | None = None,
) -> Metric:
    """The values of all batches, concatenated; the update returns how many there are along the axis.

    Args:
      values: of known shape, except along `axis`.
      axis: along which batches are joined.
      max_size: what goes beyond is dropped; None for no end.
      metrics_collections: collections for the value.
      updates_collections: collections for the update.
      name: None for 'streaming_concat'.

    Raises:
      ValueError: the rank, or a size apart from that of `axis`, is unknown, or there is no such axis.
    """
    with tf.variable_scope(name, 'streaming_concat', (values,)):
        values = tf.convert_to_tensor(values)
        axis, element = _element(values.shape, axis)
        array = tf.Variable(
            lambda: tf.zeros([0, *element], values.dtype),
            trainable=False,
            collections=[tf.GraphKeys.LOCAL_VARIABLES, tf.GraphKeys.METRIC_VARIABLES],
            validate_shape=False,
            name='array',
        )
        size = counter('size', dtype=tf.int32)
        batch = _axis_first(values, axis)
        if max_size is not None:
            batch = batch[: max_size - size]
        update = _append(array, size, batch, element)
        kept = tf.ensure_shape(array[:size], [None, *element])
        return collect(_axis_back(kept, axis), update, metrics_collections, updates_collections)


def _element(shape: tf.TensorShape, axis: int) -> tuple[int, list[int]]:
    """Returns the axis, counted from 0, and the sizes of the others."""
    if shape.rank is None:
        raise ValueError('streaming_concat needs values of known rank; give them a shape with set_shape.')
    if not -shape.rank <= axis < shape.rank:
        raise ValueError(
            f'axis must be from {-shape.rank} to {shape.rank - 1} for values of shape {shape}, got {axis}.'
        )
    axis %= shape.rank
    element = [size for i, size in enumerate(shape.as_list()) if i != axis]
    if None in element:
        raise ValueError(f'values must have known sizes except along axis {axis}, got {shape}; use set_shape.')
    return axis, element


def _axis_first(values: tf.Tensor, axis: int) -> tf.Tensor:
    rest = [i for i in range(values.shape.rank) if i != axis]
    return tf.transpose(values, [axis, *rest])


def _axis_back(values: tf.Tensor, axis: int) -> tf.Tensor:
    order = list(range(1, values.shape.rank))
    order.insert(axis, 0)
    return tf.transpose(values, order, name='concat')


def _append(array: tf.Variable, size: tf.Variable, batch: tf.Tensor, element: list[int]) -> tf.Tensor:
    """Returns the update: room doubles when there is none, so that a long stream is not copied for each batch."""
    with tf.name_scope('append'):
        start = tf.identity(size)
        end = start + tf.shape(batch)[0]
        room = tf.shape(array.value())[0]

        def grow() -> tf.Tensor:
            missing = tf.maximum(end, 2 * room) - room
            padding = tf.zeros([missing, *element], batch.dtype)
            return tf.assign(array, tf.concat([array.value(), padding], 0), validate_shape=False).op

        with tf.control_dependencies([tf.cond(end > room, grow, tf.no_op)]):
            filled = tf.assign(array[start:end], batch)
    with tf.control_dependencies([filled]):
        return tf.assign(size, end, name='Assign')
