"""foolbox==1.8.0"""

import foolbox
import numpy as np
import tensorflow as tf

images = tf.placeholder(tf.float32, [None, 4])
logits = tf.matmul(images, tf.constant(np.array([[1, -1], [1, -1], [-1, 1], [-1, 1]], 'f')))
with tf.Session():
    model = foolbox.models.TensorFlowModel(images, logits, (0, 1))
    image = np.array([0.6, 0.6, 0.4, 0.4], 'f')
    assert np.argmax(model.predictions(image)) == 0
    found = foolbox.attacks.FGSM(model)(image, 0)
    assert np.argmax(model.predictions(found)) == 1
print('ok: FGSM fools the model')
