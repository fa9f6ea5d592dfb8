"""Functions of `tf.signal` that build their shapes in the graph compute what the definitions say."""

import numpy as np
import pytest

import tf1 as tf


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def test_frames_are_windows_of_the_axis(session):
    values = np.arange(2 * 7 * 3.0).reshape(2, 7, 3)
    x = tf.placeholder(tf.float64, [2, None, 3])
    frames, padded = tf.signal.frame(x, 3, 2, axis=1), tf.signal.frame(x, 3, 2, True, -1.0, 1)
    assert frames.shape.as_list() == [2, None, 3, 3]
    assert tf.signal.frame(tf.ones([7]), 3, 2).shape.as_list() == [3, 3]
    found, found_padded = session.run([frames, padded], {x: values})
    np.testing.assert_array_equal(found, np.stack([values[:, i : i + 3] for i in (0, 2, 4)], 1))
    np.testing.assert_array_equal(found_padded[:, :3], found)
    np.testing.assert_array_equal(found_padded[:, 3, 1:], np.full([2, 2, 3], -1.0))


def test_a_step_that_is_a_tensor_frames_too(session):
    frames = tf.signal.frame(tf.range(7), tf.placeholder_with_default(3, []), 2)
    np.testing.assert_array_equal(session.run(frames), [[0, 1, 2], [2, 3, 4], [4, 5, 6]])


def test_frames_add_up(session):
    frames = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    np.testing.assert_array_equal(session.run(tf.signal.overlap_and_add(frames, 2)), [1, 2, 7, 5, 6])
    np.testing.assert_array_equal(session.run(tf.signal.overlap_and_add(frames, 3)), [1, 2, 3, 4, 5, 6])


def test_halves_change_places(session):
    values = np.arange(15.0).reshape(3, 5)
    for axes in (None, 1, [-1], (0, 1)):
        shifted = [tf.signal.fftshift(values, axes), tf.signal.ifftshift(values, axes)]
        for ours, theirs in zip(session.run(shifted), (np.fft.fftshift, np.fft.ifftshift), strict=True):
            np.testing.assert_array_equal(ours, theirs(values, axes))


def test_transforms_of_each_type(session):
    values = np.random.RandomState(0).randn(4, 8)
    for dtype, tolerance in ((np.float32, 1e-5), (np.float64, 1e-12)):
        x = tf.constant(values, dtype)
        found = session.run([tf.signal.rfft(x), tf.signal.irfft(tf.signal.rfft(x)), tf.signal.rfft(x, [16])])
        for ours, theirs in zip(found, (np.fft.rfft(values), values, np.fft.rfft(values, 16)), strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)
        back = session.run(tf.signal.idct(tf.signal.dct(x, norm='ortho'), norm='ortho'))
        np.testing.assert_allclose(back, values, rtol=tolerance, atol=tolerance)
