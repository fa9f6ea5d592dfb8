"""What fit, evaluate, predict and the callbacks print, without times."""

import re
import sys

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
keras, callbacks = tf.keras, tf.keras.callbacks
X, Y = np.ones((8, 2), np.float32), np.ones((8, 1), np.float32)
data = tf.data.Dataset.from_tensor_slices((X, Y)).repeat().batch(4)


class Kept(object):
    encoding = 'utf-8'
    text = ''

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def isatty(self):
        return False


def show(name, function):
    usual, sys.stdout = sys.stdout, Kept()
    function()
    usual, sys.stdout = sys.stdout, usual
    text = re.sub(r'\d+(us|ms|s)/(sample|step)', r'T/\2', usual.text)
    text = re.sub(r'\d+\.\d+(e[-+]\d+)?', 'F', re.sub(r' - \d+(us|ms|s)', ' - T', text)).replace('\x08', '')
    print(name, [line.rstrip() for line in re.split('[\r\n]', text) if line.strip() and 'ETA' not in line])


def model(metrics=None):
    made = keras.Sequential([keras.layers.Dense(1, input_shape=(2,))])
    made.compile('sgd', 'mse', metrics=metrics)
    return made


def generator():
    while True:
        yield X, Y


def fit(*notices, **options):
    options = dict({'epochs': 2, 'verbose': 0}, **options)
    return lambda: model().fit(X, Y * 0, callbacks=list(notices), **options)


show('epochs', lambda: model().fit(X, Y, epochs=2))
show('one epoch', lambda: model(['mae', 'acc']).fit(X, Y, epochs=1, batch_size=4))
show('lines', lambda: model(['acc']).fit(X, Y, epochs=2, verbose=2, validation_data=(X, Y)))
show('split', lambda: model().fit(X, Y, epochs=1, validation_split=0.25))
show('later epochs', lambda: model().fit(X, Y, epochs=4, initial_epoch=2, verbose=2))
show('steps', lambda: model().fit(data, epochs=1, steps_per_epoch=3))
show('lines of steps', lambda: model().fit(data, epochs=2, steps_per_epoch=3, verbose=2))
show('generator', lambda: model(['acc']).fit_generator(generator(), 2, epochs=2))
show('evaluate', lambda: model(['acc']).evaluate(X, Y))
show('evaluate in a line', lambda: model(['acc']).evaluate(X, Y, batch_size=4, verbose=2))
show('evaluate steps', lambda: model().evaluate(data, steps=2))
show('evaluate a generator', lambda: model().evaluate_generator(generator(), 2, verbose=1))
show('evaluate in silence', lambda: model().evaluate(X, Y, verbose=0))
show('predict', lambda: model().predict(X, verbose=1))
show('predict in silence', lambda: model().predict(X))
show('checkpoint', fit(callbacks.ModelCheckpoint('m.h5', 'loss', verbose=1, save_best_only=True)))
show('every checkpoint', fit(callbacks.ModelCheckpoint('m{epoch}.h5', verbose=1)))
show('stop', fit(callbacks.EarlyStopping('loss', min_delta=100, verbose=1), epochs=5))
show('rate', fit(callbacks.LearningRateScheduler(lambda epoch: 0.1, verbose=1)))
show('plateau', fit(callbacks.ReduceLROnPlateau('loss', min_delta=100, patience=1, verbose=1), epochs=3))
print('done')
