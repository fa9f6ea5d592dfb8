"""What all five systems share: seeds, outputs, batched evaluation, refused input."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import tf1 as tf
from graphs import batchnorm_cnn, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.training_log import Outputs

SYSTEMS = {
    system.__name__.split('.')[1]: system for system in (patch_cnn, lowlevel_cnn, layers_cnn, ocr_cnn, batchnorm_cnn)
}
# Few enough examples, and batches, that parts of a training cross the ends of epochs.
HPARAMS = {
    'patch_cnn': patch_cnn.HParams(batch_size=50),
    'lowlevel_cnn': lowlevel_cnn.HParams(batch_size=100),
    'layers_cnn': layers_cnn.HParams(batch_size=100),
    'ocr_cnn': ocr_cnn.HParams(),
    'batchnorm_cnn': batchnorm_cnn.HParams(batch_size=100, batches='disjoint'),
}
AMOUNT = {
    'patch_cnn': 'steps',
    'lowlevel_cnn': 'epochs',
    'layers_cnn': 'epochs',
    'ocr_cnn': 'steps',
    'batchnorm_cnn': 'epochs',
}


@pytest.fixture(params=[*HPARAMS])
def name(request):
    return request.param


def values(run):
    return run.session.run({v.op.name: v for v in run.graph.get_collection('variables')})


def learn(name, run, examples, amount, **outputs):
    outputs = Outputs(**{'log': None, **outputs})
    return SYSTEMS[name].train(run, *examples, **{AMOUNT[name]: amount}, outputs=outputs)


def test_another_seed_gives_other_weights_and_order(name, small, start_quietly):
    weights = []
    for seed in (1, 2):
        hparams = type(HPARAMS[name])(seed=seed)
        weights.append(values(start_quietly(SYSTEMS[name], hparams)))
    kernel = next(key for key in weights[0] if weights[0][key].ndim == 4)
    assert np.abs(weights[0][kernel] - weights[1][kernel]).max() > 0.01


# Not batchnorm_cnn, whose moments are each batch's own.
@pytest.mark.parametrize('name', ['patch_cnn', 'lowlevel_cnn', 'layers_cnn', 'ocr_cnn'])
def test_evaluation_in_batches_equals_evaluation_in_one(name, small, start_quietly):
    system, test = SYSTEMS[name], small[name].test
    run = start_quietly(system)
    whole, parts = system.evaluate(run, *test, batch_size=100), system.evaluate(run, *test, batch_size=33)
    assert whole.correct == parts.correct == int((whole.classes == test.labels).sum())
    assert whole.total == 100
    assert whole.accuracy == whole.correct / 100
    np.testing.assert_array_equal(whole.classes, parts.classes)
    assert whole.loss == pytest.approx(parts.loss, rel=1e-5)
    predictions = system.predict(run, test.images, batch_size=7)
    np.testing.assert_array_equal(predictions.classes, whole.classes)
    np.testing.assert_allclose(predictions.probabilities.sum(1), 1, rtol=1e-5)
    np.testing.assert_array_equal(predictions.probabilities.argmax(1), whole.classes)


def test_no_batch_is_larger_than_asked_for(name, small, start_quietly, monkeypatch):
    system, (images, labels) = SYSTEMS[name], small[name].test
    run, seen = start_quietly(system), []
    pixels = system.examples.pixels
    monkeypatch.setattr('graphs.examples.pixels', lambda batch: seen.append(len(batch)) or pixels(batch))
    system.evaluate(run, images, labels, batch_size=30)
    assert seen == [25, 25, 25, 25]


def test_a_training_leaves_logs_and_ticks(name, small, start_quietly, tmp_path):
    run, ticks = start_quietly(SYSTEMS[name], HPARAMS[name]), []
    learn(name, run, small[name].train, 1, summary_dir=str(tmp_path), on_batch=lambda *tick: ticks.append(tick))
    batches = 1 if AMOUNT[name] == 'steps' else 4
    assert ticks == [(n + 1, batches) for n in range(batches)]
    (path,) = tmp_path.iterdir()
    events = list(tf.train.summary_iterator(str(path)))
    assert any(event.graph_def for event in events)
    tags = {value.tag: value for event in events for value in event.summary.value}
    loss = 'cost' if name == 'ocr_cnn' else 'loss'
    assert np.isfinite(tags[loss].simple_value)
    first = next(tag for tag in tags if tag.startswith('filters/conv'))
    assert tags[first].image.encoded_image_string[:4] == b'\x89PNG'
    assert sum(tag.startswith('activations/') for tag in tags) == sum(tag.startswith('filters/') for tag in tags) >= 2


@pytest.mark.parametrize('amount', [0, -5, 1.5])
def test_an_amount_that_is_no_count_is_refused(name, small, start_quietly, amount):
    with pytest.raises(ValueError, match=rf'{AMOUNT[name]} must be > 0, got {amount}\.'):
        learn(name, start_quietly(SYSTEMS[name], HPARAMS[name]), small[name].train, amount)


def test_bad_examples_are_refused(name, small, start_quietly):
    system, (images, labels) = SYSTEMS[name], small[name].test
    run = start_quietly(system)
    wrong = labels.copy()
    wrong[3] = 12
    with pytest.raises(ValueError, match=r'labels must lie in 0\.\.9, got 12 for image 3\.'):
        system.evaluate(run, images, wrong)
    with pytest.raises(ValueError, match=r'labels must be integers \[100\], one for each image, got uint8 \[99\]'):
        system.evaluate(run, images, labels[1:])
    with pytest.raises(ValueError, match=r'images must be \[n, 28, 28\] or \[n, 784\] with n > 0, got \[100, 3\]'):
        system.predict(run, np.zeros((100, 3), np.float32))


@pytest.mark.parametrize(
    ('system', 'field', 'value', 'message'),
    [
        (patch_cnn, 'keep_prob', 0, r'keep_prob must lie in \(0, 1\], got 0\.'),
        (patch_cnn, 'learning_rate', -1e-4, r'learning_rate must be > 0, got -0\.0001\.'),
        (lowlevel_cnn, 'batch_size', 0, r'batch_size must be a whole number > 0, got 0\.'),
        (layers_cnn, 'dropout_rate', 1.0, r'dropout_rate must lie in \[0, 1\), got 1\.0\.'),
        (ocr_cnn, 'num_filters1', 1.5, r'num_filters1 must be a whole number > 0, got 1\.5\.'),
        (ocr_cnn, 'seed', -1, r'seed must be a whole number in 0\.\.2147483647, got -1\.'),
        (batchnorm_cnn, 'batches', 'all', r"batches must be one of overlapping, disjoint, got 'all'\."),
    ],
)
def test_hyperparameters_are_checked_when_made(system, field, value, message):
    with pytest.raises(ValueError, match=message):
        system.HParams(**{field: value})


def test_outputs_refuse_to_save_every_zero_steps():
    with pytest.raises(ValueError, match=r'save_every must be a whole number > 0, got 0\.'):
        Outputs(save_every=0)


def test_by_default_training_goes_to_the_end_that_the_hyperparameters_set(name, small, start_quietly):
    run = start_quietly(SYSTEMS[name], dataclasses.replace(HPARAMS[name], **{AMOUNT[name]: 2}))
    learn(name, run, small[name].train, 1)
    learn(name, run, small[name].train, None)
    assert run.done == (8 if name == 'batchnorm_cnn' else 2)
    learn(name, run, small[name].train, None)
    assert run.done == (8 if name == 'batchnorm_cnn' else 2)


@pytest.mark.parametrize(
    ('system', 'amount', 'published'),
    [
        (patch_cnn, 'steps', 3000),
        (lowlevel_cnn, 'epochs', 20),
        (layers_cnn, 'epochs', 20),
        (ocr_cnn, 'steps', 10_000),
        (batchnorm_cnn, 'epochs', 2),
    ],
)
def test_a_whole_training_is_as_long_as_the_documents(system, amount, published):
    assert getattr(system.HParams(), amount) == published
