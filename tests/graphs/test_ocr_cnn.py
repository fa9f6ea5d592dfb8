from __future__ import annotations

import re

import numpy as np
import pytest

import tf1 as tf
from graphs import ocr_cnn
from graphs.session import Evaluation
from graphs.training_log import Outputs


@pytest.fixture
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def test_new_weights_and_biases_start_as_in_the_document(graph):
    weights, biases = ocr_cnn.new_weights([5, 5, 4, 500]), ocr_cnn.new_biases(3)
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        drawn, constant = session.run([weights, biases])
    # Truncated at two standard deviations of 0.05, which leaves a standard deviation of 0.88 * 0.05.
    assert np.abs(drawn).max() <= 0.1
    assert drawn.std() == pytest.approx(0.044, abs=0.001)
    np.testing.assert_array_equal(constant, np.float32([0.05, 0.05, 0.05]))


@pytest.mark.parametrize(('use_pooling', 'side'), [(True, 14), (False, 28)])
def test_new_conv_layer_returns_layer_and_weights(graph, use_pooling, side):
    image = tf.placeholder(tf.float32, [None, 28, 28, 3])
    layer, weights = ocr_cnn.new_conv_layer(image, 3, 5, 7, use_pooling)
    assert layer.shape.as_list() == [None, side, side, 7]
    assert layer.op.type == 'Relu'
    assert weights.shape.as_list() == [5, 5, 3, 7]


def test_flatten_layer_returns_layer_and_number_of_features(graph):
    layer, num_features = ocr_cnn.flatten_layer(tf.placeholder(tf.float32, [None, 7, 7, 36]))
    assert layer.shape.as_list() == [None, 1764]
    assert num_features == 1764


@pytest.mark.parametrize(('use_relu', 'kind'), [(True, 'Relu'), (False, 'AddV2')])
def test_new_fc_layer_has_relu_if_asked_for(graph, use_relu, kind):
    layer = ocr_cnn.new_fc_layer(tf.placeholder(tf.float32, [None, 6]), 6, 4, use_relu)
    assert layer.shape.as_list() == [None, 4]
    assert layer.op.type == kind


def test_training_goes_on_from_the_iterations_done_and_prints_every_hundredth(small, start_quietly):
    lines, run = [], start_quietly(ocr_cnn, ocr_cnn.HParams(num_filters1=2, num_filters2=2, fc_size=8))
    printed = ocr_cnn.train(run, *small['ocr_cnn'].train, steps=1, outputs=Outputs(log=lines.append))
    printed += ocr_cnn.train(run, *small['ocr_cnn'].train, steps=99, outputs=Outputs(log=lines.append))
    printed += ocr_cnn.train(run, *small['ocr_cnn'].train, steps=150, outputs=Outputs(log=lines.append))
    assert run.done == 250
    assert [step for step, _ in printed] == [1, 101, 201]
    iterations = [line for line in lines if line.startswith('Optimization')]
    for (step, accuracy), line in zip(printed, iterations, strict=True):
        assert line == f'Optimization Iteration: {step:>6}, Training Accuracy: {accuracy:>6.1%}'
    assert [bool(re.fullmatch(r'Time usage: 0:00:\d\d', line)) for line in lines] == [0, 1, 1, 0, 0, 1]


def test_accuracy_is_printed_with_counts():
    assert ocr_cnn.accuracy_line(Evaluation(9850, 10000, 0.1, None)) == 'Accuracy on Test-Set: 98.5% (9850 / 10000)'


def test_filters_and_activations_have_the_layers_shapes(small, start_quietly):
    run = start_quietly(ocr_cnn)
    assert {k: v.shape for k, v in ocr_cnn.filters(run).items()} == {'conv1': (5, 5, 1, 16), 'conv2': (5, 5, 16, 36)}
    found = ocr_cnn.activations(run, small['ocr_cnn'].test.images[:2])
    assert {k: v.shape for k, v in found.items()} == {'conv1': (2, 14, 14, 16), 'conv2': (2, 7, 7, 36)}


def test_the_first_5000_training_images_are_for_validation(data):
    train, validation, test = ocr_cnn.splits(data)
    assert [len(part.labels) for part in (train, validation, test)] == [55_000, 5_000, 10_000]
    np.testing.assert_array_equal(validation.images, data.train_images[:5000])
    np.testing.assert_array_equal(train.labels, data.train_labels[5000:])
