"""Arguments and layers of Keras 1, which the package keras has up to 2.3.1; values are those of 2.3.1 on TF 1.15.5."""

from __future__ import annotations

import json

import h5py
import numpy as np
import pytest

import tf1 as tf
from tf1._engine import keras_1_arguments
from tf1.keras import backend_functions, hdf5_matrix, keras_1_layers, old_functions

# Keras calls it itself when it predicts.
pytestmark = pytest.mark.filterwarnings('ignore:`Model.state_updates` will be removed:UserWarning')

_LAYERS = """
Dense(output_dim=3, init='uniform', input_dim=4) | {'units': 3, '_shape': [None, 4], '_init': 'RandomUniform'}
Dense(3, W_regularizer='l2', b_constraint='nonneg', bias=False) | {'use_bias': False}
Dropout(p=.5) | {'rate': 0.5}
Embedding(10, 3, init='uniform', dropout=.2) | {'input_dim': 10, 'output_dim': 3}
Convolution1D(3, 2, border_mode='same', subsample_length=2) | {'padding': 'same', 'strides': [2], 'kernel_size': [2]}
Conv1D(nb_filter=3, filter_length=2, input_dim=4, input_length=5) | {'filters': 3, '_shape': [None, 5, 4]}
Convolution2D(3, 2, 2, border_mode='same', subsample=(2, 2), dim_ordering='tf') | {'strides': [2, 2], 'padding': 'same'}
Convolution2D(nb_filter=3, nb_row=2, nb_col=3) | {'filters': 3, 'kernel_size': [2, 3], 'strides': [1, 1]}
Conv2D(3, 2, 2) | {'kernel_size': [2, 2], 'strides': [1, 1]}
Conv2D(3, (2, 2), (2, 1)) | {'kernel_size': [2, 2], 'strides': [2, 1]}
Convolution3D(3, 2, 3, 4) | {'kernel_size': [2, 3, 4]}
Deconvolution2D(3, 2, 2, (None, 8, 8, 3), subsample=(2, 2)) | {'kernel_size': [2, 2], 'strides': [2, 2]}
Conv2DTranspose(3, 2, 2, output_shape=(None, 8, 8, 3)) | {'kernel_size': [2, 2], 'strides': [1, 1]}
AtrousConvolution2D(3, 2, 2, atrous_rate=(2, 2)) | {'kernel_size': [2, 2], 'dilation_rate': [2, 2]}
AtrousConvolution1D(3, 2, atrous_rate=2) | {'dilation_rate': [2]}
MaxPooling1D(pool_length=2, stride=1, border_mode='same') | {'pool_size': [2], 'strides': [1], 'padding': 'same'}
AveragePooling2D(border_mode='same', dim_ordering='th') | {'padding': 'same', 'data_format': 'channels_first'}
GlobalMaxPooling2D(dim_ordering='th') | {'data_format': 'channels_first'}
UpSampling1D(length=3) | {'size': 3}
ZeroPadding2D(padding={'top_pad': 1, 'left_pad': 2}) | {'padding': [[1, 0], [2, 0]]}
LSTM(output_dim=3, inner_activation='relu', dropout_W=.1, dropout_U=.2) | {'units': 3, 'recurrent_activation': 'relu', \
'dropout': 0.1, 'recurrent_dropout': 0.2}
LSTM(3, consume_less='gpu', forget_bias_init='one') | {'implementation': 2, 'unit_forget_bias': True}
LSTM(3, input_dim=2) | {'recurrent_activation': 'sigmoid', '_shape': [None, None, 2]}
GRU(3, 'tanh', 'relu') | {'recurrent_activation': 'relu'}
GRUCell(3) | {'recurrent_activation': 'sigmoid'}
ConvLSTM2D(nb_filter=3, nb_row=2, nb_col=2) | {'kernel_size': [2, 2], 'recurrent_activation': 'hard_sigmoid'}
BatchNormalization(mode=0, momentum=.9) | {'momentum': 0.9}
GaussianNoise(sigma=.1) | {'stddev': 0.1}
LocallyConnected2D(3, 2, 2, subsample=(2, 2)) | {'kernel_size': [2, 2], 'strides': [2, 2]}
SpatialDropout2D(p=.2) | {'rate': 0.2}
BatchNormalization(mode=1) | TypeError
Dense(3, init='uniform', kernel_initializer='zeros') | TypeError
Dense(3, nonsense=1) | TypeError
"""
_PROGRAM = """
import json, sys, numpy as np
import keras
from keras import layers, models
found = []
for line in json.load(sys.stdin):
    try:
        config = eval('layers.' + line).get_config()
        config['_shape'] = config.get('batch_input_shape')
        config['_init'] = config.get('kernel_initializer', {}).get('class_name')
        found.append(config)
    except TypeError:
        found.append('TypeError')
model = models.Sequential([layers.Dense(1, input_dim=4)])
model.compile('sgd', 'mse')
x, y, seen = np.ones((20, 4)), np.ones((20, 1)), []
def batches():
    while True:
        seen.append(1)
        yield x[:10], y[:10]
found.append(model.fit(x, y, nb_epoch=2, verbose=0).epoch)
model.fit_generator(batches(), samples_per_epoch=4, nb_epoch=2, verbose=0, workers=0)
found.append(len(seen))
found.append(model.predict_generator(batches(), val_samples=3, nb_worker=0).shape)
inputs = layers.Input((4,))
found.append(models.Model(input=inputs, output=layers.Dense(2)(inputs)).output_shape)
found.append(models.Model(inputs, output=[layers.Dense(2)(inputs)]).count_params())
told = []
def ones(shape, dtype=None):
    told.append(dtype)
    return np.ones(shape, dtype=dtype)
class Half(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return ones(shape, dtype) / 2
layer = layers.Dense(2, kernel_initializer=ones, bias_initializer=Half())
layer(inputs)
layers.Dense(1, kernel_initializer=lambda shape, name=None: told.append(name) or np.zeros(shape))(inputs)
found.append([told, [weight.tolist() for weight in layer.get_weights()]])
json.dump(found, sys.stdout)
"""


