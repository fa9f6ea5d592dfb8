"""Tensors filled with one value: `tf.ones_like`, `tf.zeros`, `tf.ones`, and the axes of a reduction over all."""

from __future__ import annotations

import functools
import operator
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function

_LARGEST_CONSTANT = 1000
"""Values; larger tensors are filled when they run."""


def ones_like(usual: Function) -> Function:
    """Returns what builds the ones of a known shape as TF 1.15 does: a shape, a one and a Fill."""

    def ours(tensor: Any, dtype: Any, name: str | None, optimize: bool = True, layout: Any = None) -> tf.Tensor:
        with tf.name_scope(name, 'ones_like', [tensor]) as scope:
            tensor = tf.convert_to_tensor(tensor, name='tensor')
            if not (optimize and tensor.shape.is_fully_defined()):
                return usual(tensor, dtype, scope, optimize)
            shape = tf.constant(tensor.shape.as_list(), tf.int32, name='Shape')
            dtype = tf.as_dtype(dtype or tensor.dtype).base_dtype
            one = tf.constant(True if dtype == tf.bool else 1, dtype)
            return tf.fill(shape, one, name=scope)

    return ours


def ones_like_v2(usual: Function) -> Function:
    """Returns TF 1.15's `tf.compat.v2.ones_like`, which builds the nodes of the older one."""
    del usual

    def ours(input: Any, dtype: Any = None, name: str | None = None, layout: Any = None) -> tf.Tensor:
        return tf.ones_like(input, dtype, name)

    return ours


def constant_if_small(usual: Function) -> Function:
    """Returns what `tf.zeros` and `tf.ones` ask first, with the nodes that the question leaves in TF 1.15's graph.

    For a shape whose sizes are partly tensors, the number of values is a product of nodes, compared with a limit.
    """

    def ours(value: Any, shape: Any, dtype: Any, name: str | None, layout: Any = None) -> tf.Tensor | None:
        if isinstance(shape, (list, tuple)) and any(isinstance(size, tf.Tensor) for size in shape):
            _ = functools.reduce(operator.mul, shape) < _LARGEST_CONSTANT
            return None
        return usual(value, shape, dtype, name, layout)

    return ours


def reduction_axes(usual: Function) -> Function:
    """Returns what gives a reduction without axes all of them: a constant for a tensor of known rank, scalars included.

    Those of a variable are a range up to its rank.
    """

    def ours(x: Any, axis: Any) -> Any:
        if axis is None and isinstance(x, tf.Tensor) and x.shape.rank is not None:
            return tf.constant(np.arange(x.shape.rank, dtype=np.int32))
        if axis is None and isinstance(x, (tf.Variable, tf.compat.v2.Variable)):
            return tf.range(0, tf.rank(x))
        return usual(x, axis)

    return ours


_INTEGERS = frozenset({'axis', 'dims', 'perm', 'reduction_indices', 'shape'})


def convert_to_tensor(usual: Function) -> Function:
    """Returns what converts arguments: an empty list is integers at once where a shape or axes are wanted.

    TensorFlow makes floats of it first and, as they do not fit, integers in a second constant.
    """

    def ours(value: Any, dtype: Any = None, name: str | None = None, *args: Any, **kwargs: Any) -> tf.Tensor:
        if dtype is None and name in _INTEGERS and type(value) in (list, tuple) and not value:
            dtype = tf.int32
        return usual(value, dtype, name, *args, **kwargs)

    return ours


def one_hot(usual: Function) -> Function:
    """Returns `tf.one_hot`, whose values for yes and no are constants twice where a program names them."""

    def ours(
        indices: Any,
        depth: Any,
        on_value: Any = None,
        off_value: Any = None,
        axis: int | None = None,
        dtype: Any = None,
        name: str | None = None,
    ) -> tf.Tensor:
        if on_value is None or off_value is None:
            return usual(indices, depth, on_value, off_value, axis, dtype, name)
        with tf.name_scope(name, 'one_hot', [indices, depth]) as scope:
            types = [tf.convert_to_tensor(value, dtype_hint=dtype).dtype for value in (on_value, off_value)]
            if types[0] != types[1] or types[0] != (dtype or types[0]):
                return usual(indices, depth, on_value, off_value, axis, dtype, scope)
            on_value, off_value = (_typed(value, types[0]) for value in (on_value, off_value))
            return tf.raw_ops.OneHot(
                indices=indices,
                depth=depth,
                on_value=on_value,
                off_value=off_value,
                axis=-1 if axis is None else axis,
                name=scope,
            )

    return ours


def _typed(value: Any, dtype: tf.DType) -> Any:
    """Returns a Python number as one of the type that it stands for; all else as it is."""
    return dtype.as_numpy_dtype(value) if isinstance(value, bool | int | float) else value


def from_dense(tensor: Any, name: str | None = None) -> tf.SparseTensor:
    """Returns `tf.sparse.from_dense`, which compares with one constant."""
    with tf.name_scope(name, 'dense_to_sparse'):
        tensor = tf.convert_to_tensor(tensor)
        zero = tf.constant('' if tensor.dtype == tf.string else 0, tensor.dtype)
        indices = tf.where(tf.not_equal(tensor, zero))
        return tf.SparseTensor(indices, tf.gather_nd(tensor, indices), tf.shape(tensor, out_type=tf.int64))
