"""Keras 2 as it was: methods that are gone, names of weights, and the package `keras` beside `tf.keras`."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

# Keras calls it itself when it predicts.
pytestmark = pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed:UserWarning')

_PACKAGE = """
import keras, numpy as np
from keras import backend as K
from keras.layers import Dense, LSTM
from keras.layers.core import Dropout
from keras.models import Sequential
m = Sequential([Dense(2, input_dim=2, activation='softmax'), Dropout(.5)])
m.compile('sgd', 'mse', metrics=['accuracy', 'mae'])
h = m.fit(np.ones((4, 2)), np.eye(2)[[0, 1, 0, 1]], verbose=0).history
print(m.name, [l.name for l in m.layers], sorted(h), m.metrics_names, m.uses_learning_phase)
print(Sequential([LSTM(2, input_shape=(3, 2))]).weights[0].name, keras.__version__)
print(keras.layers.core.Dense is Dense, keras.utils.np_utils.to_categorical([1]), K.tensorflow_backend.__name__)
print(type(keras.initializers.glorot_uniform()).__name__, keras.applications.resnet50.ResNet50.__name__)
networks = keras.applications
print(networks.vgg16.vgg16.WEIGHTS_PATH_NO_TOP.rpartition('/')[2], networks.resnet50.resnet50.ResNet50.__name__)
print(keras.engine.topology.Layer is keras.layers.Layer, keras.legacy.interfaces is not None)
try:
    import keras.ops
except ModuleNotFoundError as error:
    print(keras.__name__, str(error).partition(':')[0])
