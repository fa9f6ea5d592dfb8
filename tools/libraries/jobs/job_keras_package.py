"""tf_keras==2.21.0"""

import keras
import numpy as np
from keras import backend as K
from keras.engine.topology import Layer
from keras.layers.core import Dense
from keras.utils import np_utils

model = keras.models.Sequential([Dense(2, input_dim=2, activation='softmax')])
model.compile('sgd', 'categorical_crossentropy', metrics=['accuracy'])
history = model.fit(np.ones((4, 2)), np_utils.to_categorical([0, 1, 0, 1]), verbose=0)
assert sorted(history.history) == ['accuracy', 'loss']
assert model.layers[0].name == 'dense_1'
assert issubclass(Dense, Layer)
assert K.tensorflow_backend is not None
assert keras.__version__ == '2.3.1'
print("ok: Keras 2.3.1's names by import keras")
