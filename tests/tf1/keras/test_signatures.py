"""Names, methods and arguments of Keras beside those of TF 1.15.5 and of the package keras 2.3.1."""

from __future__ import annotations

import collections

import pytest

import tf1 as tf
from tf1._engine import keras_names
from tools import keras_signatures


def test_all_that_tf_keras_had_is_there():
    counts = collections.Counter()
    found = list(keras_signatures.differences('tf.keras', counts))
    assert [path for path, words in found if words == 'absent'] == []
    assert [counts[kind] for kind in keras_signatures.KINDS[:4]] == [516, 516, 4269, 4269]
    assert counts[keras_signatures.KINDS[4]] >= 4140
    # What stands elsewhere among the positional arguments, where programs give them so, is in its old place.
    assert not {path for path, _ in found} & {
        'layers.Conv2D',
        'layers.DepthwiseConv2D',
        'layers.Dense.add_metric',
        'models.Model.load_weights',
    }


@pytest.fixture
def layer():
    with tf.Graph().as_default():
        yield tf.keras.layers.Conv2D(2, 3, (1, 1), 'same', None, (1, 1), 'relu')
    tf.keras.backend.clear_session()


def test_layers_take_their_arguments_in_the_old_order(layer):
    assert layer.activation is tf.keras.activations.relu
    assert tf.keras.layers.Conv2D(4, 1, groups=2).groups == 2
    assert tf.keras.layers.DepthwiseConv2D(3, 1, 'valid', 1, None, 'relu').activation is tf.keras.activations.relu
    with pytest.raises(TypeError, match='Conv2D takes 15 positional arguments, got 16'):
        tf.keras.layers.Conv2D(*range(16))


def test_layers_have_the_methods_that_they_had(layer):
    output = layer.apply(tf.ones([1, 4, 4, 1]))
    assert output.shape.as_list() == [1, 4, 4, 2]
    layer.add_loss(losses=tf.reduce_sum(output), inputs=None)
    layer.add_update(updates=[tf.no_op()], inputs=True)
    assert len(layer.losses) == 1


def test_weights_are_loaded_by_name_given_in_second_place(tmp_path):
    with tf.Graph().as_default():
        dense = tf.keras.layers.Dense
        one = tf.keras.Sequential([dense(2, name='a', kernel_initializer='ones', input_shape=(2,)), dense(3, name='b')])
        one.save_weights(str(tmp_path / 'w.h5'))
        other = tf.keras.Sequential([dense(2, name='a', input_shape=(2,))])
        other.load_weights(str(tmp_path / 'w.h5'), True)
        assert other.get_weights()[0].tolist() == [[1, 1], [1, 1]]
    tf.keras.backend.clear_session()


def test_the_package_keras_has_its_own_learning_rates(monkeypatch):
    optimizers = tf.keras.optimizers
    names = ('Adadelta', 'Adagrad', 'Adamax', 'Nadam', 'Adam')

    def rates():
        return [getattr(optimizers, name)().get_config()['learning_rate'] for name in names]

    with tf.Graph().as_default():
        assert rates() == [0.001] * 5
        monkeypatch.setattr(keras_names, '_zero_based', False)
        assert rates() == [1.0, 0.01, 0.002, 0.002, 0.001]
        assert optimizers.Adadelta(0.5).get_config()['learning_rate'] == 0.5


def test_the_package_keras_has_nearly_all_names_of_2_3_1(installed):
    counts = collections.Counter()
    found = keras_signatures.differences('keras', counts)
    absent = {path for path, words in found if words == 'absent' and path.count('.') < 2}
    assert absent == {
        'layers.ConvRecurrent2D',
        'metrics.SensitivitySpecificityBase',
        'applications.keras_modules_injection',
        'utils.H5Dict',
        'Model.run_internal_graph',
        'Sequential.run_internal_graph',
    }
    assert counts['names'] == 596
    assert counts['names that are there'] >= 583


def test_the_package_keras_has_other_names_of_its_classes(installed):
    from keras import constraints, initializers, optimizers
    from keras.layers.convolutional import Conv2DTranspose, Deconvolution2D

    assert optimizers.adam is optimizers.Adam
    assert constraints.maxnorm(2.0).max_value == 2.0
    assert initializers.zero is initializers.Zeros
    assert Deconvolution2D is Conv2DTranspose
