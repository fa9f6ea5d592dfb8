"""Embeddings in a variable scope, averaged; Adagrad, whose updates here are sparse; labels of two dimensions."""

from __future__ import annotations

import _lifetime
import _observe
import numpy as np

_ROWS, _WORDS, _LENGTH, _SIZE = 40, 30, 6, 5


def build(tf):
    """Returns the model function and its inputs."""
    words = np.random.RandomState(5).randint(0, _WORDS, (_ROWS, _LENGTH)).astype(np.int64)
    labels = _observe.classes(_ROWS, 2).reshape(-1, 1)

    def model_fn(features, labels, mode):
        with tf.variable_scope('words'):
            table = tf.get_variable(
                'embeddings', [_WORDS, _SIZE], initializer=tf.constant_initializer(_observe.weights(_WORDS, _SIZE))
            )
            sentence = tf.reduce_mean(tf.nn.embedding_lookup(table, features), axis=1, name='sentence')
        with tf.variable_scope('head', reuse=tf.AUTO_REUSE):
            kernel = tf.get_variable('w', initializer=_observe.weights(_SIZE, 1, scale=1.0))
            logits = tf.matmul(sentence, kernel) + tf.get_variable('b', [1], initializer=tf.zeros_initializer())
        probability = tf.sigmoid(logits, name='probability')
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={'p': probability, 'sentence': sentence})
        loss = tf.losses.sigmoid_cross_entropy(labels, logits)
        with _observe.after_step_read(tf):
            train_op = tf.train.AdagradOptimizer(0.5).minimize(loss, global_step=tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(
            mode, loss=loss, train_op=train_op, eval_metric_ops={'auc': tf.metrics.auc(labels, probability)}
        )

    def numpy_input_fn(rows, batch_size, num_epochs):
        return tf.estimator.inputs.numpy_input_fn(words[:rows], labels[:rows], batch_size, num_epochs, False)

    return {
        'model_fn': model_fn,
        'train_input_fn': numpy_input_fn(_ROWS, 12, None),
        'eval_input_fn': numpy_input_fn(_ROWS, 16, 1),
        'predict_input_fn': numpy_input_fn(3, 2, 1),
    }


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    return _lifetime.lifetime(tf, workdir, build(tf))
