"""Functions of `tf.math` that build TF 1.15's nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def accumulate_n(usual: Function) -> Function:
    """Returns `tf.accumulate_n` that adds in the operation of that name."""

    def ours(
        inputs: list[Any], shape: Any = None, tensor_dtype: tf.DType | None = None, name: str | None = None
    ) -> tf.Tensor:
        tensors = [tf.convert_to_tensor(tensor) for tensor in inputs] if isinstance(inputs, list | tuple) else None
        if not tensors or len(tensors) == 1 or len({tensor.dtype for tensor in tensors}) > 1:
            return usual(inputs, shape, tensor_dtype, name)
        whole = tf.TensorShape(shape)
        for tensor in tensors:
            whole = whole.merge_with(tensor.shape)
        return tf.raw_ops.AccumulateNV2(inputs=tensors, shape=whole, name=name)

    return ours


def bessel_i0(usual: Function) -> Function:
    """Returns `tf.math.bessel_i0` from the exponentially scaled function."""
    return _bessel('bessel_i0', lambda x: tf.raw_ops.BesselI0e(x=x))


def bessel_i1(usual: Function) -> Function:
    """Returns `tf.math.bessel_i1` from the exponentially scaled function."""
    return _bessel('bessel_i1', lambda x: tf.raw_ops.BesselI1e(x=x))


def bessel_i0e(usual: Function) -> Function:
    """Returns `tf.math.bessel_i0e` without a scope."""
    return lambda x, name=None: tf.raw_ops.BesselI0e(x=x, name=name)


def bessel_i1e(usual: Function) -> Function:
    """Returns `tf.math.bessel_i1e` without a scope."""
    return lambda x, name=None: tf.raw_ops.BesselI1e(x=x, name=name)


def xdivy(usual: Function) -> Function:
    """Returns `tf.math.xdivy` without a scope."""
    return lambda x, y, name=None: tf.raw_ops.Xdivy(x=x, y=y, name=name)


def linspace(usual: Function) -> Function:
    """Returns `tf.linspace` as one operation where both ends are scalars."""

    def ours(start: Any, stop: Any, num: Any, name: str | None = None, axis: int = 0) -> tf.Tensor:
        if axis != 0 or not (_is_scalar(start) and _is_scalar(stop)):
            return usual(start, stop, num, name, axis)
        return tf.raw_ops.LinSpace(start=start, stop=stop, num=num, name=name)

    return ours


def reduce_logsumexp(usual: Function) -> Function:
    """Returns `tf.reduce_logsumexp` whose stand-in for infinite maxima has their shape."""

    def ours(input_tensor: Any, axis: Any = None, keepdims: bool | None = False, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, 'ReduceLogSumExp', [input_tensor]):
            values = tf.convert_to_tensor(input_tensor)
            largest = tf.reduce_max(values, axis=axis, keepdims=True)
            largest = tf.stop_gradient(tf.where(tf.is_finite(largest), largest, tf.zeros_like(largest)))
            sums = tf.reduce_sum(tf.exp(tf.subtract(values, largest)), axis=axis, keepdims=bool(keepdims))
            result = tf.log(sums)
            if not keepdims:
                largest = tf.reshape(largest, tf.shape(result))
            return tf.add(result, largest)

    return ours


def divide(usual: Function) -> Function:
    """Returns `tf.divide`, which is Python's division where neither side is a tensor and there is no name."""

    def ours(x: Any, y: Any, name: str | None = None) -> Any:
        if name is None and all(isinstance(each, int | float | complex | np.ndarray | np.generic) for each in (x, y)):
            return x / y
        return usual(x, y, name)

    ours.in_eager_mode = True
    return ours


def is_non_decreasing(usual: Function) -> Function:
    """Returns `tf.math.is_non_decreasing` that looks at differences."""
    return _monotonic('is_non_decreasing', tf.less_equal)


def is_strictly_increasing(usual: Function) -> Function:
    """Returns `tf.math.is_strictly_increasing` that looks at differences."""
    return _monotonic('is_strictly_increasing', tf.less)


def sort(usual: Function) -> Function:
    """Returns what sorts integers upwards, too, by sorting their negative values downwards.

    TensorFlow subtracts one besides, so that the smallest integer, whose negative is itself, comes first, too.
    """

    def ours(values: Any, axis: Any, direction: str, return_argsort: bool = False) -> tf.Tensor:
        tensor = tf.convert_to_tensor(values, name='values')
        if direction != 'ASCENDING' or not tensor.dtype.is_integer or tensor.dtype.is_unsigned:
            return usual(tensor, axis, direction, return_argsort)
        axis = tf.convert_to_tensor(axis, name='axis')
        found = usual(-tensor, axis, 'DESCENDING', return_argsort)
        return found if return_argsort else -found

    return ours


def unsorted_segment_mean(usual: Function) -> Function:
    """Returns `tf.math.unsorted_segment_mean` that takes the number of segments as it is."""
    return _segment_average(usual, 'UnsortedSegmentMean', lambda counts: counts)


