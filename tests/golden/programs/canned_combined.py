"""DNNLinearCombinedClassifier and its regressor: both parts, each part alone."""

from __future__ import annotations

import os

import _canned


def run(tf, workdir):
    """Trains each."""
    wide, deep = _canned.sparse_columns(tf), _canned.dense_columns(tf)

    def both(config):
        return tf.estimator.DNNLinearCombinedClassifier(
            linear_feature_columns=wide, dnn_feature_columns=deep, dnn_hidden_units=[4, 3], config=config
        )

    def regressor(config):
        return tf.estimator.DNNLinearCombinedRegressor(
            linear_feature_columns=wide,
            linear_optimizer='Adam',
            dnn_feature_columns=deep,
            dnn_optimizer=tf.train.GradientDescentOptimizer(0.05),
            dnn_hidden_units=[4],
            dnn_activation_fn=tf.nn.sigmoid,
            weight_column='weight',
            config=config,
            loss_reduction=tf.losses.Reduction.SUM_OVER_BATCH_SIZE,
            batch_norm=True,
            linear_sparse_combiner='sqrtn',
        )

    def deep_alone(config):
        return tf.estimator.DNNLinearCombinedClassifier(
            dnn_feature_columns=deep, dnn_hidden_units=[4], n_classes=3, config=config
        )

    cases = {
        'both': (both, _canned.classes(2)),
        'regressor': (regressor, _canned.values()),
        'deep alone': (deep_alone, _canned.classes(3)),
    }
    return {name: _canned.life(tf, os.path.join(workdir, name), make, labels) for name, (make, labels) in cases.items()}
