"""Checks and small changes of tensors: shapes, scalars, types, sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def assert_same_float_dtype(
    tensors: Sequence[tf.Tensor | None] | None = None, dtype: tf.DType | None = None
) -> tf.DType:
    """Returns the one floating point type of tensors, or `dtype`; float32 where neither is given.

    Raises:
      ValueError: types differ or are no floating point types.
    """
    return tf.debugging.assert_same_float_dtype(tensors, dtype)


def assert_scalar(tensor: Any, name: str | None = None, message: str | None = None) -> tf.Tensor:
    """Returns the tensor, which must be a scalar.

    Args:
      tensor: the tensor, or a value for one.
      name: name scope; None for 'assert_scalar'.
      message: beginning of the error's text.

    Raises:
      ValueError: it is none, or its rank is unknown.
    """
    with tf.name_scope(name, 'assert_scalar', [tensor]) as scope:
        tensor = tf.convert_to_tensor(tensor, name=scope)
        if tensor.shape.rank != 0:
            beginning = '' if message is None else f'{message} '
            raise ValueError(f'{beginning}Expected scalar shape for {tensor.name}, saw shape: {tensor.shape}.')
        return tensor


def assert_scalar_int(tensor: Any, name: str | None = None) -> tf.Tensor:
    """Returns the tensor, which must be a scalar of type int32 or int64.

    Raises:
      ValueError: it is none.
    """
    with tf.name_scope(name, 'assert_scalar_int', [tensor]):
        tensor = tf.convert_to_tensor(tensor)
        if tensor.dtype not in (tf.int32, tf.int64):
            raise ValueError(f'Expected integer type for {tensor.name}, received type: {tensor.dtype}.')
        return assert_scalar(tensor)


def convert_to_tensor_or_sparse_tensor(
    value: Any, dtype: tf.DType | None = None, name: str | None = None
) -> tf.Tensor | tf.SparseTensor:
    """Returns a value as a tensor, a sparse one as a sparse tensor.

    Raises:
      RuntimeError: a sparse value has another type than `dtype`.
    """
    return tf.convert_to_tensor_or_sparse_tensor(value, dtype, name)


def is_tensor(x: object) -> bool:
    """Returns whether `x` is a tensor, a sparse tensor or a variable."""
    return tf.is_tensor(x)


def reduce_sum_n(tensors: Sequence[tf.Tensor], name: str | None = None) -> tf.Tensor:
    """Returns the sum of all values of all tensors.

    Raises:
      ValueError: there are no tensors.
    """
    if not tensors:
        raise ValueError('No tensors provided; reduce_sum_n needs at least one.')
    with tf.name_scope(name, 'reduce_sum_n', tensors) as scope:
        sums = [tf.reduce_sum(tensor, name=f'{tensor.op.name}/sum') for tensor in tensors]
        return sums[0] if len(sums) == 1 else tf.add_n(sums, name=scope)


def remove_squeezable_dimensions(
    predictions: tf.Tensor, labels: tf.Tensor, name: str | None = None
) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns both, the one of a rank higher by 1 without its last dimension.

    Raises:
      ValueError: that dimension is not 1.
    """
    with tf.name_scope(name, 'remove_squeezable_dimensions', [predictions, labels]):
        predictions, labels = tf.convert_to_tensor(predictions), tf.convert_to_tensor(labels)
        if predictions.shape.rank is not None and labels.shape.rank is not None:
            difference = predictions.shape.rank - labels.shape.rank
            if difference == 1:
                predictions = tf.squeeze(predictions, [-1])
            elif difference == -1:
                labels = tf.squeeze(labels, [-1])
            return predictions, labels
        difference = tf.rank(predictions) - tf.rank(labels)
        return _squeezed_if(predictions, tf.equal(1, difference)), _squeezed_if(labels, tf.equal(-1, difference))


