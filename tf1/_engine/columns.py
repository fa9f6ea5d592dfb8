"""Feature columns that build TF 1.15's nodes."""

from __future__ import annotations

import inspect
from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def dense_features(usual: Function) -> Function:
    """Returns `DenseFeatures.call` without an argument for training, so that Keras makes no placeholder for it."""

    def ours(self: Any, features: Any, cols_to_output_tensors: Any = None) -> tf.Tensor:
        return usual(self, features, cols_to_output_tensors, training=False)

    ours.__signature__ = inspect.signature(ours)
    return ours


def identity(usual: Function) -> Function:
    """Returns what an identity column makes of its input: values out of range are an error, or have a default."""

    def ours(self: Any, input_tensor: tf.SparseTensor) -> tf.SparseTensor:
        if not input_tensor.dtype.is_integer:
            return usual(self, input_tensor)
        values = input_tensor.values
        if values.dtype != tf.int64:
            values = tf.cast(values, tf.int64, name='values')
        end = tf.cast(self.num_buckets, tf.int64, name='num_buckets')
        zero = tf.cast(0, tf.int64, name='zero')
        values = (
            _checked(self.key, values, zero, end) if self.default_value is None else _filled(self, values, zero, end)
        )
        return tf.SparseTensor(input_tensor.indices, values, input_tensor.dense_shape)

    return ours


def linear_model(usual: Function) -> Function:
    """Returns `tf.feature_column.linear_model` with resource variables; `cols_to_vars` gets all parts of the bias."""
    signature = inspect.signature(usual)

    def ours(*args: Any, **kwargs: Any) -> tf.Tensor:
        # To enter the scope anew would forget the names that are taken in it.
        scope = tf.get_variable_scope()
        given = scope.use_resource
        scope.set_use_resource(True)
        try:
            logits = usual(*args, **kwargs)
        finally:
            scope.set_use_resource(given)
        cols_to_vars = signature.bind(*args, **kwargs).arguments.get('cols_to_vars')
        if cols_to_vars is not None:
            cols_to_vars['bias'] = _all_parts(cols_to_vars['bias'])
        return logits

    return ours


def _all_parts(variables: list[tf.Variable]) -> list[tf.Variable]:
    """Returns the variables, or all parts of the one that they are parts of."""
    names = {_whole_name(part) for part in variables} - {None}
    return [part for part in tf.global_variables() if _whole_name(part) in names] or variables


def _whole_name(part: tf.Variable) -> str | None:
    """Returns the name of the variable that this is a part of, None where it is whole."""
    slice_info = part._save_slice_info
    return slice_info and slice_info.full_name


def _checked(key: str, values: tf.Tensor, zero: tf.Tensor, end: tf.Tensor) -> tf.Tensor:
    checks = [
        tf.assert_less(
            values,
            end,
            data=(values, end),
            message=f'Bucket index for categorical column "{key}" exceeds number of buckets',
            name='assert_less_than_num_buckets',
        ),
        tf.assert_greater_equal(
            values,
            zero,
            data=(values,),
            message=f'Negative bucket index for categorical column "{key}"',
            name='assert_greater_or_equal_0',
        ),
    ]
    with tf.control_dependencies(checks):
        return tf.identity(values)


def _filled(column: Any, values: tf.Tensor, zero: tf.Tensor, end: tf.Tensor) -> tf.Tensor:
    is_outside = tf.logical_or(values < zero, values >= end, name='out_of_range')
    shape = tf.shape(values)
    default = tf.cast(column.default_value, tf.int64)
    return tf.where_v2(is_outside, tf.fill(shape, default, name='default_values'), values)
