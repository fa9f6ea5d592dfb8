"""Input by queues: slice_input_producer and batch, unshuffled; two epochs end the training."""

from __future__ import annotations

import _lifetime
import _observe

_ROWS, _PIXELS = 20, 5


def run(tf, workdir):
    """Trains to the input's end and once more, evaluates by steps, predicts the first rows."""
    inputs, labels = _observe.images(_ROWS, _PIXELS), _observe.classes(_ROWS, 3)

    def input_fn(num_epochs, batch_size):
        row, label = tf.train.slice_input_producer(
            [tf.constant(inputs), tf.constant(labels)], num_epochs=num_epochs, shuffle=False
        )
        row, label = tf.train.batch([row, label], batch_size, allow_smaller_final_batch=True)
        return {'x': row}, label

    def model_fn(features, labels, mode):
        logits = tf.layers.dense(
            features['x'], 3, kernel_initializer=tf.constant_initializer(_observe.weights(_PIXELS, 3))
        )
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, {'logits': logits})
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        train_op = tf.train.GradientDescentOptimizer(0.3).minimize(loss, tf.train.get_global_step())
        accuracy = tf.metrics.accuracy(labels, tf.argmax(logits, 1))
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops={'accuracy': accuracy})

    log, losses, graph = [], [], {}
    with _observe.logged(tf, log, workdir):
        estimator = tf.estimator.Estimator(model_fn, config=_lifetime.config(tf, workdir))
        del log[:]
        hooks = [_observe.loss_hook(tf, losses)]
        estimator.train(lambda: input_fn(2, 8), hooks=[*hooks, _observe.graph_hook(tf, graph)])
        estimator.train(lambda: input_fn(2, 8), hooks=hooks, steps=15)
        whole = estimator.evaluate(lambda: input_fn(1, 8))
        two = estimator.evaluate(lambda: input_fn(None, 8), steps=2)
        predictions = [_observe.plain(p) for p in estimator.predict(lambda: input_fn(1, 15))]
    return {
        'log': log,
        'losses': losses,
        'variables': graph['variables'],
        'local_variables': graph['collections']['local_variables'],
        'evaluations': [_observe.typed(whole), _observe.typed(two)],
        'predictions': predictions,
        'checkpoints': _observe.checkpoints(workdir),
    }
