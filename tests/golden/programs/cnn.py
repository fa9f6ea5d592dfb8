"""System A4's form, without its dropout: convolution, pooling, two dense layers, Adam, activations as a prediction."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _SIDE, _FILTERS, _HIDDEN, _CLASSES = 48, 8, 4, 12, 10


def build(tf):
    """Returns the model function and its inputs."""
    features, labels = {'x': _observe.images(_ROWS, _SIDE * _SIDE)}, _observe.classes(_ROWS, _CLASSES)

    def fixed(*shape, **options):
        return tf.constant_initializer(_observe.weights(*shape, **options))

    def model_fn(features, labels, mode):
        image = tf.reshape(features['x'], [-1, _SIDE, _SIDE, 1])
        activations = tf.layers.conv2d(
            inputs=image,
            filters=_FILTERS,
            kernel_size=[5, 5],
            padding='same',
            activation=tf.nn.relu,
            kernel_initializer=fixed(5, 5, 1, _FILTERS, scale=0.3),
        )
        pooled = tf.layers.max_pooling2d(inputs=activations, pool_size=[2, 2], strides=2)
        flat = tf.reshape(pooled, [-1, 4 * 4 * _FILTERS])
        dense = tf.layers.dense(flat, _HIDDEN, tf.nn.relu, kernel_initializer=fixed(4 * 4 * _FILTERS, _HIDDEN))
        logits = tf.layers.dense(dense, _CLASSES, kernel_initializer=fixed(_HIDDEN, _CLASSES))
        predictions = {
            'classes': tf.argmax(logits, 1),
            'probabilities': tf.nn.softmax(logits, name='softmax_tensor'),
            'activations': activations,
        }
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        if mode == tf.estimator.ModeKeys.TRAIN:
            with _observe.after_step_read(tf):
                train_op = tf.train.AdamOptimizer(0.01).minimize(loss, tf.train.get_global_step())
            return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)
        accuracy = tf.metrics.accuracy(labels, predictions['classes'])
        return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops={'accuracy': accuracy})

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(
            {'x': features['x'][:rows]}, labels[:rows], batch_size, num_epochs, False
        )

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 10, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 20, 1),
        'predict_input_fn': numpy_input_fn(2, 2, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    return _lifetime.lifetime(tf, workdir, build(tf))
