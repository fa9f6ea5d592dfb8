"""Slices with bounds that are tensors build TF 1.15's nodes and take what they are to take."""

import numpy as np

import tf1 as tf


def test_bounds_that_are_left_out_are_constants_of_the_slice():
    with tf.Graph().as_default() as graph:
        x, n = tf.placeholder(tf.float32, [4, 8]), tf.placeholder(tf.int32, [])
        x[:, :n]
        assert [(op.name, op.type) for op in graph.get_operations()[2:]] == [
            ('strided_slice/stack', 'Const'),
            ('strided_slice/stack_1/0', 'Const'),
            ('strided_slice/stack_1', 'Pack'),
            ('strided_slice/stack_2', 'Const'),
            ('strided_slice', 'StridedSlice'),
        ]


def test_values_of_all_kinds_of_bounds():
    values = np.arange(32.0).reshape(4, 8)
    with tf.Graph().as_default(), tf.Session() as session:
        x, n, m = tf.constant(values), tf.constant(2), tf.constant(3, tf.int64)
        short = tf.constant(1, tf.int16)
        mask = tf.constant([True, False, True, False])
        found = session.run([x[:n], x[n:], x[..., :m], x[m], x[n, :3], x[:n, ::2], x[mask], x[:, short:]])
    expected = [
        values[:2],
        values[2:],
        values[..., :3],
        values[3],
        values[2, :3],
        values[:2, ::2],
        values[::2],
        values[:, 1:],
    ]
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)
