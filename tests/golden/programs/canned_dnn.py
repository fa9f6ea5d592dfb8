"""DNNClassifier and DNNRegressor: two classes and more, words as labels, weights, batch normalisation, optimisers."""

from __future__ import annotations

import os

import _canned
import numpy as np


def run(tf, workdir):
    """Trains each."""
    columns = _canned.dense_columns(tf)
    words = np.array(['no', 'maybe', 'yes'])

    def two(config):
        return tf.estimator.DNNClassifier([4, 3], columns, config=config)

    def three(config):
        return tf.estimator.DNNClassifier(
            hidden_units=[4],
            feature_columns=columns,
            n_classes=3,
            weight_column='weight',
            label_vocabulary=['no', 'maybe', 'yes'],
            optimizer=lambda: tf.train.AdamOptimizer(0.02),
            activation_fn=tf.nn.tanh,
            batch_norm=True,
            config=config,
            loss_reduction=tf.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
        )

    def regressor(config):
        return tf.estimator.DNNRegressor(
            [4], columns, label_dimension=2, optimizer='SGD', weight_column='weight', config=config
        )

    cases = {
        'two classes': (two, _canned.classes(2)),
        'three classes': (three, words[_canned.classes(3)]),
        'regressor': (regressor, _canned.values(2)),
    }
    return {
        name: _canned.life(tf, os.path.join(workdir, name), make, labels, columns if name == 'two classes' else None)
        for name, (make, labels) in cases.items()
    }
