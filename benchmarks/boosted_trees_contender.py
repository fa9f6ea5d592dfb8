"""One way to grow boosted trees, timed for `benchmarks.boosted_trees`.

`boosted_trees_contender.py NAME DATA.npz TREES`, where NAME is `tf1`, `TF 1.15` or `scikit-learn`. Runs under the
project's TensorFlow and under TF 1.15.5 with Python 3.7 alike, so it imports nothing of the project but `tf1`, for the
contender of that name. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time

import numpy as np

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '2')

DEPTH, LEARNING_RATE = 6, 0.1


def grow_with_tensorflow(tf, features, labels, boundaries, trees):
    """Returns the version, seconds of training, of a step, and of predicting, predictions, and the trees."""
    tf.logging.set_verbosity('ERROR')
    columns = [
        tf.feature_column.bucketized_column(tf.feature_column.numeric_column(f'x{i:02}'), list(map(float, edges)))
        for i, edges in enumerate(boundaries)
    ]
    given = {f'x{i:02}': column[:, np.newaxis] for i, column in enumerate(features.T)}

    def input_fn(repeat=True):
        placeholders = {k: tf.placeholder(v.dtype, v.shape) for k, v in given.items()}
        label = tf.placeholder(labels.dtype, labels.shape)
        dataset = tf.data.Dataset.from_tensors((placeholders, label))
        iterator = tf.compat.v1.data.make_initializable_iterator(dataset.repeat() if repeat else dataset)
        feed = {placeholders[k]: v for k, v in given.items()}
        feed[label] = labels
        # The data would not fit into a graph.
        tf.add_to_collection('data', (iterator.initializer, feed))
        return iterator.get_next()

    class Feeding(tf.train.SessionRunHook):
        def after_create_session(self, session, coord):
            session.run(*tf.get_collection('data')[0])

    class Clock(tf.train.SessionRunHook):
        def __init__(self):
            self.times = []

        def after_run(self, run_context, run_values):
            self.times.append(time.perf_counter())

    estimator = tf.estimator.BoostedTreesClassifier(
        columns,
        1,
        tempfile.mkdtemp(),
        n_trees=trees,
        max_depth=DEPTH,
        learning_rate=LEARNING_RATE,
        train_in_memory=True,
        config=tf.estimator.RunConfig(save_checkpoints_secs=10**6, log_step_count_steps=10**6),
    )
    clock = Clock()
    start = time.perf_counter()
    estimator.train(input_fn, hooks=[Feeding(), clock])
    trained = time.perf_counter()
    predicted = [
        batch['logits'][:, 0]
        for batch in estimator.predict(
            lambda: input_fn(repeat=False), ['logits'], [Feeding()], yield_single_examples=False
        )
    ]
    end = time.perf_counter()
    return {
        'version': sys.modules['tensorflow'].__version__,
        'train': trained - start,
        'step': float(np.median(np.diff(clock.times))),
        'predict': end - trained,
        'logits': np.concatenate(predicted).tolist(),
        'ensemble': estimator.get_variable_value('boosted_trees:0_serialized').hex(),
    }


def grow_with_scikit_learn(features, labels, boundaries, trees):
    """Returns the version, seconds of training, of a layer, and of predicting, and predictions."""
    import sklearn
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        learning_rate=LEARNING_RATE,
        max_iter=trees,
        max_depth=DEPTH,
        max_leaf_nodes=None,
        min_samples_leaf=1,
        max_bins=boundaries.shape[1] + 1,
        early_stopping=False,
    )
    start = time.perf_counter()
    model.fit(features, labels[:, 0])
    trained = time.perf_counter()
    logits = model.decision_function(features)
    end = time.perf_counter()
    return {
        'version': sklearn.__version__,
        'train': trained - start,
        'step': (trained - start) / trees / DEPTH,
        'predict': end - trained,
        'logits': logits.tolist(),
    }


def main():
    """Grows and prints."""
    name, path, trees = sys.argv[1], sys.argv[2], int(sys.argv[3])
    data = np.load(path)
    arguments = data['features'], data['labels'], data['boundaries'], trees
    if name == 'scikit-learn':
        found = grow_with_scikit_learn(*arguments)
    else:
        if name == 'tf1':
            import tf1 as tf
        else:
            import tensorflow as tf
        found = grow_with_tensorflow(tf, *arguments)
    print(json.dumps(found))


if __name__ == '__main__':
    main()
