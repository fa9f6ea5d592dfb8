from __future__ import annotations

import numpy as np
import pytest

from graphs import patch_cnn
from graphs.training_log import Outputs


def test_every_hundredth_step_prints_batch_and_test_accuracy_before_it_learns(small, start_quietly):
    run, lines = start_quietly(patch_cnn), []
    split = small['patch_cnn']
    untrained = patch_cnn.evaluate(run, *split.test).accuracy
    printed = patch_cnn.train(run, *split.train, steps=101, test=split.test, outputs=Outputs(log=lines.append))
    assert [(step, test) for step, _, test in printed][0] == (0, untrained)
    assert [step for step, _, _ in printed] == [0, 100]
    assert lines == [f'step {s}, training accuracy {a:.4f}, test accuracy {t:.4f}' for s, a, t in printed]
    assert printed[1][2] > 0.5


def test_without_a_test_set_the_batch_accuracy_is_printed_alone(small, start_quietly):
    lines = []
    ((_, accuracy, test),) = patch_cnn.train(
        start_quietly(patch_cnn), *small['patch_cnn'].train, steps=1, outputs=Outputs(log=lines.append)
    )
    assert lines == [f'step 0, training accuracy {accuracy:.4f}']
    assert test is None


@pytest.mark.parametrize(('relu', 'kind', 'negative'), [(True, 'Relu', False), (False, 'AddV2', True)])
def test_relu_on_the_logits_can_be_switched_off(small, start_quietly, relu, kind, negative):
    run = start_quietly(patch_cnn, patch_cnn.HParams(relu_on_logits=relu))
    assert run.net.y_conv.op.type == kind
    feed = {run.net.x: small['patch_cnn'].test.images.reshape(-1, 784) / 255.0, run.net.keep_prob: 1.0}
    assert bool((run.session.run(run.net.y_conv, feed) < 0).any()) == negative


def test_a_class_whose_logit_is_always_negative_gets_no_gradient_under_relu(small, start_quietly):
    """What the document's relu on the logits can do: the class stays dead however long it is trained."""
    for relu, alive in ((True, False), (False, True)):
        run = start_quietly(patch_cnn, patch_cnn.HParams(relu_on_logits=relu))
        graph, session = run.graph, run.session
        weights, biases = (graph.get_tensor_by_name(f'Variable_{n}:0') for n in (6, 7))
        with graph.as_default():
            session.run([weights.op.outputs[0], biases.op.outputs[0]])
            start = session.run(weights), session.run(biases)
            start[0][:, 3], start[1][3] = -1.0, -5.0
            for variable, value in zip(graph.get_collection('trainable_variables')[6:8], start, strict=True):
                variable.load(value, session)
        patch_cnn.train(run, *small['patch_cnn'].train, steps=3, outputs=Outputs(log=None))
        moved = session.run(weights)[:, 3] != start[0][:, 3]
        assert moved.any() == alive


def test_weights_and_biases_start_as_in_the_document(start_quietly):
    run = start_quietly(patch_cnn)
    variables = {v.op.name: v for v in run.graph.get_collection('trainable_variables')}
    values = run.session.run(variables)
    for n in (0, 2, 4, 6):
        weights = values[f'Variable_{n}' if n else 'Variable']
        assert np.abs(weights).max() <= 0.1
        assert weights.std() == pytest.approx(0.044, abs=0.002)
        np.testing.assert_array_equal(values[f'Variable_{n + 1}'], np.float32(0.1))


def test_filters_and_activations_have_the_layers_shapes(small, start_quietly):
    run = start_quietly(patch_cnn)
    assert patch_cnn.filters(run)['conv1'].shape == (12, 12, 1, 25)
    found = patch_cnn.activations(run, small['patch_cnn'].test.images[:3])
    assert {k: v.shape for k, v in found.items()} == {'conv1': (3, 9, 9, 25), 'conv2': (3, 9, 9, 64)}
