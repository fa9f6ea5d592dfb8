"""MNIST under the names by which TF 1.x programs know it, and `tf.keras` and `tf.contrib` around them."""

from __future__ import annotations

import inspect
import subprocess
import sys
import warnings

import numpy as np
import pytest

import tf1 as tf
from tf1.datasets import mnist
from tf1.examples.tutorials.mnist import input_data


@pytest.fixture
def data(tmp_path, monkeypatch) -> mnist.Mnist:
    monkeypatch.chdir(tmp_path)
    return mnist.load()


def test_the_four_loaders_give_the_same_pixels_and_labels(data):
    (x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
    np.testing.assert_array_equal(x_train, data.train_images)
    np.testing.assert_array_equal(x_test, data.test_images)
    np.testing.assert_array_equal(y_train, data.train_labels)
    np.testing.assert_array_equal(y_test, data.test_labels)

    for kind, images, labels in (('train', x_train, y_train), ('t10k', x_test, y_test)):
        read_images, read_labels = mnist.load_mnist(None, kind)
        np.testing.assert_array_equal(read_images, images.reshape(-1, 784))
        np.testing.assert_array_equal(read_labels, labels)

    for parts in (input_data.read_data_sets('MNIST_data/'), tf.contrib.learn.datasets.load_dataset('mnist')):
        assert [part.images.shape for part in parts] == [(55000, 784), (5000, 784), (10000, 784)]
        for part, images, labels in (
            (parts.validation, x_train[:5000], y_train[:5000]),
            (parts.train, x_train[5000:], y_train[5000:]),
            (parts.test, x_test, y_test),
        ):
            assert (part.images.dtype, part.labels.dtype) == (np.float32, np.uint8)
            np.testing.assert_array_equal(np.rint(part.images * 255).astype(np.uint8), images.reshape(-1, 784))
            np.testing.assert_array_equal(part.labels, labels)


def test_keras_arrays_are_uint8_and_writable():
    (x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data('mnist.npz')
    assert (x_train.shape, y_train.shape) == ((60000, 28, 28), (60000,))
    assert (x_test.shape, y_test.shape) == ((10000, 28, 28), (10000,))
    assert all(array.dtype == np.uint8 and array.flags.writeable for array in (x_train, y_train, x_test, y_test))


def test_every_public_path_leads_to_the_same_reader():
    assert input_data.read_data_sets is mnist.read_data_sets
    assert tf.examples.tutorials.mnist.input_data.read_data_sets is mnist.read_data_sets
    assert tf.contrib.learn.datasets.mnist.read_data_sets is mnist.read_data_sets
    assert tf.keras.datasets.mnist.load_data is mnist.load_data


def test_arguments_are_those_of_tf_1_15():
    # inspect.signature under TF 1.15.5.
    assert list(inspect.signature(input_data.read_data_sets).parameters) == [
        'train_dir', 'fake_data', 'one_hot', 'dtype', 'reshape', 'validation_size', 'seed', 'source_url',
    ]  # fmt: skip
    learn = tf.contrib.learn.datasets
    assert list(inspect.signature(learn.load_dataset).parameters) == ['name', 'size', 'test_with_fake_data']
    assert inspect.signature(learn.mnist.load_mnist).parameters['train_dir'].default == 'MNIST-data'
    assert list(inspect.signature(learn.mnist.DataSet).parameters) == [
        'images', 'labels', 'fake_data', 'one_hot', 'dtype', 'reshape', 'seed',
    ]  # fmt: skip
    assert learn.mnist.DEFAULT_SOURCE_URL == 'https://storage.googleapis.com/cvdf-datasets/mnist/'


def test_contribs_load_mnist_is_read_data_sets(data):
    parts = tf.contrib.learn.datasets.mnist.load_mnist()
    assert [part.num_examples for part in parts] == [55000, 5000, 10000]


@pytest.mark.parametrize(
    ('module', 'name', 'message'),
    [
        (tf.contrib, 'no_such', r'tf\.contrib\.no_such does not exist'),
        (tf.contrib, 'gan', r'tf\.contrib\.gan is not in .* use the package tensorflow_gan'),
        (tf.contrib.learn, 'BaseEstimator', r'learn\.BaseEstimator .* use tf\.contrib\.learn\.Estimator instead'),
        (tf.contrib.learn.datasets, 'no_such', r'tf\.contrib\.learn\.datasets\.no_such does not exist'),
        (tf.contrib.learn.datasets.mnist, 'base', r'tf\.contrib\.learn\.datasets\.mnist\.base does not exist'),
        (tf.keras, 'no_such', r'tf\.keras\.no_such does not exist'),
        (tf.keras.datasets.mnist, 'no_such', r'tf\.keras\.datasets\.mnist\.no_such does not exist'),
    ],
)
def test_a_missing_name_is_told_in_full(module, name, message):
    with pytest.raises(AttributeError, match=message):
        getattr(module, name)
    assert not hasattr(module, '__no_such__')


def test_contrib_lists_what_it_has():
    assert {'data', 'layers', 'learn', 'opt', 'slim'} <= set(dir(tf.contrib))
    assert {'ModeKeys', 'datasets', 'preprocessing'} <= set(dir(tf.contrib.learn))


def test_keras_is_keras_2_in_its_tf_1_form():
    from tf1 import keras

    assert keras is tf.keras
    assert int(tf.keras.__version__.split('.')[0]) == 2
    assert tf.keras.layers.Dense.__module__.startswith('tf_keras.')
    assert tf.keras.layers.BatchNormalization.__module__.endswith('batch_normalization_v1')
    assert tf.keras.backend.floatx() == 'float32'
    assert tf.keras.datasets.fashion_mnist.load_data.__module__.startswith('tf_keras.')
    assert {'datasets', 'layers', 'models', '__version__'} <= set(dir(tf.keras))
    assert {'mnist', 'cifar10'} <= set(dir(tf.keras.datasets))
    assert 'load_data' in dir(tf.keras.datasets.mnist)


def test_keras_trains_in_graph_mode_without_a_warning():
    with warnings.catch_warnings(), tf.Graph().as_default(), tf.Session():
        warnings.simplefilter('error')
        model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,), kernel_initializer='zeros')])
        model.compile(tf.keras.optimizers.SGD(0.5), 'mse')
        # Loss 1 at weights 0; its gradient to the bias is -2, so the bias becomes 1 and the loss on zeros 0.
        history = model.fit(np.zeros((4, 2)), np.ones((4, 1)), epochs=2, batch_size=4, verbose=0)
    assert history.history['loss'] == [1.0, 0.0]


def test_keras_loads_when_asked_for_and_quietly():
    code = (
        'import sys, tf1 as tf; sys.stderr.flush(); print("--", file=sys.stderr, flush=True);'
        'print([m for m in ("tf1.keras", "tf1.contrib", "tf1.datasets.mnist", "tf_keras.api") if m in sys.modules]);'
        'tf.keras.layers.Dense; print("tf_keras.api" in sys.modules)'
    )
    done = subprocess.run([sys.executable, '-W', 'error', '-c', code], check=True, capture_output=True, text=True)
    assert done.stdout.split('\n') == ['[]', 'True', '']
    assert done.stderr.split('--\n')[-1] == ''
