"""BaselineClassifier: it learns the shares of the labels alone."""

from __future__ import annotations

import os

import _canned


def run(tf, workdir):
    """Trains each."""

    def two(config):
        return tf.estimator.BaselineClassifier(config=config)

    def three(config):
        return tf.estimator.BaselineClassifier(
            n_classes=3, weight_column='weight', optimizer=tf.train.AdamOptimizer(0.1), config=config
        )

    cases = {
        'two classes': (two, _canned.classes(2)),
        'three classes': (three, _canned.classes(3)),
    }
    columns = [tf.feature_column.numeric_column('x', shape=[3])]
    return {
        name: _canned.life(tf, os.path.join(workdir, name), make, labels, columns if name == 'three classes' else None)
        for name, (make, labels) in cases.items()
    }
