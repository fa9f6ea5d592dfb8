from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from graphs import batchnorm_cnn
from graphs.batchnorm_cnn import HParams
from graphs.training_log import Outputs


def test_overlapping_batches_see_the_first_988_images_only():
    parts = list(batchnorm_cnn.epoch_batches(HParams(), 60_000, epoch=1))
    assert len(parts) == 240
    assert (parts[0], parts[1], parts[239]) == (slice(0, 749), slice(1, 750), slice(239, 988))


def test_disjoint_batches_see_every_image_once_an_epoch_in_another_order_each():
    hparams = HParams(batches='disjoint')
    epochs = [list(batchnorm_cnn.epoch_batches(hparams, 60_000, epoch)) for epoch in (0, 1)]
    for parts in epochs:
        assert [len(part) for part in parts] == [749] * 80 + [80]
        np.testing.assert_array_equal(np.sort(np.concatenate(parts)), np.arange(60_000))
    assert (epochs[0][0] != epochs[1][0]).any()
    assert batchnorm_cnn.steps_per_epoch(hparams, 60_000) == 81


def test_too_few_images_for_the_overlapping_walk_are_refused(small, start_quietly):
    message = r"images must be at least 988 for overlapping batches, got 330; give more, or set batches='disjoint'\."
    with pytest.raises(ValueError, match=message):
        batchnorm_cnn.train(start_quietly(batchnorm_cnn), *small['batchnorm_cnn'].train, epochs=1)


def test_normalisation_is_by_the_moments_of_the_batch():
    batch = np.random.default_rng(0).normal(3, 2, (5, 4, 4, 3)).astype(np.float32)
    with tf.Graph().as_default(), tf.Session() as session:
        found = session.run(batchnorm_cnn.batch_norm(tf.constant(batch)))
    # Each channel over images, rows and columns, in float64.
    wide = batch.astype(np.float64)
    expected = (wide - wide.mean((0, 1, 2))) / np.sqrt(wide.var((0, 1, 2)) + 1e-12)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_what_an_image_becomes_depends_on_the_images_beside_it(small, start_quietly):
    run, images = start_quietly(batchnorm_cnn), small['batchnorm_cnn'].test.images
    beside = [batchnorm_cnn.activations(run, images[:n])['conv1'][0] for n in (1, 100)]
    assert np.abs(beside[0] - beside[1]).max() > 0.01


def test_evaluation_counts_over_all_batches(small, start_quietly):
    run, (images, labels) = start_quietly(batchnorm_cnn), small['batchnorm_cnn'].test
    result = batchnorm_cnn.evaluate(run, images, labels, batch_size=50)
    halves = [batchnorm_cnn.evaluate(run, images[part], labels[part]) for part in (slice(50), slice(50, 100))]
    np.testing.assert_array_equal(result.classes, np.concatenate([half.classes for half in halves]))
    assert result.correct == halves[0].correct + halves[1].correct
    assert result.loss == pytest.approx((halves[0].loss + halves[1].loss) / 2, rel=1e-5)


def test_each_epoch_prints_its_loss_and_the_test_accuracy(small, start_quietly):
    lines, split = [], small['batchnorm_cnn']
    run = start_quietly(batchnorm_cnn, HParams(batch_size=50, steps_per_epoch=5))
    losses = batchnorm_cnn.train(run, *split.train, epochs=2, test=split.test, outputs=Outputs(log=lines.append))
    assert run.done == 10
    accuracy = batchnorm_cnn.evaluate(run, *split.test).accuracy
    assert lines[0].startswith(f'Epoch 1, Training Loss {losses[0]:.4f}, Test Accuracy 0.')
    assert lines[1] == f'Epoch 2, Training Loss {losses[1]:.4f}, Test Accuracy {accuracy:.4f}'


def test_an_epoch_left_half_done_is_finished_first(small, start_quietly, tmp_path):
    train, lines = small['batchnorm_cnn'].train, []
    hparams = HParams(batch_size=50, steps_per_epoch=6)
    run = start_quietly(batchnorm_cnn, hparams)
    batchnorm_cnn.train(run, *train, epochs=1, outputs=Outputs(str(tmp_path), save_every=4, log=None))
    half = start_quietly(batchnorm_cnn, hparams)
    half.restore(str(tmp_path), 4)
    batchnorm_cnn.train(half, *train, epochs=1, outputs=Outputs(log=lines.append))
    assert half.done == 6
    assert lines[0].startswith('Epoch 1, ')


@pytest.mark.parametrize(('kernel_size', 'first_filters'), [(3, 16), (3, 8), (3, 4), (4, 32)])
def test_the_documents_variants_can_be_built(kernel_size, first_filters):
    with tf.Graph().as_default() as graph:
        net = batchnorm_cnn.build(HParams(kernel_size=kernel_size, first_filters=first_filters))
    weights = graph.get_tensor_by_name('conv1/weights:0')
    assert weights.shape.as_list() == [kernel_size, kernel_size, 1, first_filters]
    assert net.conv1.shape.as_list() == [None, 14, 14, first_filters]
    assert net.pool3.shape.as_list() == [None, 4, 4, 128]
