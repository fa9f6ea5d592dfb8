"""Batches, pixels, standardisation and dropout noise: what is fed to the session systems."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from graphs import examples
from graphs.batches import EndlessBatches, even_slices, permutation
from graphs.dropout_noise import DropoutNoise
from graphs.standardization import Standardiser, batch_generator, splits


@pytest.mark.parametrize('batch_size', [1, 3, 7, 10, 25])
def test_endless_batches_serve_each_epoch_whole_and_go_on_across_its_end(batch_size):
    batches = EndlessBatches(10, batch_size, seed=4)
    served = np.concatenate([batches.indices(step) for step in range(30)])
    orders = [permutation(10, 4, epoch) for epoch in range(-(-len(served) // 10))]
    np.testing.assert_array_equal(served, np.concatenate(orders)[: len(served)])
    assert any((orders[0] != order).any() for order in orders[1:])


def test_endless_batches_do_not_depend_on_what_was_asked_before():
    whole, late = EndlessBatches(10, 4, seed=1), EndlessBatches(10, 4, seed=1)
    expected = [whole.indices(step) for step in range(9)]
    for step in (8, 2, 7):
        np.testing.assert_array_equal(late.indices(step), expected[step])


@pytest.mark.parametrize(
    ('count', 'largest', 'sizes'), [(10, 3, [2, 3, 2, 3]), (10, 10, [10]), (7, 100, [7]), (6, 3, [3, 3])]
)
def test_even_slices_are_few_and_nearly_equal(count, largest, sizes):
    parts = list(even_slices(count, largest))
    assert [part.stop - part.start for part in parts] == sizes
    assert [i for part in parts for i in range(count)[part]] == list(range(count))


def test_batch_generator_serves_an_epoch_with_a_short_last_batch():
    images, labels = np.arange(20).reshape(10, 2), np.arange(10)
    parts = list(batch_generator(images, labels, batch_size=4))
    assert [part[1].tolist() for part in parts] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]
    assert parts[2][0].tolist() == [[16, 17], [18, 19]]
    shuffled = [part[1].tolist() for part in batch_generator(images, labels, 4, shuffle=True, random_seed=1)]
    assert sorted(sum(shuffled, [])) == list(range(10))
    assert shuffled != [part[1].tolist() for part in parts]
    assert shuffled == [part[1].tolist() for part in batch_generator(images, labels, 4, shuffle=True, random_seed=1)]
    assert labels.tolist() == list(range(10))


def test_pixels_are_scaled_as_tf_1_15_scales_them():
    grey = np.arange(784, dtype=np.uint8).reshape(1, 28, 28)
    found = examples.pixels(grey)
    np.testing.assert_array_equal(found, grey.reshape(1, 784).astype(np.float32) * np.float32(1.0 / 255.0))
    assert found.dtype == np.float32
    assert examples.pixels(found) is not None
    np.testing.assert_array_equal(examples.pixels(found), found)


def test_one_hot_rows():
    assert examples.one_hot(np.array([1, 9])).tolist() == [[0, 1] + [0] * 8, [0] * 9 + [1]]


def test_standardisation_equals_the_documents_in_float64(data):
    images = data.train_images[:2500]
    flat = images.reshape(2500, 784).astype(np.float64)
    standardise = Standardiser.fit(images)
    expected = (flat - flat.mean(0)) / flat.std()
    np.testing.assert_allclose(standardise(images), expected, rtol=1e-4, atol=1e-5)
    assert standardise(images).dtype == np.float32


def test_all_three_parts_are_centred_and_divided_alike(data):
    train, validation, test = splits(data)
    assert [len(part.labels) for part in (train, validation, test)] == [50_000, 10_000, 10_000]
    assert train.images.std(dtype=np.float64) < 1
    # Divided, they have about the training set's spread; the document leaves validation near 78 grey levels.
    for part in (validation, test):
        assert part.images.std(dtype=np.float64) == pytest.approx(train.images.std(dtype=np.float64), rel=0.02)
    np.testing.assert_array_equal(validation.labels, data.train_labels[50_000:])


@pytest.mark.parametrize('layer', ['nn', 'layers'])
def test_fed_noise_decides_which_units_are_dropped(layer):
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 6])
        is_train = tf.placeholder(tf.bool, ())
        dropped = tf.nn.dropout(x, keep_prob=0.75) if layer == 'nn' else tf.layers.dropout(x, 0.25, training=is_train)
        noise = DropoutNoise(dropped, seed=3)
        drawn = noise.at(step=7, batch_size=4)
        assert drawn.shape == (4, 6)
        found = session.run(dropped, {x: np.ones((4, 6)), is_train: True, noise.tensor: drawn})
    # A unit is kept where its draw is at least the dropout rate, and scaled by 1 / keep_prob.
    np.testing.assert_allclose(found, np.where(drawn >= 0.25, 1 / 0.75, 0), rtol=1e-6)
    np.testing.assert_array_equal(drawn, DropoutNoise(dropped, seed=3).at(7, 4))
    assert (drawn != noise.at(8, 4)).all()


def test_noise_needs_a_dropout():
    with (
        tf.Graph().as_default(),
        pytest.raises(ValueError, match=r'^x:0 must be the output of a dropout, got one that'),
    ):
        DropoutNoise(tf.placeholder(tf.float32, [None, 6], name='x'), seed=0)
