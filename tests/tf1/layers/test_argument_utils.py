from __future__ import annotations

import pytest
from tf1.python.layers import convolutional, core, normalization, pooling, utils

import tf1 as tf


@pytest.mark.parametrize(
    ('module', 'old', 'new'),
    [
        (convolutional, 'Convolution2D', 'Conv2D'),
        (convolutional, 'Deconvolution2D', 'Conv2DTranspose'),
        (convolutional, 'SeparableConvolution2D', 'SeparableConv2D'),
        (convolutional, 'convolution2d', 'conv2d'),
        (convolutional, 'deconv3d', 'conv3d_transpose'),
        (core, 'FullyConnected', 'Dense'),
        (core, 'fully_connected', 'dense'),
        (normalization, 'BatchNorm', 'BatchNormalization'),
        (pooling, 'MaxPool2D', 'MaxPooling2D'),
        (pooling, 'avg_pool2d', 'average_pooling2d'),
    ],
)
def test_layers_have_their_other_names(module, old, new):
    assert getattr(module, old) is getattr(tf.layers, new)
    assert not hasattr(tf.layers, old)


@pytest.mark.parametrize(
    ('found', 'expected'),
    [
        (lambda: utils.conv_output_length(10, 3, 'same', 2), 5),
        (lambda: utils.conv_output_length(10, 3, 'valid', 2), 4),
        (lambda: utils.conv_input_length(4, 3, 'valid', 2), 9),
        (lambda: utils.deconv_output_length(5, 3, 'same', stride=2), 10),
        (lambda: utils.normalize_tuple(2, 3, 'strides'), (2, 2, 2)),
        (lambda: utils.normalize_padding('SAME'), 'same'),
        (lambda: utils.normalize_data_format('channels_last'), 'channels_last'),
        (lambda: utils.convert_data_format('channels_first', 4), 'NCHW'),
        (lambda: utils.constant_value(1), True),
    ],
)
def test_functions_for_layers_return_what_they_did(found, expected):
    assert found() == expected


def test_a_condition_is_decided_now_where_its_value_is_known():
    with tf.Graph().as_default(), tf.Session() as session:
        one, two = lambda: tf.constant(1), lambda: tf.constant(2)
        assert session.run(utils.smart_cond(True, one, two)) == 1
        assert session.run(utils.smart_cond(tf.constant(False), one, two)) == 2
        assert utils.constant_value(tf.constant(False)) is False
        fed = tf.placeholder(tf.bool, [])
        assert utils.constant_value(fed) is None
        assert session.run(utils.smart_cond(fed, one, two), {fed: True}) == 1
        variable = tf.Variable(False)
        assert utils.constant_value(variable) is None
        chosen = utils.smart_cond(variable, one, two)
        session.run(variable.initializer)
        assert session.run(chosen) == 2
        with pytest.raises(TypeError, match='pred must be'):
            utils.smart_cond('yes', one, two)
