"""`tf.contrib.layers`: its names, and the texts of its errors."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

import tf1 as tf
from tf1.contrib import framework, layers
from tf1.contrib.layers import gradient_changes, utils

_ONES = np.ones([2, 3], np.float32)
_IMAGE = np.ones([1, 4, 4, 2], np.float32)


def test_every_listed_name_is_there() -> None:
    assert [name for name in layers.__all__ if not hasattr(layers, name)] == []
    assert len(set(layers.__all__)) == len(layers.__all__)


def test_a_missing_name_is_named() -> None:
    with pytest.raises(AttributeError, match=r'tf\.contrib\.layers\.nothing'):
        _ = layers.nothing


def test_conv2d_has_the_arguments_of_convolution_but_the_rank() -> None:
    names = list(inspect.signature(layers.conv2d).parameters)
    assert names == list(inspect.signature(layers.convolution).parameters)[:-1]
    assert layers.conv2d.__name__ == 'convolution2d'


@pytest.mark.parametrize(
    'name',
    [
        'avg_pool2d avg_pool3d batch_norm bias_add conv1d conv2d conv2d_in_plane conv2d_transpose conv3d',
        'conv3d_transpose convolution dense_to_sparse dropout flatten fully_connected group_norm images_to_sequence',
        'instance_norm layer_norm max_pool2d max_pool3d maxout one_hot_encoding separable_conv2d sequence_to_images',
        'softmax spatial_softmax unit_norm',
    ],
)
def test_layers_take_argument_scopes(name: str) -> None:
    assert [one for one in name.split() if not framework.has_arg_scope(getattr(layers, one))] == []


@pytest.mark.parametrize(
    ('call', 'error', 'text'),
    [
        (lambda: layers.fully_connected(_ONES, 4.5), ValueError, 'num_outputs must be an integer, got 4.5'),
        (lambda: layers.fully_connected(_ONES[0], 4), ValueError, r'known rank >= 2, got shape \(3,\)'),
        (lambda: layers.conv2d(_ONES, 3, 3), ValueError, r'Inputs of Conv must have rank 4, got shape \(2, 3\)'),
        (lambda: layers.conv2d(_IMAGE, 3, 3, padding='x'), ValueError, "'SAME' or 'VALID', got 'x'"),
        (lambda: layers.conv2d(_IMAGE, 3, [1, 2, 3]), ValueError, r'one positive integer or 2, got \[1, 2, 3\]'),
        (lambda: layers.conv2d(_IMAGE, 3, 3, data_format='x'), ValueError, "NCDHW, got 'x'"),
        (lambda: layers.max_pool2d(_ONES, 2), ValueError, r'MaxPool2D must have rank 4, got shape \(2, 3\)'),
        (lambda: layers.batch_norm(_ONES, data_format='x'), ValueError, "NHWC or NCHW, got 'x'"),
        (lambda: layers.group_norm(_IMAGE, 3), ValueError, 'must divide the number of channels 2, got 3'),
        (lambda: layers.layer_norm(_ONES, begin_norm_axis=2), ValueError, 'must be < 2, .* got 2 and -1'),
        (lambda: layers.unit_norm(_ONES, 2), ValueError, r'dim must be in \[0, 2\), .* got 2'),
        (lambda: layers.maxout(_ONES, 2), ValueError, 'must divide the 3 features of axis -1, got 2'),
        (lambda: layers.stack(_ONES, layers.linear, 4), ValueError, 'stack_args must be a list .* got 4'),
        (lambda: layers.l1_regularizer(1), ValueError, r'scale cannot be an integer, got 1; write 1\.0'),
        (lambda: layers.l2_regularizer(-0.5), ValueError, r'scale must be >= 0, got -0\.5'),
        (lambda: layers.variance_scaling_initializer(mode='x'), TypeError, "FAN_IN, FAN_OUT, FAN_AVG, got 'x'"),
        (lambda: layers.embed_sequence([[1]], 4), ValueError, 'unless reuse is set; got 4 and None'),
        (lambda: utils.two_element_tuple([1]), ValueError, r'a list with 2 elements: \[1\]'),
        (lambda: utils.n_positive_integers(2, 0), ValueError, 'Expected one positive integer or 2, got 0'),
        (lambda: utils.constant_value(None), ValueError, 'value_or_tensor_or_var cannot be None'),
        (
            lambda: utils.last_dimension(tf.TensorShape([2, None])),
            ValueError,
            r'Dimension -1 of shape .* must be known',
        ),
        (lambda: utils.last_dimension(tf.TensorShape([2]), 2), ValueError, r'rank of shape \(2,\) must be >= 2'),
    ],
)
def test_an_error_names_the_value_and_the_remedy(call: object, error: type[Exception], text: str) -> None:
    with tf.Graph().as_default(), pytest.raises(error, match=text):
        call()


def test_a_collection_becomes_a_dictionary_by_alias() -> None:
    with tf.Graph().as_default():
        first = layers.linear(_ONES, 2, outputs_collections='ends', scope='one')
        plain = tf.identity(first, name='plain')
        tf.add_to_collection('ends', plain)
        assert utils.convert_collection_to_dict('ends') == {'one': first, 'plain': plain}
        assert utils.gather_tensors_aliases([first, plain]) == ['one', 'plain']
        utils.append_tensor_alias(first, 'two/')
        assert utils.convert_collection_to_dict('ends', clear_collection=True) == {
            'one': first,
            'two': first,
            'plain': plain,
        }
        assert tf.get_collection('ends') == []


def test_sizes_are_told_from_one_number_or_several() -> None:
    assert utils.two_element_tuple(3) == (3, 3)
    assert utils.two_element_tuple(tf.TensorShape([2, 5])) == (2, 5)
    assert utils.n_positive_integers(3, 2) == (2, 2, 2)
    assert utils.n_positive_integers(2, [4, 5]) == (4, 5)
    assert utils.channel_dimension(tf.TensorShape([2, 3, 4, 5]), 'channels_first') == 3
    assert utils.last_dimension(tf.TensorShape([2, 3, 4, 5])) == 5


def test_a_condition_of_a_constant_is_decided_now() -> None:
    with tf.Graph().as_default() as graph:
        assert utils.smart_cond(tf.constant(True), lambda: 'yes', lambda: 'no') == 'yes'
        assert utils.smart_cond(False, lambda: 'yes', lambda: 'no') == 'no'
        assert [operation.type for operation in graph.get_operations()] == ['Const']


def test_adaptive_clipping_lets_usual_gradients_pass_and_scales_others() -> None:
    # The averages of log(norm) and its square stay at 0 with decay 1: the usual norm is exp(0) = 1, the deviation
    # sqrt(1e-8) = 1e-4. The gradient (3, 4) of norm 5 is scaled to norm 1, one of norm 0.5 passes.
    clip = gradient_changes.adaptive_clipping_fn(decay=1.0)
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.get_variable('v', [2])
        large, small = (clip([(tf.constant(value), variable)])[0][0] for value in ([3.0, 4.0], [0.3, 0.4]))
        session.run(tf.global_variables_initializer())
        np.testing.assert_allclose(session.run(large), [0.6, 0.8], rtol=1e-6)
        np.testing.assert_allclose(session.run(small), [0.3, 0.4], rtol=1e-6)
        names = [variable.op.name for variable in tf.global_variables()]
    assert names == ['v', *(f'AdaptiveMaxNorm{n}/{part}' for n in ('', '_1') for part in ('mean', 'sq_mean'))]


def test_a_penalty_is_a_tensor_of_the_graph() -> None:
    with tf.Graph().as_default():
        layers.linear(_ONES, 2, weights_regularizer=layers.l2_regularizer(0.1))
        (penalty,) = tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)
        assert isinstance(penalty, tf.Tensor)
        assert penalty.name == 'fully_connected/kernel/Regularizer/l2_regularizer:0'
