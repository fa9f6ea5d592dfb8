"""The tables of Model.summary: chains, graphs, nested and subclassed models, widths, positions, frozen layers."""

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
keras, layers = tf.keras, tf.keras.layers


def chain():
    return keras.Sequential(
        [
            layers.Dense(3, input_shape=(2,)),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Dense(1000),
            layers.Activation('relu', name='a_very_long_name_of_an_activation_layer_indeed'),
        ]
    )


def graph():
    one, other = keras.Input((4,), name='one'), keras.Input((4,))
    shared = layers.Dense(3)
    both = layers.concatenate([shared(one), shared(other)])
    pair = layers.Lambda(lambda v: [v, v * 2])(both)
    return keras.Model([one, other], [layers.Dense(1)(pair[0]), layers.Dense(1, name='second')(pair[1])])


def nested():
    inner = keras.Sequential([layers.Dense(5, input_shape=(4,)), layers.Dense(6)])
    x = keras.Input((6,))
    model = keras.Model(x, layers.Dense(2)(x), name='functional')
    x = keras.Input((4,))
    return keras.Model(x, model(inner(x)))


def recurrent():
    x = keras.Input((3, 2))
    return keras.Model(x, layers.LSTM(4, return_state=True)(x))


def repeated():
    x, layer = keras.Input((2,)), layers.Dense(2, name='shared')
    return keras.Model(x, layer(layer(layer(x))))


class Own(keras.Model):
    def __init__(self):
        super(Own, self).__init__(name='own')
        self.first, self.second = layers.Dense(2), layers.Dense(3, name='second')

    def call(self, x):
        return self.second(self.first(x))


for build in (chain, graph, nested, recurrent, repeated):
    keras.backend.clear_session()
    build().summary()
keras.backend.clear_session()
model = chain()
model.summary(line_length=100)
model.summary(positions=[0.3, 0.6, 1.0])
model.summary(positions=[20, 40, 60])
lines = []
model.summary(print_fn=lines.append)
print(len(lines), [len(line) for line in lines])
keras.backend.clear_session()
lines = []
graph().summary(print_fn=lines.append)
print([len(line) for line in lines], [line.rstrip() for line in lines[4:10]])
model = Own()
try:
    model.summary()
except ValueError:
    print('not built')
model(tf.ones([1, 2]))
model.summary()
model = chain()
model.compile('adam', 'mse')
model.fit(np.ones((2, 2)), np.ones((2, 1000)), verbose=0)
model.layers[0].trainable = False
model.summary()
print('done')
