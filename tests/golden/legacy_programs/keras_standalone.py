"""A Keras 2 program of its time: an LSTM over words, and a generator with augmentation."""

from __future__ import print_function

import numpy as np
import tensorflow as tf

try:
    import keras
    from keras.layers import LSTM, Activation, BatchNormalization, Dense, Dropout, Embedding
    from keras.models import Sequential, load_model
    from keras.preprocessing import sequence
    from keras.utils import np_utils

    to_categorical = np_utils.to_categorical
except ImportError:  # only TensorFlow is installed
    from tensorflow import keras
    from tensorflow.keras.layers import LSTM, Activation, BatchNormalization, Dense, Dropout, Embedding
    from tensorflow.keras.models import Sequential, load_model
    from tensorflow.keras.preprocessing import sequence

    to_categorical = keras.utils.to_categorical

max_features = 20
maxlen = 8
batch_size = 16

rng = np.random.RandomState(4)
sentences = [list(rng.randint(1, max_features, rng.randint(3, 12))) for _ in range(48)]
y_train = np.array([int(sum(s[-3:]) > 28) for s in sentences])
x_train = sequence.pad_sequences(sentences, maxlen=maxlen)
print('x_train shape:', x_train.shape, x_train.sum())

print('Build model...')
tf.set_random_seed(1)
model = Sequential(
    [
        Embedding(
            max_features,
            6,
            input_length=maxlen,
            mask_zero=True,
            embeddings_initializer=keras.initializers.RandomNormal(stddev=0.5),
        ),
        LSTM(
            5,
            dropout=0.0,
            recurrent_activation='hard_sigmoid',
            kernel_initializer=keras.initializers.glorot_uniform(),
            recurrent_initializer=keras.initializers.Constant(0.05),
        ),
        BatchNormalization(momentum=0.5),
        Dense(2, kernel_initializer=keras.initializers.he_normal(), kernel_regularizer=keras.regularizers.l2(0.01)),
        Dropout(0.0),
        Activation('softmax'),
    ]
)
model.compile(loss='categorical_crossentropy', optimizer='rmsprop', metrics=['accuracy'])
model.summary(print_fn=lambda line: print(line.split('(')[0].split()) if 'params' in line else None)

labels = to_categorical(y_train, 2)
history = model.fit(x_train, labels, batch_size=batch_size, epochs=5, verbose=0, shuffle=False)
print(' '.join('%.4f' % loss for loss in history.history['loss']))
print(sorted(len(key) > 0 for key in history.history))
score = model.evaluate(x_train, labels, batch_size=batch_size, verbose=0)
print('Test score: %.4f' % score[0])

model.save('model.h5')
again = load_model('model.h5')
print(np.abs(again.predict(x_train[:4]) - model.predict(x_train[:4])).max() < 1e-6)


def generator():
    while True:
        for start in range(0, 48, batch_size):
            yield x_train[start : start + batch_size], labels[start : start + batch_size]


again.fit_generator(generator(), steps_per_epoch=3, epochs=2, verbose=0)
print(again.predict_generator(generator(), steps=2).shape)
print([type(layer).__name__ for layer in again.layers])
