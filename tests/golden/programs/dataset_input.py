"""Input by tf.data: a Dataset, or what an iterator gives; input functions that ask for mode, params and config."""

from __future__ import annotations

import _lifetime
import _observe
import numpy as np

_ROWS = 40


def build(tf, calls):
    """Returns the model function and its inputs; `calls` gets the arguments of the input function."""
    numbers = _observe.images(_ROWS, 3)
    words = np.array(['red', 'green', 'blue', 'grey'])[_observe.classes(_ROWS, 4, seed=9)]
    labels = _observe.classes(_ROWS, 2)

    def model_fn(features, labels, mode, params):
        table = tf.get_variable('colour', [4], initializer=tf.constant_initializer(_observe.weights(4)))
        logits = tf.layers.dense(
            features['numbers'], 2, kernel_initializer=tf.constant_initializer(_observe.weights(3, 2))
        ) + tf.expand_dims(tf.gather(table, features['word']), 1) * tf.constant([[1.0, -1.0]])
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, {'logits': logits, 'word': features['word']})
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        with _observe.after_step_read(tf):
            train_op = tf.train.GradientDescentOptimizer(params['rate']).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    def dataset(rows):
        lookup = tf.constant(['blue', 'green', 'red'])

        def convert(features, label):
            word = tf.argmax(tf.cast(tf.equal(lookup, features['word']), tf.int32))
            return {'numbers': features['numbers'], 'word': word}, label

        slices = tf.data.Dataset.from_tensor_slices(({'numbers': numbers[:rows], 'word': words[:rows]}, labels[:rows]))
        return slices.map(convert)

    def without_label(features, label):
        return features

    def train_input_fn(mode, params):
        calls.append(f'train_input_fn {mode} {sorted(params.items())}')
        return dataset(_ROWS).repeat().batch(params['batch'])

    def eval_input_fn(params, config):
        calls.append(f'eval_input_fn {sorted(params)} {type(config).__name__}')
        return dataset(_ROWS).batch(16).make_one_shot_iterator().get_next()

    def predict_input_fn(mode):
        calls.append(f'predict_input_fn {mode}')
        return dataset(5).map(without_label).batch(2)

    return {
        'model_fn': model_fn,
        'params': {'rate': 0.3, 'batch': 12},
        'train_input_fn': train_input_fn,
        'eval_input_fn': eval_input_fn,
        'predict_input_fn': predict_input_fn,
    }


def run(tf, workdir):
    """Trains, evaluates and predicts."""
    calls = []
    result = _lifetime.lifetime(tf, workdir, build(tf, calls))
    result['calls'] = calls
    return result
