"""What tf_random_seed does: the graphs' seeds, whether ops have one, whether weights repeat."""

from __future__ import annotations

import os

import _observe
import numpy as np


def run(tf, workdir):
    """Trains one step, evaluates and predicts twice by seed; op seeds themselves are TensorFlow's own affair."""
    found = []

    def model_fn(features, labels, mode):
        kernel = tf.get_variable('kernel', [2, 3])
        dense = tf.layers.dense(features['x'], 2, name='dense')
        noise = tf.random_uniform([], name='noise')
        graph = tf.get_default_graph()
        seeds = {op.name: op.get_attr('seed') for op in graph.get_operations() if _is_random(op)}
        found.append({'mode': mode, 'graph seed': graph.seed, 'seeds': seeds})
        loss = tf.reduce_mean(kernel) + tf.reduce_mean(dense) + noise
        return tf.estimator.EstimatorSpec(
            mode, loss=loss, train_op=tf.assign_add(tf.train.get_global_step(), 1), predictions=dense
        )

    def input_fn():
        found.append({'graph seed in the input function': tf.get_default_graph().seed})
        return {'x': tf.constant(_observe.images(3, 2))}, tf.constant(_observe.classes(3, 2))

    def weights(seed, run):
        config = tf.estimator.RunConfig(os.path.join(workdir, f'{seed}_{run}'), tf_random_seed=seed)
        estimator = tf.estimator.Estimator(model_fn, config=config)
        estimator.train(input_fn, steps=1)
        estimator.evaluate(input_fn, steps=1)
        next(estimator.predict(input_fn))
        return np.asarray(estimator.get_variable_value('dense/kernel'))

    results = {}
    for seed in (None, 1, 7):
        del found[:]
        first = weights(seed, 1)
        results[f'seed {seed}'] = {
            'graphs': list(found),
            'weights repeat': bool(np.array_equal(first, weights(seed, 2))),
        }
    return results


def _is_random(op):
    return op.type.startswith('Random') and not op.type.endswith('Dataset')
