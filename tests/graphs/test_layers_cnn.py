from __future__ import annotations

import collections
import itertools

import numpy as np
import pytest

import tf1 as tf
from graphs import layers_cnn, lowlevel_cnn
from graphs.checkpoints import CheckpointError
from graphs.training_log import Outputs
from tf1._engine import graph_seeds


def test_conv_nn_trains_saves_loads_and_predicts(small, tmp_path, capsys):
    split = small['layers_cnn']
    cnn = layers_cnn.ConvNN(batchsize=100, epochs=1, random_seed=5)
    assert cnn.sess.graph is cnn.g
    losses = cnn.train(training_set=split.train, validation_set=split.validation)
    printed = capsys.readouterr().out
    assert printed.startswith(f'Epoch 01 Training Avg. Loss: {losses[0]:7.3f}  Validation Acc: ')
    assert cnn.save(epoch=20, path=str(tmp_path)) == str(tmp_path / 'model.ckpt-20')
    labels, probabilities = cnn.predict(split.test.images), cnn.predict(split.test.images, return_proba=True)
    assert labels.shape == (100,)
    np.testing.assert_array_equal(labels, probabilities.argmax(1))

    fresh = layers_cnn.ConvNN(random_seed=6)
    assert fresh.load(epoch=20, path=str(tmp_path)) == str(tmp_path / 'model.ckpt-20')
    np.testing.assert_array_equal(fresh.predict(split.test.images, return_proba=True), probabilities)
    with pytest.raises(CheckpointError, match=r'step 3 has no checkpoint in .*: it holds steps 20\.'):
        fresh.load(epoch=3, path=str(tmp_path))


def test_conv_nn_starts_anew_unless_told_to_go_on(small):
    train = small['layers_cnn'].train
    cnn = layers_cnn.ConvNN(batchsize=100, epochs=1)
    (first,), (again,) = cnn.train(train), cnn.train(train)
    assert cnn.running.done == 1
    (further,) = cnn.train(train, initialize=False)
    assert cnn.running.done == 2
    assert further < min(first, again) - 0.1


def test_validation_accuracy_is_that_of_the_validation_set(small, start_quietly):
    split, lines = small['layers_cnn'], []
    run = start_quietly(layers_cnn, layers_cnn.HParams(batch_size=100))
    layers_cnn.train(run, *split.train, epochs=1, validation=split.validation, outputs=Outputs(log=lines.append))
    accuracy = layers_cnn.evaluate(run, *split.validation).accuracy
    assert lines[0].endswith(f'  Validation Acc: {accuracy:7.3f}')


def test_both_apis_make_the_same_network(small, start_quietly, monkeypatch):
    """With the same seeds they start from the same weights, drop the same units and so learn the same."""
    # A graph's seed alone would give other numbers to each, for they build other operations before the random ones.
    counts = collections.defaultdict(itertools.count)
    monkeypatch.setattr(graph_seeds, 'operation_count', lambda: next(counts[tf.get_default_graph()]))
    split, losses = small['layers_cnn'], []
    for system in (lowlevel_cnn, layers_cnn):
        run = start_quietly(system, system.HParams(batch_size=100))
        losses += system.train(run, *split.train, epochs=1, outputs=Outputs(log=None))
    assert losses[0] == pytest.approx(losses[1], rel=1e-5)
