"""System A3's form: a hidden relu layer, Adam, summaries of the model's own, one of them called loss."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS, _HIDDEN, _CLASSES = 60, 100, 16, 10


def build(tf):
    """Returns the model function and its inputs."""
    features, labels = {'x': _observe.images(_ROWS, _PIXELS)}, _observe.classes(_ROWS, _CLASSES)

    def dense(inputs, units, seed, **options):
        kernel = _observe.weights(inputs.shape.as_list()[-1], units, seed=seed)
        return tf.layers.dense(inputs, units, kernel_initializer=tf.constant_initializer(kernel), **options)

    def model_fn(features, labels, mode, params):
        hidden = dense(features['x'], _HIDDEN, 3, activation=tf.nn.relu)
        logits = dense(hidden, _CLASSES, 4)
        tf.summary.histogram('hidden', hidden)
        tf.summary.image('input', tf.reshape(features['x'], [-1, 10, 10, 1]), max_outputs=1)
        predictions = {
            'classes': tf.argmax(logits, 1),
            'probabilities': tf.nn.softmax(logits, name='softmax_tensor'),
        }
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        tf.summary.scalar('loss', loss)
        accuracy = tf.metrics.accuracy(labels, predictions['classes'], name='acc_op')
        tf.summary.scalar('accuracy', accuracy[1])
        with _observe.after_step_read(tf):
            train_op = tf.train.AdamOptimizer(params['learning_rate']).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(
            mode, predictions, loss, train_op, eval_metric_ops={'accuracy': accuracy, 'error': _error(tf, accuracy)}
        )

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(
            {'x': features['x'][:rows]}, labels[:rows], batch_size, num_epochs, False
        )

    return {
        'model_fn': model_fn,
        'params': {'learning_rate': 0.01},
        'train_input_fn': numpy_input_fn(_ROWS, 25, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 25, 1),
        'predict_input_fn': numpy_input_fn(4, 3, 1),
    }


def _error(tf, accuracy):
    return 1.0 - accuracy[0], tf.no_op()


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    return _lifetime.lifetime(tf, workdir, build(tf))
