"""`tf.tensordot`, which transposes and reshapes both operands, whatever their axes are."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

Axes = list[int] | tf.Tensor


def tensordot(usual: Function) -> Function:
    """Returns TF 1.15's `tf.tensordot` over TensorFlow's."""

    def ours(a: Any, b: Any, axes: Any, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, 'Tensordot', [a, b, axes]) as scope:
            a, b = tf.convert_to_tensor(a, name='a'), tf.convert_to_tensor(b, name='b')
            if a.shape.rank is None:
                return usual(a, b, axes)
            axes_of_a, axes_of_b = _axes(a, axes)
            rows, free_of_a, known_a = _matrix(a, axes_of_a)
            columns, free_of_b, known_b = _matrix(b, axes_of_b, axes_first=True)
            product = tf.matmul(rows, columns)
            if isinstance(free_of_a, list) and isinstance(free_of_b, list):
                return tf.reshape(product, free_of_a + free_of_b, name=scope)
            free = [tf.convert_to_tensor(size, tf.int32) for size in (free_of_a, free_of_b)]
            result = tf.reshape(product, tf.concat(free, 0), name=scope)
            if known_a is not None and known_b is not None:
                result.set_shape(known_a + known_b)
            return result

    return ours


def _axes(a: tf.Tensor, axes: Any) -> tuple[Axes, Axes]:
    if isinstance(axes, int | np.integer):
        if axes < 0:
            raise ValueError(f'axes must be at least 0, got {axes}.')
        if axes > a.shape.rank:
            raise ValueError(f'axes must not be larger than the number of dimensions of a, {a.shape}, got {axes}.')
        return list(range(a.shape.rank - axes, a.shape.rank)), list(range(axes))
    if isinstance(axes, list | tuple):
        if len(axes) != 2:
            raise ValueError(f'axes must be an integer or have length 2, got {axes}.')
        pair = [[value] if isinstance(value, int | np.integer) else value for value in axes]
        lengths = [len(value) for value in pair if isinstance(value, list | tuple)]
        if len(lengths) == 2 and lengths[0] != lengths[1]:
            raise ValueError(f'axes must name as many axes of a as of b, got {axes}.')
        return pair[0], pair[1]
    axes = tf.convert_to_tensor(axes, name='axes', dtype=tf.int32)
    return axes[0], axes[1]


def _matrix(
    tensor: tf.Tensor, axes: Axes, axes_first: bool = False
) -> tuple[tf.Tensor, list[int] | tf.Tensor, list[int | None] | None]:
    """Returns a tensor as a matrix over free axes and those to sum over, the free sizes, and what is known of these."""
    is_listed = isinstance(axes, list | tuple)
    if is_listed and tensor.shape.rank is not None:
        axes = [axis if axis >= 0 else axis + tensor.shape.rank for axis in axes]
        free = [axis for axis in range(tensor.shape.rank) if axis not in axes]
        known = [tensor.shape.as_list()[axis] for axis in free]
        if tensor.shape.is_fully_defined():
            return _known_matrix(tensor, axes, free, axes_first), known, known
        axes = tf.convert_to_tensor(axes, dtype=tf.int32, name='axes')
        free = tf.convert_to_tensor(free, dtype=tf.int32, name='free')
        shape = tf.shape(tensor)
    else:
        known = None
        shape, rank = tf.shape(tensor), tf.rank(tensor)
        axes = tf.convert_to_tensor(axes, dtype=tf.int32, name='axes')
        axes = tf.where(axes >= 0, axes, axes + rank)
        free = tf.setdiff1d(tf.range(rank), axes)[0]
    free_sizes, summed_sizes = tf.gather(shape, free), tf.gather(shape, axes)
    rows, columns = tf.reduce_prod(free_sizes), tf.reduce_prod(summed_sizes)
    order = tf.concat([axes, free] if axes_first else [free, axes], 0)
    sizes = tf.stack([columns, rows] if axes_first else [rows, columns])
    return tf.reshape(tf.transpose(tensor, order), sizes), free_sizes, known


def _known_matrix(tensor: tf.Tensor, axes: list[int], free: list[int], axes_first: bool) -> tf.Tensor:
    shape = tensor.shape.as_list()
    groups = [axes, free] if axes_first else [free, axes]
    sizes = [int(np.prod([shape[axis] for axis in group], dtype=np.int64)) for group in groups]
    return tf.reshape(tf.transpose(tensor, groups[0] + groups[1]), sizes)
