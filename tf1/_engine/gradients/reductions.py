"""Gradients of sums, means and extrema over axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.gradients import once

Grads = list[tf.Tensor | None]


def total(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Grads:
    """Returns the gradient of a sum's input: that of its output, repeated along the axes."""
    x, axes = op.inputs
    known_axes = tf.get_static_value(axes)
    if known_axes is not None and x.shape.rank is not None:
        if np.array_equal(np.ravel(known_axes), np.arange(x.shape.rank)):
            return [_repeated_everywhere(x, grad), None]
        if x.shape.is_fully_defined():
            kept, multiples = _known_repetition(x.shape, known_axes)
            return [tf.tile(tf.reshape(grad, kept), multiples), None]
    shape = tf.shape(x)
    kept = _reduced_shape(shape, axes)
    multiples = shape // tf.maximum(kept, 1)
    return [tf.tile(tf.reshape(grad, kept), multiples), None]


def mean(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Grads:
    """Returns the gradient of a mean's input."""
    x, result = op.inputs[0], op.outputs[0]
    repeated = total(usual, op, grad)[0]
    if x.shape.is_fully_defined() and result.shape.is_fully_defined():
        count = tf.constant(x.shape.num_elements() // max(result.shape.num_elements(), 1), dtype=repeated.dtype)
    else:
        shapes = tf.shape(x), tf.shape(result)
        sizes = [tf.reduce_prod(shape) for shape in shapes]
        count = tf.cast(sizes[0] // tf.maximum(sizes[1], 1), repeated.dtype)
    return [tf.truediv(repeated, count), None]


def product(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Grads:
    """Returns the gradient of a product's input: for each value the product of all others."""
    x, axes = op.inputs
    shape = tf.shape(x)
    flat_axes = tf.reshape(axes, [-1])
    kept = _reduced_shape(shape, axes)
    multiples = shape // tf.maximum(kept, 1)
    grad = tf.tile(tf.reshape(grad, kept), multiples)
    rank = tf.rank(x)
    reduced = (flat_axes + rank) % rank
    others, _ = tf.raw_ops.ListDiff(x=tf.range(rank), y=reduced)
    order = tf.concat([reduced, others], 0)
    sizes = [tf.reduce_prod(tf.gather(shape, part)) for part in (reduced, others)]
    moved = tf.transpose(x, order)
    moved_shape = tf.shape(moved)
    matrix = tf.reshape(moved, sizes)
    before, after = tf.cumprod(matrix, exclusive=True), tf.cumprod(matrix, exclusive=True, reverse=True)
    rest = tf.reshape(tf.conj(before) * tf.conj(after), moved_shape)
    return [tf.reshape(grad * tf.transpose(rest, tf.invert_permutation(order)), shape), None]


def segment_mean(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Grads:
    """Returns the gradient of segments' means: each row gets its share of that of its segment."""
    x, segments = op.inputs
    rank = tf.rank(x)
    kept = tf.concat([tf.shape(segments), tf.fill(tf.expand_dims(rank - 1, 0), 1)], 0)
    counts = tf.segment_sum(tf.fill(kept, tf.constant(1, dtype=grad.dtype)), segments)
    return [tf.gather(grad / counts, segments), None]


def extremum(usual: Any, op: tf.Operation, grad: tf.Tensor) -> Grads:
    """Returns the gradient of a maximum's or minimum's input: shared by the values that are equal to it."""
    x, axes = op.inputs
    kept = _reduced_shape(tf.shape(x), axes)
    result = tf.reshape(op.outputs[0], kept)
    grad = tf.reshape(grad, kept)
    hits = tf.cast(tf.equal(result, x), grad.dtype)
    count = tf.reshape(tf.reduce_sum(hits, axes), kept)
    return [tf.truediv(hits, count) * grad, None]


def _repeated_everywhere(x: tf.Tensor, grad: tf.Tensor) -> tf.Tensor:
    grad = tf.reshape(grad, np.ones(x.shape.rank, np.int32))
    shape = tf.constant(x.shape.as_list(), tf.int32) if x.shape.is_fully_defined() else tf.shape(x)
    return tf.tile(grad, shape)


def _reduced_shape(shape: tf.Tensor, axes: tf.Tensor) -> tf.Tensor:
    """Returns `shape` with 1 in the place of each axis in `axes`, which may count from the end."""
    rank = tf.size(shape)
    axes = (axes + rank) % rank
    count = tf.shape(axes)
    return tf.dynamic_stitch([tf.range(rank), axes], [shape, tf.fill(count, 1)])


def _known_repetition(shape: tf.TensorShape, axes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the shape with 1 along the axes, and how often that is repeated; builds TF 1.15's nodes for both, too."""
    shape, axes = np.array(shape.as_list(), np.int32), np.ravel(axes).astype(np.int32)
    kept = shape.copy()
    kept[axes] = 1
    if once.is_first(('reduced shape', tuple(shape.tolist()), tuple(axes.tolist()))):
        with tf.name_scope('Cast'):
            whole = tf.constant(shape, name='x')
        with tf.name_scope('Cast'):
            along = tf.constant(axes, name='x')
        _reduced_shape(whole, along)
        tf.raw_ops.FloorDiv(x=shape, y=tf.maximum(kept, 1), name='floordiv')
    return kept, shape // np.maximum(kept, 1)
