from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf
from graphs import lowlevel_cnn
from graphs.training_log import Outputs


def test_the_printed_loss_is_the_mean_over_the_batches_and_the_accuracy_that_of_the_validation_set(
    small, start_quietly, monkeypatch
):
    run, lines, seen = start_quietly(lowlevel_cnn, lowlevel_cnn.HParams(batch_size=100)), [], []
    function = run.function

    def watched(fetches, feeds):
        call = function(fetches, feeds)
        if run.net.train_op not in fetches:
            return call

        def learn(*fed):
            values = call(*fed)
            seen.append((len(fed[0]), float(values[0])))
            return values

        return learn

    monkeypatch.setattr(run, 'function', watched)
    split = small['lowlevel_cnn']
    losses = lowlevel_cnn.train(
        run, *split.train, epochs=2, validation=split.validation, outputs=Outputs(log=lines.append)
    )
    assert [size for size, _ in seen] == [100, 100, 100, 30] * 2
    means = [sum(loss for _, loss in seen[:4]) / 4, sum(loss for _, loss in seen[4:]) / 4]
    assert losses == pytest.approx(means)
    accuracy = lowlevel_cnn.evaluate(run, *split.validation).accuracy
    assert lines[0].startswith(f'Epoch 01 Training Avg. Loss: {means[0]:7.3f}  Validation Acc: ')
    assert lines[1] == f'Epoch 02 Training Avg. Loss: {means[1]:7.3f}  Validation Acc: {accuracy:7.3f}'


def test_without_a_validation_set_the_loss_is_printed_alone(small, start_quietly):
    run, lines = start_quietly(lowlevel_cnn, lowlevel_cnn.HParams(batch_size=330)), []
    (loss,) = lowlevel_cnn.train(run, *small['lowlevel_cnn'].train, epochs=1, outputs=Outputs(log=lines.append))
    assert lines == [f'Epoch 01 Training Avg. Loss: {loss:7.3f}']


def test_grey_levels_are_refused(data, start_quietly):
    run, grey = start_quietly(lowlevel_cnn), data.test_images[:10]
    message = r'images must be standardised floats, got uint8; pass them through a Standardiser\.'
    with pytest.raises(ValueError, match=message):
        lowlevel_cnn.train(run, grey, data.test_labels[:10], epochs=1)
    with pytest.raises(ValueError, match=message):
        lowlevel_cnn.evaluate(run, grey, data.test_labels[:10])
    with pytest.raises(ValueError, match=message):
        lowlevel_cnn.predict(run, grey)


def test_predictions_can_be_had_by_tensor_name_as_in_the_document(small, start_quietly):
    run, images = start_quietly(lowlevel_cnn), small['lowlevel_cnn'].test.images
    feed = {'tf_x:0': images, 'fc_keep_prob:0': 1.0}
    expected = lowlevel_cnn.predict(run, images)
    np.testing.assert_array_equal(run.session.run('labels:0', feed), expected.classes)
    np.testing.assert_allclose(run.session.run('probabilities:0', feed), expected.probabilities, rtol=1e-4, atol=1e-7)


def test_layers_take_other_sizes_and_print_themselves(capsys):
    with tf.Graph().as_default():
        image = tf.placeholder(tf.float32, [None, 6, 6, 2])
        conv = lowlevel_cnn.conv_layer(image, 'c', (3, 3), 4, strides=(1, 2, 2, 1))
        lowlevel_cnn.fc_layer(conv, 'f', 5, activation_fn=tf.nn.tanh)
    assert capsys.readouterr().out.splitlines() == [
        "<tf.Variable 'c/_weights:0' shape=(3, 3, 2, 4) dtype=float32_ref>",
        "<tf.Variable 'c/_biases:0' shape=(4,) dtype=float32_ref>",
        'Tensor("c/Conv2D:0", shape=(?, 3, 3, 4), dtype=float32)',
        'Tensor("c/net_pre-activation:0", shape=(?, 3, 3, 4), dtype=float32)',
        'Tensor("c/activation:0", shape=(?, 3, 3, 4), dtype=float32)',
        "<tf.Variable 'f/_weights:0' shape=(36, 5) dtype=float32_ref>",
        "<tf.Variable 'f/_biases:0' shape=(5,) dtype=float32_ref>",
        'Tensor("f/MatMul:0", shape=(?, 5), dtype=float32)',
        'Tensor("f/net_pre-activation:0", shape=(?, 5), dtype=float32)',
        'Tensor("f/activation:0", shape=(?, 5), dtype=float32)',
    ]