"""


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default(), tf.Session() as session:
        tf.keras.backend.set_session(session)
        yield
    tf.keras.backend.clear_session()


def test_the_package_keras_names_things_its_own_way(lines_of):
    assert lines_of(_PACKAGE) == [
        "sequential_1 ['dense_1', 'dropout_1'] ['accuracy', 'loss', 'mae'] ['loss', 'accuracy', 'mae'] True",
        'lstm_1/kernel:0 2.3.1',
        'True [[0. 1.]] tf1.keras.backend',
        'VarianceScaling wrapper',
        'vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5 ResNet50',
        'True True',
        'keras keras.ops does not exist',
    ]


class Mean(tf.keras.layers.Layer):
    def build(self, shape):
        self.mean = self.add_weight(name='m', shape=(int(shape[-1]),), initializer='zeros', trainable=False)
        super().build(shape)

    def call(self, x):
        K = tf.keras.backend
        self.add_update([K.update_add(self.mean, K.mean(x, axis=0) * 0.1)], x)
        self.add_loss(K.sum(x) * 0.0, x)
        return x - self.mean


def test_updates_and_losses_take_the_inputs_that_they_depend_on():
    model = tf.keras.Sequential([Mean(input_shape=(3,)), tf.keras.layers.Dense(1)])
    layer = model.layers[0]
    assert (len(model.updates), len(model.losses)) == (1, 1)
    assert len(layer.get_updates_for(layer.input)) == 1
    assert layer.get_updates_for(None) == []
    assert len(layer.get_losses_for(layer.input)) == 1
    model.compile('sgd', 'mse')
    model.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0, batch_size=4)
    assert np.allclose(tf.keras.backend.get_value(layer.mean), 0.1)


def test_classes_and_probabilities_are_predicted():
    x = np.ones((2, 2), np.float32)
    two = tf.keras.Sequential([tf.keras.layers.Dense(2, 'softmax', kernel_initializer='ones', input_dim=2)])
    assert two.predict_classes(x).tolist() == [0, 0]
    assert two.predict_proba(x).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    one = tf.keras.Sequential([tf.keras.layers.Dense(1, 'sigmoid', kernel_initializer='ones', input_dim=2)])
    assert one.predict_classes(x).tolist() == [[1], [1]]


def test_a_model_goes_through_yaml():
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, input_dim=3, name='d')])
    again = tf.keras.models.model_from_yaml(model.to_yaml())
    assert [layer.name for layer in again.layers] == ['d']
    assert again.input_shape == (None, 3)


def test_recurrent_weights_are_named_without_the_cell():
    layers = tf.keras.layers
    names = lambda layer: [weight.name for weight in tf.keras.Sequential([layer]).weights]  # noqa: E731
    assert names(layers.LSTM(2, input_shape=(3, 2), name='a')) == ['a/kernel:0', 'a/recurrent_kernel:0', 'a/bias:0']
    assert names(layers.RNN([layers.LSTMCell(2), layers.GRUCell(3)], input_shape=(3, 2), name='b'))[::3] == [
        'b/kernel:0',
        'b/kernel_1:0',
    ]
    assert names(layers.Bidirectional(layers.LSTM(2, name='l'), input_shape=(3, 2), name='c'))[0] == (
        'c/forward_l/kernel:0'
    )
    assert layers.ConvLSTM2D(1, 2).name.startswith('conv_lst_m2d')


def test_words_of_a_text():
    words = tf.keras.preprocessing.text.text_to_word_sequence(text='A b, c!')
    assert words == ['a', 'b', 'c']


def test_scikit_learns_wrapper_trains_and_predicts():
    def build(units=2):
        model = tf.keras.Sequential([tf.keras.layers.Dense(units, 'softmax', input_dim=2)])
        model.compile(tf.train.GradientDescentOptimizer(1.0), 'categorical_crossentropy', metrics=['accuracy'])
        return model

    classifier = tf.keras.wrappers.scikit_learn.KerasClassifier(build, epochs=50, verbose=0)
    x = np.array([[0.0, 1.0], [1.0, 0.0]] * 4)
    y = np.array(['a', 'b'] * 4)
    classifier.fit(x, y)
    assert classifier.predict(x[:2], verbose=0).tolist() == ['a', 'b']
    assert classifier.score(x, y, verbose=0) == 1.0
    assert classifier.get_params()['epochs'] == 50
    with pytest.raises(ValueError, match='nonsense is not a legal parameter'):
        tf.keras.wrappers.scikit_learn.KerasClassifier(build, nonsense=1)


def test_several_gpus_are_asked_for_by_number():
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, input_dim=3)])
    with pytest.raises(ValueError, match=r'expect the following devices to be available'):
        tf.keras.utils.multi_gpu_model(model, gpus=64)
    with pytest.raises(ValueError, match='`gpus >= 2`'):
        tf.keras.utils.multi_gpu_model(model, gpus=1)


def test_a_saved_model_comes_back(tmp_path):
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, input_dim=3)])
    before = model.predict(np.ones((1, 3)))
    tf.keras.experimental.export_saved_model(model, str(tmp_path / 'm'))
    again = tf.keras.experimental.load_from_saved_model(str(tmp_path / 'm'))
    assert np.allclose(again.predict(np.ones((1, 3))), before)


def test_a_model_may_compute_its_loss_itself():
    layers = tf.keras.layers
    with tf.Graph().as_default(), tf.Session().as_default():
        inputs, labels = layers.Input((3,)), layers.Input((2,))
        outputs = layers.Dense(2, kernel_initializer='ones')(inputs)
        loss = layers.Lambda(lambda pair: tf.reduce_sum(tf.square(pair[0] - pair[1])) / 4.0, name='loss')
        model = tf.keras.Model([inputs, labels], loss([outputs, labels]))
        model.compile('sgd', loss={'loss': lambda y_true, y_pred: y_pred})
        history = model.fit([np.ones((4, 3)), np.zeros((4, 2))], np.zeros(4), epochs=3, verbose=0).history
    # What TF 1.15.5 and the package keras 2.3.1 find.
    np.testing.assert_allclose(history['loss'], [18.0, 15.2352, 12.895073], rtol=1e-5)


@pytest.mark.filterwarnings('ignore:`model.fit_generator` is deprecated:UserWarning')
def test_the_progress_of_generators_shows_metrics_alone(capsys):
    def batches():
        while True:
            yield np.ones((4, 3)), np.ones((4, 1))

    model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,), kernel_initializer='zeros')])
    model.compile('sgd', 'mse')
    model.fit_generator(batches(), steps_per_epoch=2, epochs=1, verbose=1)
    shown = capsys.readouterr().out
    assert '1/2 [==============>...............] - ETA: 0s - loss: 1.0000' in shown
    assert 'step - loss: 0.9232' in shown  # of 1 and 0.92 ** 2
