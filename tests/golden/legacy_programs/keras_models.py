"""tf.keras in a TF 1 program: Sequential.fit, the functional API, K.function, callbacks, custom layers, saving."""

import os

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers, models
from tensorflow.keras.callbacks import Callback, EarlyStopping, LambdaCallback, ModelCheckpoint


class Scale(layers.Layer):
    def __init__(self, factor, **kwargs):
        super(Scale, self).__init__(**kwargs)
        self.factor = factor

    def build(self, input_shape):
        self.gain = self.add_weight(name='gain', shape=(int(input_shape[-1]),), initializer='ones')
        super(Scale, self).build(input_shape)

    def call(self, inputs):
        return inputs * self.gain * self.factor

    def get_config(self):
        return dict(super(Scale, self).get_config(), factor=self.factor)


class History(Callback):
    def on_train_begin(self, logs=None):
        self.losses = []

    def on_batch_end(self, batch, logs=None):
        self.losses.append(logs.get('loss'))


def init():
    return tf.keras.initializers.RandomUniform(-0.4, 0.4)


def main():
    rng = np.random.RandomState(0)
    x = rng.rand(40, 6, 6, 1).astype('float32')
    y = (x.mean(axis=(1, 2, 3)) > 0.5).astype('int')
    onehot = tf.keras.utils.to_categorical(y, 2)

    tf.set_random_seed(1)
    model = models.Sequential()
    model.add(layers.Conv2D(3, (3, 3), activation='relu', input_shape=(6, 6, 1), kernel_initializer=init()))
    model.add(layers.MaxPooling2D((2, 2)))
    model.add(layers.Flatten())
    model.add(Scale(2.0))
    model.add(layers.Dense(2, activation='softmax', kernel_initializer=init()))
    model.compile(
        loss='categorical_crossentropy', optimizer=tf.keras.optimizers.SGD(lr=0.05, momentum=0.9), metrics=['accuracy']
    )
    print(model.count_params(), [w.name for w in model.weights], model.output_shape)
    history, lines = History(), []
    result = model.fit(
        x,
        onehot,
        batch_size=10,
        epochs=4,
        verbose=0,
        shuffle=False,
        validation_data=(x[:8], onehot[:8]),
        callbacks=[
            history,
            EarlyStopping(monitor='val_loss', patience=3),
            ModelCheckpoint('weights.h5', save_best_only=False, save_weights_only=True),
            LambdaCallback(on_epoch_end=lambda epoch, logs: lines.append(sorted(logs))),
        ],
    )
    print(['%.4f' % v for v in result.history['loss']], len(history.losses), len(lines))
    print('%.4f' % model.evaluate(x, onehot, verbose=0)[0])

    # A function of inner layers, and its gradients with respect to the input.
    inner = K.function([model.layers[0].input, K.learning_phase()], [model.layers[1].output])
    print(inner([x[:2], 0])[0].sum())
    saliency = K.function([model.input], K.gradients(model.output[:, 1], model.input))
    print(np.abs(saliency([x[:1]])[0]).sum())

    # Two inputs, a shared layer, two outputs.
    a, b = layers.Input(shape=(4,), name='a'), layers.Input(shape=(4,), name='b')
    shared = layers.Dense(3, activation='tanh', kernel_initializer=init(), name='shared')
    merged = layers.concatenate([shared(a), shared(b), layers.multiply([a, b])])
    difference = layers.Lambda(lambda t: K.abs(t[0] - t[1]), name='difference')([a, b])
    out = layers.Dense(1, activation='sigmoid', kernel_initializer=init(), name='out')(merged)
    both = models.Model(inputs=[a, b], outputs=[out, difference])
    both.compile('adam', loss={'out': 'binary_crossentropy', 'difference': 'mse'}, loss_weights=[1.0, 0.1])
    pa, pb = rng.rand(20, 4), rng.rand(20, 4)
    for _ in range(3):
        losses = both.train_on_batch([pa, pb], [pa.sum(1) > pb.sum(1), pa - pb])
    print(both.metrics_names, ['%.4f' % value for value in losses])

    # Weights into a twin, through the file and through JSON.
    twin = models.model_from_json(model.to_json(), custom_objects={'Scale': Scale})
    twin.load_weights('weights.h5')
    print(np.allclose(twin.predict(x), model.predict(x)), os.path.exists('weights.h5'))
    sess = K.get_session()
    print(sess.graph is tf.get_default_graph(), sess.run(model.output, {model.input: x[:1]}).shape)
    K.clear_session()
    print(len(tf.get_default_graph().get_operations()))


if __name__ == '__main__':
    main()
