"""Ready-made Estimators of tf.compat.v2.estimator: heads of tf.estimator.Head, Keras optimizers, resource variables."""

from __future__ import annotations

import os

import _canned
import _observe


def run(tf, workdir):
    """Trains one of each kind."""
    estimator = tf.compat.v2.estimator
    wide, deep = _canned.sparse_columns(tf), _canned.dense_columns(tf)

    def network(config):
        return estimator.DNNClassifier(
            [4], deep, n_classes=3, weight_column='weight', optimizer='Adam', batch_norm=True, config=config
        )

    def regressor(config):
        return estimator.DNNRegressor(
            [4, 3], deep, label_dimension=2, optimizer=lambda: tf.keras.optimizers.SGD(0.1), config=config
        )

    def linear(config):
        return estimator.LinearClassifier(wide, config=config, sparse_combiner='mean')

    def combined(config):
        return estimator.DNNLinearCombinedRegressor(
            linear_feature_columns=wide,
            dnn_feature_columns=deep,
            dnn_hidden_units=[4],
            dnn_optimizer='Ftrl',
            loss_reduction='sum',
            config=config,
        )

    def baseline(config):
        head = tf.estimator.MultiHead([tf.estimator.RegressionHead(name='a'), tf.estimator.BinaryClassHead(name='b')])
        return estimator.BaselineEstimator(head, optimizer='RMSProp', config=config)

    cases = {
        'network': (network, _canned.classes(3)),
        'regressor': (regressor, _canned.values(2)),
        'linear': (linear, _canned.classes(2)),
        'combined': (combined, _canned.values()),
        'baseline': (baseline, {'a': _canned.values(), 'b': _canned.classes(2)}),
    }
    found = {
        name: _canned.life(tf, os.path.join(workdir, name), make, labels, deep if name == 'network' else None)
        for name, (make, labels) in cases.items()
    }
    found['sequences'] = _sequences(tf, os.path.join(workdir, 'sequences'))
    return found


def _sequences(tf, workdir):
    columns = tf.feature_column
    words = columns.sequence_categorical_column_with_vocabulary_list('word', ['a', 'b', 'c', 'd'])
    classifier = tf.compat.v2.estimator.experimental.RNNClassifier(
        [columns.embedding_column(words, 3), columns.sequence_numeric_column('x')],
        [columns.numeric_column('c')],
        units=[4, 3],
        cell_type='lstm',
        return_sequences=True,
        n_classes=3,
        weight_column='weight',
        config=tf.estimator.RunConfig(workdir),
    )

    def input_fn():
        where = [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1], [2, 2], [3, 0]]
        features = {
            'word': tf.SparseTensor(where, tf.constant(list('abcadbc')), [4, 3]),
            'x': tf.SparseTensor(where, tf.constant([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]), [4, 3]),
            'c': tf.constant([[1.0], [2.0], [3.0], [4.0]]),
            'weight': tf.SparseTensor(where, tf.constant([1.0, 1.0, 2.0, 0.5, 0.5, 0.5, 3.0]), [4, 3]),
        }
        return features, tf.SparseTensor(where, tf.constant([0, 2, 1, 0, 1, 0, 2], tf.int64), [4, 3])

    losses = []
    hooks = [_canned.fixed_weights(tf), _observe.loss_hook(tf, losses)]
    classifier.train(input_fn, hooks=hooks, max_steps=3)
    predictions = next(iter(classifier.predict(input_fn, yield_single_examples=False)))
    return {
        'losses': losses,
        'evaluation': _observe.typed(classifier.evaluate(input_fn, steps=1)),
        'predictions': _observe.plain(predictions),
        'variables': [[name, shape] for name, shape in tf.train.list_variables(workdir)],
    }
