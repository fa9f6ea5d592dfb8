"""`tf.confusion_matrix` and `tf.histogram_fixed_width_bins` from TF 1.15's operations."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.at_work import AtWork
from tf1._engine.replacements import Function

_confusion_matrix = AtWork()


def confusion_matrix(usual: Function) -> Function:
    """Returns `tf.confusion_matrix` that adds the counts, as a sparse tensor, to a matrix of zeros."""
    return _confusion_matrix.watched(usual)


def scatter_nd(usual: Function) -> Function:
    """Returns `tf.scatter_nd`, by other operations where a confusion matrix calls it."""

    def ours(indices: Any, updates: Any, shape: Any, *args: Any, **kwargs: Any) -> tf.Tensor:
        if not _confusion_matrix:
            return usual(indices, updates, shape, *args, **kwargs)
        # The shape that was given, before it was cast to int64.
        sizes = shape.op.inputs[0] if shape.op.type == 'Cast' else tf.cast(shape, tf.int32)
        with tf.name_scope('zeros') as scope:
            zeros = tf.fill(sizes, tf.constant(0, dtype=updates.dtype), name=scope)
        return tf.sparse_add(zeros, tf.SparseTensor(indices, updates, tf.cast(shape, tf.int64)))

    return ours


def histogram_fixed_width_bins(usual: Function) -> Function:
    """Returns `tf.histogram_fixed_width_bins` that does not check the number of bins as it runs."""

    def ours(
        values: Any, value_range: Any, nbins: Any = 100, dtype: tf.DType = tf.int32, name: str | None = None
    ) -> tf.Tensor:
        with tf.name_scope(name, 'histogram_fixed_width_bins', [values, value_range, nbins]):
            values = tf.convert_to_tensor(values, name='values')
            shape = tf.shape(values)
            values = tf.reshape(values, [-1])
            value_range = tf.convert_to_tensor(value_range, name='value_range')
            count = tf.cast(tf.convert_to_tensor(nbins, dtype=tf.int32, name='nbins'), values.dtype)
            width = [values - value_range[0], value_range[1] - value_range[0]]
            indices = tf.floor(count * tf.truediv(*width, name='scaled_values'), name='indices')
            indices = tf.clip_by_value(indices, 0, count - 1)
            return tf.reshape(tf.cast(indices, dtype), shape)

    return ours


def count_nonzero(usual: Function) -> Function:
    """Returns `tf.math.count_nonzero`, which compares conditions with False, too."""

    def ours(input: Any, axis: Any = None, keepdims: Any = None, dtype: Any = tf.int64, name: Any = None) -> tf.Tensor:
        if not isinstance(input, tf.Tensor) or input.dtype.base_dtype != tf.bool:
            return usual(input, axis, keepdims, dtype, name)
        with tf.name_scope(name, 'count_nonzero', [input]):
            found = tf.cast(tf.not_equal(input, tf.zeros([], tf.bool)), tf.int64)
            return tf.cast(tf.reduce_sum(found, axis=axis, keepdims=bool(keepdims)), dtype)

    return ours
