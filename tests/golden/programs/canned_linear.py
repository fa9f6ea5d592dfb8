"""LinearClassifier and LinearRegressor: two classes and more, words as labels, weights, optimisers, combiners."""

from __future__ import annotations

import os

import _canned
import numpy as np


def run(tf, workdir):
    """Trains each."""
    columns = _canned.sparse_columns(tf)
    words = np.array(['no', 'yes'])

    def two(config):
        return tf.estimator.LinearClassifier(
            columns, label_vocabulary=['no', 'yes'], weight_column='weight', config=config
        )

    def three(config):
        return tf.estimator.LinearClassifier(
            columns, n_classes=3, optimizer=tf.train.FtrlOptimizer(0.1), config=config, sparse_combiner='mean'
        )

    def regressor(config):
        return tf.estimator.LinearRegressor(columns, label_dimension=2, config=config)

    cases = {
        'two classes': (two, words[_canned.classes(2)]),
        'three classes': (three, _canned.classes(3)),
        'regressor': (regressor, _canned.values(2)),
    }
    return {
        name: _canned.life(tf, os.path.join(workdir, name), make, labels, columns if name == 'regressor' else None)
        for name, (make, labels) in cases.items()
    }
