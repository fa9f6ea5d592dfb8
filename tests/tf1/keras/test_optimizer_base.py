"""The base of optimizers of one's own in the package keras; values are those of Keras 2.3.1 on TF 1.15.5."""

from __future__ import annotations

_PROGRAM = """
import numpy as np, keras
from keras import backend as K
from keras.optimizers import Optimizer
class Mine(Optimizer):
    def __init__(self, lr=0.1, **kwargs):
        super(Mine, self).__init__(**kwargs)
        with K.name_scope(self.__class__.__name__):
            self.iterations = K.variable(0, dtype='int64', name='iterations')
            self.rate = K.variable(lr, name='lr')
    def get_updates(self, loss, params):
        grads = self.get_gradients(loss, params)
        moments = [K.zeros(K.int_shape(p)) for p in params]
        self.weights = [self.iterations] + moments
        self.updates = [K.update_add(self.iterations, 1)]
        for p, g, m in zip(params, grads, moments):
            v = 0.9 * m - self.rate * g
            self.updates.append(K.update(m, v))
            new = p + v
            if getattr(p, 'constraint', None) is not None: new = p.constraint(new)
            self.updates.append(K.update(p, new))
        return self.updates
    def get_config(self):
        return dict(lr=float(K.get_value(self.rate)), **super(Mine, self).get_config())
m = keras.models.Sequential([keras.layers.Dense(1, kernel_initializer='ones', input_shape=(2,))])
m.compile(Mine(0.1, clipnorm=1.), 'mse')
x = np.array([[1., 2.], [3., -1.]]); y = np.array([[0.], [1.]])
losses = [float(m.train_on_batch(x, y)) for _ in range(4)]
print([round(l, 5) for l in losses])
print(m.optimizer.get_config()['clipnorm'], [round(float(w), 5) for w in m.get_weights()[0].ravel()])
print(len(m.optimizer.get_weights()), K.get_value(m.optimizer.iterations))
adam, sgd = keras.optimizers.Adam(), keras.optimizers.SGD()
print(isinstance(adam, Optimizer), issubclass(Mine, Optimizer), isinstance(sgd, Mine), isinstance(3, Optimizer))
config = {'class_name': 'Mine', 'config': {'lr': 0.5}}
print(type(keras.optimizers.deserialize(config, custom_objects={'Mine': Mine})).__name__)
"""


def test_a_class_of_ones_own_trains_clipped_by_the_norm_of_all_gradients(lines_of):
    assert lines_of(_PROGRAM) == [
        '[5.0, 4.16724, 2.8284, 1.4529]',
        '1.0 [0.43548, 0.43035]',
        '3 4',
        'True True False False',
        'Mine',
    ]