def test_layers_and_models_of_the_package_take_them(lines_of):
    calls, expected = zip(*(line.split(' | ') for line in _LAYERS.strip().splitlines()), strict=True)
    *layers, epochs, seen, predicted, shape, weights, initial = json.loads(
        lines_of(_PROGRAM, input=json.dumps(calls))[-1]
    )
    for call, wanted, config in zip(calls, expected, layers, strict=True):
        if wanted == 'TypeError':
            assert config == 'TypeError', call
        else:
            wanted = eval(wanted)
            assert {name: config[name] for name in wanted} == wanted, call
    assert (epochs, seen, predicted, shape, weights) == ([0, 1], 8, [30, 1], [None, 2], 10)
    assert initial == [['float32', 'float32', None], [[[1, 1]] * 4, [0.5, 0.5]]]


@pytest.fixture
def graph():
    with tf.Graph().as_default(), tf.Session() as session:
        tf.keras.backend.set_session(session)
        yield session
    tf.keras.backend.clear_session()


def test_tf_keras_does_not_take_them(graph):
    keras_1_arguments.install_for_package()
    layers = tf.keras.layers
    assert layers.Conv2D(3, 2, 2).get_config()['strides'] == (2, 2)
    assert layers.LSTM(3).get_config()['recurrent_activation'] == 'hard_sigmoid'
    with pytest.raises(TypeError):
        layers.Dense(output_dim=3)
    with pytest.raises(TypeError, match='border_mode'):
        layers.Conv2D(3, 2, border_mode='same')


