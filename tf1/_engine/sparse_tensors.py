"""Functions of sparse tensors that TensorFlow builds shorter than TF 1.15."""

from __future__ import annotations

from typing import Any

import tensorflow as tf2
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def placeholder(usual: Function) -> Function:
    """Returns TF 1.15's `tf.sparse_placeholder`: a known shape is a constant, one known in part a placeholder."""

    def ours(dtype: Any, shape: Any = None, name: str | None = None) -> tf.SparseTensor:
        known = None if shape is None or tf.is_tensor(shape) else tf.TensorShape(shape)
        if known is None or known.rank is None:
            return usual(dtype, shape, name)
        names = [name and f'{name}/{part}' for part in ('shape', 'values', 'indices')]
        if known.is_fully_defined():
            dense_shape = tf.constant(known.as_list(), tf.int64, name=names[0] or 'Const')
        else:
            dense_shape = tf.placeholder(tf.int64, [known.rank], names[0])
        values = tf.placeholder(dtype, [None], names[1])
        result = tf.SparseTensor(tf.placeholder(tf.int64, [None, known.rank], names[2]), values, dense_shape)
        result.set_shape(known)
        return result

    return ours


def transpose(usual: Function) -> Function:
    """Returns TF 1.15's `tf.sparse.transpose`, which works out a missing order as the graph runs."""

    def ours(sp_input: tf.SparseTensor, perm: Any = None, name: str | None = None) -> tf.SparseTensor:
        if perm is not None:
            return usual(sp_input, perm, name)
        with tf.name_scope(name, 'SparseTranspose'):
            rank = tf.rank(sp_input)
            perm = (rank - 1) - tf.range(0, rank, 1)
            indices = tf.transpose(tf.gather(tf.transpose(sp_input.indices), perm))
            shape = tf.gather(sp_input.dense_shape, perm)
            shape.set_shape(sp_input.dense_shape.shape)
            return tf.sparse.reorder(tf.SparseTensor(indices, sp_input.values, shape))

    return ours


def cross(usual: Function) -> Function:
    """Returns TF 1.15's `tf.sparse.cross`, with the operation that has its separator built in."""

    def ours(inputs: Any, name: str | None = None, separator: str | None = None) -> tf.SparseTensor:
        if separator is not None or not all(map(_is_crossable, inputs)):
            return usual(inputs, name, separator)
        sparse = [value for value in inputs if isinstance(value, tf.SparseTensor)]
        dense = [tf.convert_to_tensor(value) for value in inputs if not isinstance(value, tf.SparseTensor)]
        indices, values, shape = tf.raw_ops.SparseCross(
            indices=[value.indices for value in sparse],
            values=[value.values if value.dtype == tf.string else tf.to_int64(value.values) for value in sparse],
            shapes=[value.dense_shape for value in sparse],
            dense_inputs=[value if value.dtype == tf.string else tf.to_int64(value) for value in dense],
            hashed_output=False,
            num_buckets=0,
            hash_key=0xDECAFCAFFE,
            out_type=tf.string,
            internal_type=tf.string,
            name=name,
        )
        return tf.SparseTensor(indices, values, shape)

    return ours


def _is_crossable(value: Any) -> bool:
    return isinstance(value, tf.SparseTensor) or not isinstance(value, tf2.RaggedTensor)