def unsorted_segment_sqrt_n(usual: Function) -> Function:
    """Returns `tf.math.unsorted_segment_sqrt_n` that takes the number of segments as it is."""
    return _segment_average(usual, 'UnsortedSegmentSqrtN', tf.sqrt)


def bincount(usual: Function) -> Function:
    """Returns `tf.math.bincount` by Bincount and UnsortedSegmentSum."""

    def ours(
        arr: Any,
        weights: Any = None,
        minlength: Any = None,
        maxlength: Any = None,
        dtype: tf.DType = tf.int32,
        name: str | None = None,
        axis: int | None = None,
        binary_output: bool = False,
    ) -> tf.Tensor:
        if axis is not None or binary_output or isinstance(arr, tf.SparseTensor | tf.RaggedTensor):
            return usual(arr, weights, minlength, maxlength, dtype, name, axis, binary_output)
        with tf.name_scope('bincount' if name is None else name):
            values = tf.convert_to_tensor(arr, name='arr', dtype=tf.int32)
            is_nonempty = tf.reduce_prod(tf.shape(values)) > 0
            size = tf.cast(is_nonempty, tf.int32) * (tf.reduce_max(values) + 1)
            if minlength is not None:
                size = tf.maximum(tf.convert_to_tensor(minlength, name='minlength', dtype=tf.int32), size)
            if maxlength is not None:
                size = tf.minimum(tf.convert_to_tensor(maxlength, name='maxlength', dtype=tf.int32), size)
            if weights is not None:
                return tf.unsorted_segment_sum(tf.convert_to_tensor(weights, name='weights'), values, size)
            return tf.raw_ops.Bincount(arr=values, size=size, weights=tf.constant([], dtype))

    return ours


def saturate_cast(usual: Function) -> Function:
    """Returns `tf.saturate_cast` that clips from below and from above in two operations."""

    def ours(value: Any, dtype: tf.DType, name: str | None = None) -> tf.Tensor:
        tensor, dtype = tf.convert_to_tensor(value, name='value'), tf.as_dtype(dtype)
        is_wide = dtype.is_integer and tensor.dtype.is_floating and dtype.size * 8 > 23
        if is_wide or tensor.dtype.is_complex or dtype.is_complex or tensor.dtype.is_bool or dtype.is_bool:
            # The ends of wide integers are no floats: TF 1.15 wrapped around at the upper one.
            return usual(value, dtype, name)
        with tf.name_scope(name, 'saturate_cast', [tensor]) as scope:
            if tensor.dtype.min < dtype.min:
                tensor = tf.maximum(tensor, tf.convert_to_tensor(dtype.min, dtype=tensor.dtype, name='min'))
            if tensor.dtype.max > dtype.max:
                tensor = tf.minimum(tensor, tf.convert_to_tensor(dtype.max, dtype=tensor.dtype, name='max'))
            return tf.cast(tensor, dtype, name=scope)

    return ours


def _is_scalar(value: Any) -> bool:
    return value.shape.rank == 0 if isinstance(value, tf.Tensor | tf.Variable) else np.ndim(value) == 0


def _bessel(name: str, scaled: Callable[[tf.Tensor], tf.Tensor]) -> Function:
    def ours(x: Any, name: str | None = None, default: str = name) -> tf.Tensor:
        with tf.name_scope(name, default, [x]):
            x = tf.convert_to_tensor(x)
            return tf.exp(tf.abs(x)) * scaled(x)

    return ours


def _monotonic(default: str, is_ordered: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]) -> Function:
    def ours(x: Any, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, default, [x]):
            differences = _differences(x)
            zero = tf.convert_to_tensor(0, dtype=differences.dtype)
            return tf.reduce_all(is_ordered(zero, differences))

    return ours


def _differences(x: Any) -> tf.Tensor:
    x = tf.reshape(tf.convert_to_tensor(x), [-1])
    is_short = tf.less(tf.size(x), 2)
    count = tf.shape(x) - 1
    return tf.cond(
        is_short,
        lambda: tf.convert_to_tensor([], dtype=x.dtype),
        lambda: tf.strided_slice(x, [1], [1] + count) - tf.strided_slice(x, [0], count),
    )


def _segment_average(usual: Function, default: str, divisor: Callable[[tf.Tensor], tf.Tensor]) -> Function:
    def ours(data: Any, segment_ids: Any, num_segments: Any, name: str | None = None) -> tf.Tensor:
        with tf.name_scope(name, default):
            data, ids = tf.convert_to_tensor(data), tf.convert_to_tensor(segment_ids)
            if data.shape.rank is None or ids.shape.rank is None:
                return usual(data, ids, num_segments)
            # Segments without rows are divided by 1.
            counts = tf.unsorted_segment_sum(tf.ones(tf.shape(ids), dtype=data.dtype), ids, num_segments)
            counts = tf.maximum(tf.reshape(counts, [num_segments] + [1] * (data.shape.rank - ids.shape.rank)), 1)
            return tf.unsorted_segment_sum(data, ids, num_segments) / divisor(counts)

    return ours