def _squeezed_if(tensor: tf.Tensor, condition: tf.Tensor) -> tf.Tensor:
    last = tensor.shape[-1] if tensor.shape.rank else None
    if tensor.shape.rank is not None and tf.dimension_value(last) not in (None, 1):
        return tensor
    return tf.cond(condition, lambda: tf.squeeze(tensor, [-1]), lambda: tensor)


def with_shape(expected_shape: Any, tensor: tf.Tensor) -> tf.Tensor:
    """Returns the tensor, whose shape is checked: now where it is known, else when it runs.

    Args:
      expected_shape: sizes, a TensorShape, or an integer tensor of them.
      tensor: the tensor.

    Raises:
      ValueError: the shapes differ, or the expected one is no list of integers.
    """
    tensor = tf.convert_to_tensor(tensor)
    if isinstance(expected_shape, (list, tuple)) and None in expected_shape:
        raise ValueError(f'The expected shape of {tensor.name} must hold integers only, got {expected_shape}.')
    known = expected_shape
    if isinstance(expected_shape, tf.TensorShape):
        expected_shape = known = expected_shape.as_list()
    elif isinstance(expected_shape, tf.Tensor):
        known = None
    if known is not None:
        shape = tf.TensorShape([int(size) for size in known])
        if not tensor.shape.is_compatible_with(shape):
            raise ValueError(f'Invalid shape for tensor {tensor.name}, expected {list(known)}, got {tensor.shape}.')
        if tensor.shape.is_fully_defined():
            return tensor
    with tf.name_scope(f'{tensor.op.name}/'):
        if known is not None and not shape.rank:
            return tf.reshape(tensor, [])
        with tf.name_scope('assert_shape') as scope:
            actual = tf.shape(tensor, name='actual')
            data = [f'Wrong shape for {tensor.name} [expected] [actual].', expected_shape, actual]
            check = tf.Assert(_has_shape(tensor, expected_shape, actual), data, name=scope)
        with tf.control_dependencies([check]):
            checked = tf.identity(tensor)
    if known is not None:
        checked.set_shape(shape)
    return checked


def _has_shape(tensor: tf.Tensor, expected_shape: Any, actual: tf.Tensor) -> tf.Tensor:
    """Returns whether a shape is as expected, where a size of -1 stands for any."""
    with tf.name_scope('is_shape') as scope:
        size = tf.size(expected_shape)
        with tf.name_scope('is_rank') as inner:
            is_rank = tf.equal(size, tf.rank(tensor, name='actual'), name=inner)
        with tf.name_scope('shape_tensor_equal') as inner:
            partial = tf.equal(expected_shape, -1)
            same = tf.equal(expected_shape, actual, name='equal')
            same = tf.reduce_all(tf.logical_or(partial, same, name='exclude_partial_shape'), name=inner)
        return tf.logical_and(is_rank, same, name=scope)


def with_same_shape(expected_tensor: tf.Tensor, tensor: tf.Tensor) -> tf.Tensor:
    """Returns the tensor, whose shape is checked against another's as by `with_shape`.

    Raises:
      ValueError: the shapes differ.
    """
    if expected_tensor.shape.is_fully_defined():
        return with_shape(expected_tensor.shape.as_list(), tensor)
    with tf.name_scope(f'{tensor.op.name}/'):
        expected = tf.shape(expected_tensor, name='expected_shape')
    return with_shape(expected, tensor)


def sort(values: Any, axis: int = -1, direction: str = 'ASCENDING', name: str | None = None) -> tf.Tensor:
    """Returns the values in order along an axis.

    Raises:
      ValueError: `direction` is neither 'ASCENDING' nor 'DESCENDING', or `axis` is no constant.
    """
    return tf.sort(values, axis, direction, name)


def argsort(
    values: Any, axis: int = -1, direction: str = 'ASCENDING', stable: bool = False, name: str | None = None
) -> tf.Tensor:
    """Returns the int32 indices that put the values in order along an axis.

    Raises:
      ValueError: `direction` is neither 'ASCENDING' nor 'DESCENDING', or `axis` is no constant.
    """
    return tf.argsort(values, axis, direction, stable, name)
