"""Translated images: the vectorised routine against one image at a time."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from estimators import translation


def naive_translate(images, seed, canvas_side):
    """The document's loop, with the same offsets."""
    rows, cols = canvas_side - images.shape[1], canvas_side - images.shape[2]
    rng = np.random.default_rng(seed)
    places = rng.integers(0, [max(rows, 1), max(cols, 1)], size=(len(images), 2))
    out = []
    for image, (top, left) in zip(images, places, strict=True):
        canvas = np.zeros((canvas_side, canvas_side), image.dtype)
        for y in range(image.shape[0]):
            for x in range(image.shape[1]):
                canvas[top + y, left + x] = image[y, x]
        out.append(canvas)
    return np.stack(out)


@pytest.mark.parametrize(('shape', 'side'), [((28, 28), 40), ((3, 5), 7), ((4, 4), 4), ((1, 1), 3)])
@pytest.mark.parametrize('dtype', [np.uint8, np.float32])
def test_all_images_at_once_land_where_one_at_a_time_do(shape, side, dtype):
    images = np.random.default_rng(0).integers(1, 255, (12, *shape)).astype(dtype)
    translated = translation.translate(images, seed=3, canvas_side=side)
    assert translated.dtype == dtype
    np.testing.assert_array_equal(translated, naive_translate(images, 3, side))


def test_real_digits_lose_no_pixel(digits):
    translated = translation.translate(digits.test_images, seed=0)
    assert translated.shape == (500, 40, 40)
    assert not translated[:, 39].any()
    assert not translated[:, :, 39].any()
    np.testing.assert_array_equal(translated.sum(axis=(1, 2)), digits.test_images.sum(axis=(1, 2)))


def test_every_offset_from_0_to_11_occurs_about_equally_often():
    places = translation.offsets(14400, (40 - 28, 40 - 28), seed=0)
    # 14,400 draws over 12 values: 1,200 each, standard deviation sqrt(14400 * 1/12 * 11/12) = 33.
    for axis in (0, 1):
        counts = np.bincount(places[:, axis], minlength=12)
        assert len(counts) == 12
        assert np.abs(counts - 1200).max() < 5 * 33


def test_a_seed_repeats_and_another_differs(digits):
    images = digits.test_images[:50]
    once = translation.translate(images, seed=1)
    np.testing.assert_array_equal(once, translation.translate(images, seed=1))
    assert (once != translation.translate(images, seed=2)).any()


def test_images_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r'canvas_side must be >= the images, got 27 for 28x28 images\.'):
        translation.translate(np.zeros((1, 28, 28)), seed=0, canvas_side=27)
    with pytest.raises(ValueError, match=r'images must be \[n, height, width\], got shape \(1, 784\)\.'):
        translation.translate(np.zeros((1, 784)), seed=0)


def test_in_a_graph_images_are_pasted_at_the_same_places(digits):
    images = digits.test_images[:64]
    places = translation.offsets(64, (12, 12), seed=4)
    with tf.Graph().as_default(), tf.Session() as session:
        pasted = translation.paste_batch(
            tf.constant(images.reshape(64, 784)), tf.constant(places, tf.int32), side=28, canvas_side=40
        )
        assert pasted.shape.as_list() == [64, 1600]
        np.testing.assert_array_equal(
            session.run(pasted).reshape(64, 40, 40), translation.paste(images, places, canvas_side=40)
        )


def test_places_in_a_graph_depend_on_seed_and_step_alone():
    with tf.Graph().as_default(), tf.Session() as session:
        step = tf.placeholder(tf.int64, [])
        places = [translation.random_places(tf.constant(500), 12, seed, step) for seed in (1, 1, 2)]
        once, again, other_seed = session.run(places, {step: 7})
        other_step = session.run(places[0], {step: 8})
    np.testing.assert_array_equal(once, again)
    assert (once != other_seed).any()
    assert (once != other_step).any()
    assert sorted(set(once.ravel().tolist())) == list(range(12))
