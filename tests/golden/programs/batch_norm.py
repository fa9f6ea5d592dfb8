"""Batch normalisation: moving averages by update ops that the train op waits for; momentum."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS, _CLASSES = 50, 20, 4


def build(tf):
    """Returns the model function and its inputs."""
    features, labels = {'x': _observe.images(_ROWS, _PIXELS) * 3 - 1}, _observe.classes(_ROWS, _CLASSES)

    def model_fn(features, labels, mode):
        training = mode == tf.estimator.ModeKeys.TRAIN
        hidden = tf.layers.dense(
            features['x'],
            8,
            use_bias=False,
            kernel_initializer=tf.constant_initializer(_observe.weights(_PIXELS, 8, scale=0.5)),
        )
        hidden = tf.nn.relu(tf.layers.batch_normalization(hidden, momentum=0.9, training=training))
        hidden = tf.layers.batch_normalization(hidden, momentum=0.8, center=False, training=training, name='second')
        logits = tf.layers.dense(
            hidden,
            _CLASSES,
            name='logits',
            kernel_initializer=tf.constant_initializer(_observe.weights(8, _CLASSES, scale=0.5)),
        )
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={'logits': logits})
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        with _observe.after_step_read(tf), tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train_op = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, tf.train.get_global_step())
        accuracy = tf.metrics.accuracy(labels, tf.argmax(logits, 1))
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops={'accuracy': accuracy})

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(
            {'x': features['x'][:rows]}, labels[:rows], batch_size, num_epochs, False
        )

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 16, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 16, 1),
        'predict_input_fn': numpy_input_fn(4, 3, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    return _lifetime.lifetime(tf, workdir, build(tf))
