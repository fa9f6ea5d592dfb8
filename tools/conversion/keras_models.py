"""The nine systems as Keras 3 models; to be imported where `tf1` is not.

Each takes what its placeholder took and returns logits, so the loss is one `from_logits`. Layers are called as the
variable scopes were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import layers, ops

from tools.conversion import keras_state, names

_CLASSES = 10
_ONE_HOT = ('patch_cnn', 'ocr_cnn', 'batchnorm_cnn')
HParams = Mapping[str, Any]


def build(system: str, hparams: HParams) -> keras.Model:
    """The compiled model of a system, with fresh weights, whose optimiser has its variables.

    Args:
        system: one of the nine names.
        hparams: the fields of its `HParams`.
    """
    inputs, logits = _BUILDERS[system](hparams)
    model = keras.Model(inputs, logits, name=system)
    optimizer = keras_state.make_optimizer(names.SYSTEMS[system], hparams['learning_rate'])
    if system in _ONE_HOT:
        loss: keras.losses.Loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    # Compiled by XLA, the same model rounds differently.
    model.compile(optimizer, loss, metrics=['accuracy'], jit_compile=False)
    optimizer.build(model.trainable_variables)
    return model


def _linear(hparams: HParams) -> tuple:
    x = keras.Input((hparams['side'] ** 2,), name='x')
    return x, layers.Dense(_CLASSES, name='dense')(x)


def _mlp(hparams: HParams) -> tuple:
    x = keras.Input((hparams['side'] ** 2,), name='x')
    hidden = layers.Dense(hparams['hidden_units'], 'relu', name='dense')(x)
    return x, layers.Dense(_CLASSES, name='dense_1')(hidden)


def _cnn(hparams: HParams) -> tuple:
    x, image = _image('x', hparams['side'])
    size = hparams['kernel_size']
    h = layers.Conv2D(hparams['filters'], size, padding='same', activation='relu', name='conv2d')(image)
    h = layers.Flatten()(layers.MaxPooling2D(2, 2)(h))
    h = layers.Dense(hparams['hidden_units'], 'relu', name='dense')(h)
    h = layers.Dropout(hparams['dropout_rate'])(h)
    return x, layers.Dense(_CLASSES, name='dense_1')(h)


def _patch_cnn(hparams: HParams) -> tuple:
    x, image = _image('x')
    h = layers.Conv2D(25, 12, strides=2, activation='relu', name='conv1')(image)
    h = layers.Conv2D(64, 5, padding='same', activation='relu', name='conv2')(h)
    h = layers.Flatten()(layers.MaxPooling2D(2, 2)(h))
    h = layers.Dense(1024, 'relu', name='fc1')(h)
    h = layers.Dropout(1 - hparams['keep_prob'])(h)
    return x, layers.Dense(_CLASSES, 'relu' if hparams['relu_on_logits'] else None, name='fc2')(h)


def _lowlevel_cnn(hparams: HParams) -> tuple:
    return _document_3(('conv_1', 'conv_2', 'fc_3', 'fc_4'), 1 - hparams['keep_prob'])


def _layers_cnn(hparams: HParams) -> tuple:
    return _document_3(('conv2d', 'conv2d_1', 'dense', 'dense_1'), hparams['dropout_rate'])


def _document_3(names: tuple[str, str, str, str], dropout_rate: float) -> tuple:
    x, h = _image('tf_x')
    for name, filters in zip(names, (32, 64), strict=False):
        h = layers.Conv2D(filters, 5, activation='relu', name=name)(h)
        h = layers.MaxPooling2D(2, 2)(h)
    h = layers.Dense(1024, 'relu', name=names[2])(layers.Flatten()(h))
    return x, layers.Dense(_CLASSES, name=names[3])(layers.Dropout(dropout_rate)(h))


def _ocr_cnn(hparams: HParams) -> tuple:
    x, h = _image('x')
    for i in (1, 2):
        filters, size = hparams[f'num_filters{i}'], hparams[f'filter_size{i}']
        h = layers.Conv2D(filters, size, padding='same', name=f'conv{i}')(h)
        h = layers.ReLU()(layers.MaxPooling2D(2, 2, padding='same')(h))
    h = layers.Dense(hparams['fc_size'], 'relu', name='fc1')(layers.Flatten()(h))
    return x, layers.Dense(_CLASSES, name='fc2')(h)


def _batchnorm_cnn(hparams: HParams) -> tuple:
    size = hparams['kernel_size']

    def convolution(h: Any, name: str, filters: int, strides: int = 1) -> Any:
        layer = layers.Conv2D(filters, size, strides=strides, padding='same', activation='relu', name=name)
        return _normalised(layer(h))

    def pool(h: Any) -> Any:
        return layers.MaxPooling2D(3, 2, padding='same')(h)

    x = keras.Input((28, 28, 1), name='x')
    h = pool(convolution(x, 'conv1', hparams['first_filters'], strides=2))
    h = pool(convolution(convolution(h, 'conv2', 64), 'conv3', 128))
    h = layers.Dense(128, 'relu', name='fc1')(layers.Flatten()(h))
    h = layers.Dense(128, 'sigmoid', name='fc2')(h)
    return x, layers.Dense(_CLASSES, name='out')(h)


def _normalised(h: Any) -> Any:
    """By the batch's own moments, testing included, which `layers.BatchNormalization` does in training only."""
    mean, variance = ops.moments(h, axes=[0, 1, 2])
    scale = ops.rsqrt(variance + 1e-12)
    return h * scale - mean * scale


def _image(name: str, side: int = 28) -> tuple:
    """An input of flat images, and the same as planes."""
    x = keras.Input((side * side,), name=name)
    return x, layers.Reshape((side, side, 1))(x)


_BUILDERS: dict[str, Callable[[HParams], tuple]] = {
    'linear': _linear,
    'linear_translated': _linear,
    'mlp': _mlp,
    'cnn': _cnn,
    'patch_cnn': _patch_cnn,
    'lowlevel_cnn': _lowlevel_cnn,
    'layers_cnn': _layers_cnn,
    'ocr_cnn': _ocr_cnn,
    'batchnorm_cnn': _batchnorm_cnn,
}