def test_highway_mixes_its_input_with_a_dense_layer(graph):
    layer = keras_1_layers.Highway(input_dim=4)
    model = tf.keras.Sequential([layer])
    assert [value.tolist() for value in model.get_weights()[2:]] == [[0] * 4, [1] * 4]
    square = np.arange(16.0).reshape(4, 4)
    model.set_weights([square / 10, square.ravel()[::-1].reshape(4, 4) / 10, np.ones(4), np.full(4, -2.0)])
    found = model.predict(np.array([[1, 0.5, -1, 0.2]]))
    assert np.allclose(found, [[0.8716114163, 0.5715553164, -0.4211534262, 0.4015165567]], atol=1e-6)
    assert [weight.name.partition('/')[2] for weight in layer.weights] == ['W:0', 'W_carry:0', 'b:0', 'b_carry:0']
    again = keras_1_layers.Highway.from_config(keras_1_layers.Highway(bias=False, activation='relu').get_config())
    assert (again.bias, again.activation) == (False, tf.keras.activations.relu)


def test_maxout_is_the_greatest_of_dense_layers(graph):
    layer = keras_1_layers.MaxoutDense(2, nb_feature=3, input_dim=2)
    model = tf.keras.Sequential([layer])
    model.set_weights([np.arange(12.0).reshape(3, 2, 2) - 6, np.arange(6.0).reshape(3, 2)])
    assert model.predict(np.array([[1.0, -2.0]])).tolist() == [[2, 2]]
    assert model.output_shape == (None, 2)
    assert keras_1_layers.MaxoutDense.from_config(layer.get_config()).nb_feature == 3


def test_rows_of_a_file_are_read_as_they_are_asked_for(tmp_path):
    with h5py.File(tmp_path / 'm.h5', 'w') as file:
        file.create_dataset('d', data=np.arange(20.0).reshape(10, 2))
    found = hdf5_matrix.HDF5Matrix(str(tmp_path / 'm.h5'), 'd', 2, 8, normalizer=lambda x: x * 2)
    assert (len(found), found.shape, found.dtype, found.ndim, found.size) == (6, (6, 2), np.float64, 2, 12)
    assert found[0:2].tolist() == [[8, 10], [12, 14]]
    assert found[1].tolist() == [12, 14]
    assert found[[0, 2]].tolist() == [[8, 10], [16, 18]]
    assert found[5].tolist() == [28, 30]
    with pytest.raises(IndexError, match='row 6 of 6 rows'):
        found[6]
    assert tf.keras.utils.HDF5Matrix is hdf5_matrix.HDF5Matrix


def test_functions_of_the_backend_and_of_losses(graph):
    K = tf.keras.backend
    x, v = K.placeholder((2, 3)), K.variable([1.0])
    assert [K.is_tensor(each) for each in (x, v, 1)] == [True, True, False]
    assert [K.is_variable(each) for each in (x, v)] == [False, True]
    assert [bool(K.is_placeholder(each)) for each in (x, v)] == [True, False]
    assert K.eval(K.slice(K.constant([[1, 2, 3], [4, 5, 6]]), [0, 1], [2, 2])).tolist() == [[2, 3], [5, 6]]
    assert (K.normalize_data_format(None), K.eval(K.size(K.ones((2, 2))))) == ('channels_last', 4)
    with pytest.raises(ValueError, match="got 'other'"):
        backend_functions.normalize_data_format('other')
    first, second = K.constant([[1.0, 2.0]]), K.constant([[1.5, 5.0]])
    assert K.eval(old_functions.huber_loss(first, second)).tolist() == [[0.125, 2.5]]
    assert K.eval(old_functions.accuracy(first, K.constant([[1.0, 5.0]]))).tolist() == [[1, 0]]
    gradient, norm = K.constant([3.0, 4.0]), K.constant(5.0)
    assert K.eval(old_functions.clip_norm(gradient, 1.0, norm)).tolist() == pytest.approx([0.6, 0.8])
    assert K.eval(old_functions.clip_norm(gradient, 9.0, norm)).tolist() == [3, 4]


def test_a_layer_says_which_inputs_it_does_not_take(graph):
    layer = tf.keras.layers.Dense(3, input_shape=(2,))
    tf.keras.Sequential([layer])
    layer.assert_input_compatibility(tf.keras.backend.placeholder((2, 2)))
    with pytest.raises(ValueError, match='is incompatible with the layer'):
        layer.assert_input_compatibility(tf.keras.backend.placeholder((2, 5)))
