"""tensorflow-model-optimization==0.1.3"""

import numpy as np
import tensorflow as tf
from tensorflow_model_optimization.sparsity import keras as sparsity

schedule = sparsity.ConstantSparsity(0.5, 0, frequency=1)
model = tf.keras.Sequential(
    [
        sparsity.prune_low_magnitude(tf.keras.layers.Dense(8), schedule, input_shape=(4,)),
        tf.keras.layers.Dense(1),
    ]
)
model.compile('adam', 'mse')
x = np.random.RandomState(0).randn(32, 4)
model.fit(x, x[:, :1], epochs=3, verbose=0, callbacks=[sparsity.UpdatePruningStep()])
kernel = sparsity.strip_pruning(model).get_weights()[0]
assert (kernel == 0).mean() == 0.5
print('ok: prunes half of a kernel')
