"""cleverhans==3.0.1"""

import numpy as np
import tensorflow as tf
from cleverhans.attacks import FastGradientMethod
from cleverhans.model import CallableModelWrapper

weights = tf.constant(np.array([[1, -1], [1, -1], [-1, 1], [-1, 1]], 'f'))
with tf.Session() as session:
    model = CallableModelWrapper(lambda x: tf.matmul(x, weights), 'logits')
    image = np.array([[0.6, 0.6, 0.4, 0.4]], 'f')
    found = FastGradientMethod(model, sess=session).generate_np(image, eps=0.3, clip_min=0.0, clip_max=1.0)
assert np.allclose(found, [[0.3, 0.3, 0.7, 0.7]])
print('ok: FGM fools the model')
