"""Recurrent layers of one's own in the package keras; values are those of Keras 2.3.1 on TF 1.15.5."""

from __future__ import annotations

import json

_PROGRAM = """
import json
import numpy as np
from keras import backend as K
from keras.layers import Input, Masking
from keras.models import Model
from keras.layers.recurrent import Recurrent
class Sum(Recurrent):
    def __init__(self, units, **kwargs):
        super(Sum, self).__init__(**kwargs)
        self.units = units
    def build(self, input_shape):
        shape = input_shape[0] if isinstance(input_shape, list) else input_shape
        self.input_spec[0].shape = tuple(shape) if self.stateful else None
        self.states = [None]
        if self.stateful:
            self.reset_states()
        self.W = self.add_weight(name='W', shape=(shape[-1], self.units), initializer='ones')
        self.built = True
    def get_constants(self, inputs, training=None):
        return [K.cast_to_floatx(2.)]
    def step(self, x, states):
        s = .5 * states[0] + states[1] * K.dot(x, self.W)
        return s, [s]
x = np.arange(12.).reshape(2, 3, 2)
x[0, 2] = 0
found = []
cases = [
    ({}, False),
    ({'return_sequences': True, 'go_backwards': True}, False),
    ({'return_state': True}, True),
    ({'return_sequences': True}, True),
    ({'unroll': True}, False),
]
for options, masked in cases:
    i = Input((3, 2))
    h = Masking()(i) if masked else i
    o = Sum(2, **options)(h)
    p = Model(i, o).predict(x)
    found.append([np.asarray(q)[..., 0].tolist() for q in (p if isinstance(p, list) else [p])])
i = Input(batch_shape=(2, 3, 2))
layer = Sum(1, stateful=True)
m = Model(i, layer(i))
found.append([m.predict(x).ravel().tolist(), m.predict(x).ravel().tolist()])
m.reset_states()
found.append(m.predict(x).ravel().tolist())
layer.reset_states(np.ones((2, 1))); found.append(m.predict(x).ravel().tolist())
i, j = Input((3, 2)), Input((1,))
found.append(Model([i, j], Sum(1)(i, initial_state=j)).predict([x, np.ones((2, 1))]).ravel().tolist())
print(json.dumps(found))
"""

_ATTRIBUTES = """
import json
import numpy as np
from keras.layers.recurrent import Recurrent
from keras.models import Sequential


class Decoder(Recurrent):
    def __init__(self, units, name='decoder', **kwargs):
        self.units = units
        super(Decoder, self).__init__(**kwargs)
        self.name = name
        self.return_sequences = True

    def build(self, input_shape):
        self.states = [None]
        self.W = self.add_weight(shape=(input_shape[2], self.units), name='W', initializer='ones')
        self.built = True

    def step(self, x, states):
        return states[0], [states[0] + x[:, :1]]


model = Sequential([Decoder(1, input_shape=(3, 2))])
found = model.predict(np.ones((1, 3, 2))).ravel().tolist()
print(json.dumps([model.layers[0].name, found, model.output_shape, sorted(model.layers[0].get_config())]))
"""


def test_steps_go_forward_and_backward_over_masks_from_states(lines_of):
    assert json.loads(lines_of(_PROGRAM)[-1]) == [
        [[5.5, 65.5]],
        [[[0.0, 10.0, 7.0], [42.0, 55.0, 53.5]]],
        [[11.0, 65.5], [11.0, 65.5]],
        [[[2.0, 11.0, 11.0], [26.0, 47.0, 65.5]]],
        [[5.5, 65.5]],
        [[5.5, 65.5], [6.1875, 73.6875]],
        [5.5, 65.5],
        [5.625, 65.625],
        [5.625, 65.625],
    ]


def test_attributes_stand_before_the_constructor_and_the_name_after_it(lines_of):
    name, found, shape, config = json.loads(lines_of(_ATTRIBUTES)[-1])
    assert (name, found, shape) == ('decoder', [0.0, 1.0, 2.0], [None, 3, 1])
    arguments = ['go_backwards', 'implementation', 'return_sequences', 'return_state', 'stateful', 'unroll']
    assert [each for each in config if each in arguments] == arguments
