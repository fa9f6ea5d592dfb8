"""Writes tests/golden/keras_configs.json: what `to_json` of TF 1.15.5's Keras says of the models in `MODELS`.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/keras_configs.py
"""

import json
import os

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden', 'keras_configs.json')


def _convolutional(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            layers.Conv2D(3, 3, activation='relu', input_shape=(16, 16, 1)),
            layers.BatchNormalization(),
            layers.SeparableConv2D(4, 3, padding='same'),
            layers.DepthwiseConv2D(3),
            layers.Conv2DTranspose(2, 3, strides=2, kernel_initializer='he_normal'),
            layers.GaussianNoise(0.1),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.2),
            layers.Dense(4, activation='softmax', kernel_constraint=keras.constraints.MaxNorm(2.0)),
        ],
        name='convolutional',
    )


def _recurrent(keras):
    layers = keras.layers
    words = layers.Input((7,), name='words')
    embedded = layers.Embedding(20, 5)(words)
    last = layers.LSTM(4, dropout=0.1)(embedded)
    both = layers.Bidirectional(layers.GRU(3))(embedded)
    joined = layers.Concatenate()([last, both])
    first = layers.Dense(2, kernel_regularizer='l2', activity_regularizer=keras.regularizers.l1(0.02))(joined)
    return keras.Model(words, [first, layers.Dense(1, activation='sigmoid')(layers.Attention()([embedded, embedded]))])


def _nested(keras):
    layers = keras.layers
    numbers = keras.Input((3,), name='numbers')
    inner = keras.Model(numbers, layers.Dense(2, kernel_regularizer=keras.regularizers.l1_l2(0.1, 0.2))(numbers))
    outer = keras.Input((5, 3), name='rows')
    return keras.Model(outer, layers.GlobalMaxPooling1D()(layers.TimeDistributed(inner)(outer)))


MODELS = {'convolutional': _convolutional, 'recurrent': _recurrent, 'nested': _nested}


def configurations(tf):
    """Returns what `to_json` says of each model, with TensorFlow's module `tf`."""
    found = {}
    for name, build in MODELS.items():
        tf.keras.backend.clear_session()
        found[name] = json.loads(build(tf.keras).to_json())
    return found


def main():
    """Writes the golden file."""
    import tensorflow as tf

    with open(PATH, 'w') as file:
        json.dump(configurations(tf), file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
