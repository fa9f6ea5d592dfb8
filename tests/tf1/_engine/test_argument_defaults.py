"""Defaults of arguments, for wrappers that read them."""

from __future__ import annotations

import inspect

import pytest

import tf1 as tf


@pytest.mark.parametrize(
    ('function', 'arguments'),
    [
        (tf.shape, '(input, name=None, out_type=tf.int32)'),
        (tf.size, '(input, name=None, out_type=tf.int32)'),
        (tf.compat.v2.shape, '(input, out_type=tf.int32, name=None)'),
        (tf.compat.v2.size, '(input, out_type=tf.int32, name=None)'),
    ],
)
def test_the_type_of_shapes_and_sizes_is_int32_by_default(function, arguments):
    assert str(inspect.signature(function)) == arguments
    bound = inspect.signature(function).bind([[1.0, 2.0]])
    bound.apply_defaults()
    with tf.Graph().as_default():
        assert function(*bound.args, **bound.kwargs).dtype == tf.int32
