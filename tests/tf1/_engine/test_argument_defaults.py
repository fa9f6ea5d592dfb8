"""Defaults of arguments, for wrappers that read them."""

from __future__ import annotations

import inspect

import pytest

import tf1 as tf


@pytest.mark.parametrize('function', [tf.shape, tf.size])
def test_the_type_of_shapes_and_sizes_is_int32_by_default(function):
    assert str(inspect.signature(function)) == '(input, name=None, out_type=tf.int32)'
    assert inspect.getfullargspec(function).defaults == (None, tf.int32)
    bound = inspect.signature(function).bind([[1.0, 2.0]])
    bound.apply_defaults()
    with tf.Graph().as_default():
        assert function(*bound.args, **bound.kwargs).dtype == tf.int32
