"""All values of many batches, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
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
    value, update = checked_concat(values, axis, max_size, name)
    return collect(value, update, metrics_collections, updates_collections)


def checked_concat(
    values: Any, axis: int = 0, max_size: int | None = None, name: str | None = None, checks: Sequence[Any] = ()
) -> Metric:
    """Returns what `streaming_concat` does; nothing is appended before `checks` have passed."""
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
        kept = array[:size]
        kept.set_shape([None, *element])
        value = _axis_back(kept, axis)
        number = tf.shape(values)[axis]
        if max_size is not None:
            number = tf.minimum(number, max_size - size)
        batch = _axis_first(values, axis)[:number]
        with tf.control_dependencies(checks):
            return value, _append(array, size, batch, number, element)


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


def _append(
    array: tf.Variable, size: tf.Variable, batch: tf.Tensor, number: tf.Tensor, element: list[int]
) -> tf.Tensor:
    """Returns the update: room grows by factors where there is none, so that a long stream is not copied each time."""
    end = size + number
    room = tf.shape(array)[0]

    def grow() -> tf.Operation:
        # Assigning another shape gives the variable a new buffer; what was read stays.
        old = array.value()
        empty = tf.zeros(tf.stack([_next_size(end), *element]), batch.dtype)
        with tf.control_dependencies([old]):
            larger = tf.assign(array, empty, validate_shape=False)
        with tf.control_dependencies([larger]):
            copied = tf.assign(array[:size], old[:size])
        with tf.control_dependencies([copied]):
            return tf.no_op()

    with tf.control_dependencies([tf.cond(end > room, grow, tf.no_op)]):
        filled = tf.assign(array[size:end], batch)
    with tf.control_dependencies([filled]):
        return tf.assign(size, end)


def _next_size(required: tf.Tensor) -> tf.Tensor:
    """Returns the least power of 1.5, rounded up, that is not below `required`."""
    exponent = tf.ceil(tf.log(tf.cast(required, tf.float32)) / tf.log(tf.cast(1.5, tf.float32)))
    return tf.cast(tf.ceil(1.5**exponent), tf.int32)
