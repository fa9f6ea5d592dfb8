"""System A1: a linear classifier of 784 pixels, gradient descent, with the logging hook of its document."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS, _CLASSES = 90, 784, 10


def build(tf):
    """Returns the model function and its inputs."""
    features, labels = {'x': _observe.images(_ROWS, _PIXELS)}, _observe.classes(_ROWS, _CLASSES)

    def model_fn(features, labels, mode, params):
        logits = tf.layers.dense(
            features['x'],
            _CLASSES,
            kernel_initializer=tf.constant_initializer(_observe.weights(_PIXELS, _CLASSES)),
        )
        predictions = {
            'classes': tf.argmax(input=logits, axis=1),
            'probabilities': tf.nn.softmax(logits, name='softmax_tensor'),
        }
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions)
        loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
        if mode == tf.estimator.ModeKeys.TRAIN:
            optimizer = tf.train.GradientDescentOptimizer(learning_rate=params['learning_rate'])
            with _observe.after_step_read(tf):
                train_op = optimizer.minimize(loss=loss, global_step=tf.train.get_global_step())
            return tf.estimator.EstimatorSpec(mode=mode, loss=loss, train_op=train_op)
        metrics = {'accuracy': tf.metrics.accuracy(labels=labels, predictions=predictions['classes'])}
        return tf.estimator.EstimatorSpec(mode=mode, loss=loss, eval_metric_ops=metrics)

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(
            {'x': features['x'][:rows]}, labels[:rows], batch_size=batch_size, num_epochs=num_epochs, shuffle=False
        )

    return {
        'model_fn': model_fn,
        'params': {'learning_rate': 0.05},
        'train_input_fn': numpy_input_fn(_ROWS, 20, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 32, 1),
        'predict_input_fn': numpy_input_fn(5, 2, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts; logs the softmax every ten steps, as the document's hook does."""
    hook = tf.train.LoggingTensorHook(tensors={'probabilities': 'softmax_tensor'}, every_n_iter=10)
    return _lifetime.lifetime(tf, workdir, build(tf), hooks=[hook])
