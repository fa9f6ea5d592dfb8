"""Estimators of a head, warm starting, dropout, specs for parsing, and logits by themselves."""

from __future__ import annotations

import os

import _canned
import _observe
import numpy as np


def run(tf, workdir):
    """Trains an Estimator of each kind with a head; the rest beside."""
    wide, deep = _canned.sparse_columns(tf), _canned.dense_columns(tf)
    many = np.stack([_observe.classes(16, 2, seed=s) for s in (3, 4, 5)], 1)

    def linear(config):
        head = tf.contrib.estimator.poisson_regression_head()
        return tf.estimator.LinearEstimator(head, wide, config=config)

    def dnn(config):
        return tf.estimator.DNNEstimator(tf.contrib.estimator.multi_label_head(3), [4], deep, config=config)

    def combined(config):
        return tf.estimator.DNNLinearCombinedEstimator(
            tf.estimator.MultiLabelHead(3),
            linear_feature_columns=wide,
            dnn_feature_columns=deep,
            dnn_hidden_units=[4],
            config=config,
        )

    def baseline(config):
        return tf.estimator.BaselineEstimator(tf.estimator.RegressionHead(2), config=config)

    cases = {
        'linear': (linear, np.round(_canned.values()) % 3),
        'dnn': (dnn, many),
        'combined': (combined, many),
        'baseline': (baseline, _canned.values(2)),
    }
    found = {
        name: _canned.life(tf, os.path.join(workdir, name), make, labels, wide + deep if name == 'dnn' else None)
        for name, (make, labels) in cases.items()
    }
    found['warm start'] = _warm(tf, os.path.join(workdir, 'warm'), os.path.join(workdir, 'dnn'), deep)
    found['keras optimizer'] = _keras(tf, os.path.join(workdir, 'keras'))
    found['parsing'] = _parsing(tf, wide)
    found['logits'] = _logits(tf, wide, deep)
    return found


def _warm(tf, workdir, start, columns):
    estimator = tf.estimator.DNNClassifier(
        [4],
        columns,
        workdir,
        n_classes=3,
        config=tf.estimator.RunConfig(tf_random_seed=1),
        dropout=0.0,
        warm_start_from=tf.estimator.WarmStartSettings(start, vars_to_warm_start='.*(hiddenlayer|input|logits).*'),
    )
    losses = []
    hooks = [_observe.loss_hook(tf, losses)]
    estimator.train(_canned.input_fn(tf, _canned.classes(3), None), hooks=hooks, max_steps=2)
    return losses


def _keras(tf, workdir):
    def model_fn(features, labels, mode):
        kernel = tf.constant_initializer(_observe.weights(3, 3, scale=0.5))
        with tf.variable_scope('net', use_resource=True):
            logits = tf.layers.dense(features['x'], 3, kernel_initializer=kernel)
        optimizer = tf.keras.optimizers.Adam(0.01)
        optimizer.iterations = tf.train.get_or_create_global_step()
        return tf.estimator.MultiClassHead(3).create_estimator_spec(
            features, mode, logits, labels, optimizer=optimizer, trainable_variables=tf.trainable_variables()
        )

    losses = []
    estimator = tf.estimator.Estimator(model_fn, config=tf.estimator.RunConfig(workdir))
    hooks = [_observe.loss_hook(tf, losses)]
    estimator.train(_canned.input_fn(tf, _canned.classes(3), None), hooks=hooks, max_steps=3)
    evaluation = estimator.evaluate(_canned.input_fn(tf, _canned.classes(3)))
    return [losses, _observe.typed(evaluation), estimator.get_variable_names()]


def _parsing(tf, columns):
    specs = {
        'classifier': tf.estimator.classifier_parse_example_spec(columns, 'label', weight_column='weight'),
        'classifier of words': tf.estimator.classifier_parse_example_spec(columns, 'label', tf.string, 'none'),
        'regressor': tf.estimator.regressor_parse_example_spec(columns, 'label', label_dimension=2),
        'regressor with a weight': tf.estimator.regressor_parse_example_spec(
            columns,
            'label',
            label_default=[1.0],
            weight_column=tf.feature_column.numeric_column('weight', default_value=1.0),
        ),
    }
    return {name: {key: _feature(feature) for key, feature in spec.items()} for name, spec in specs.items()}


def _feature(feature):
    found = [type(feature).__name__, feature.dtype.name]
    if hasattr(feature, 'shape'):
        found += [_observe.plain(list(feature.shape)), _observe.plain(feature.default_value)]
    return found


def _logits(tf, wide, deep):
    builders = {
        'dnn': tf.estimator.experimental.dnn_logit_fn_builder(
            units=2,
            hidden_units=[4],
            feature_columns=deep,
            activation_fn=tf.nn.relu,
            dropout=0.5,
            input_layer_partitioner=None,
            batch_norm=True,
        ),
        'linear': tf.estimator.experimental.linear_logit_fn_builder(units=2, feature_columns=wide),
    }
    found = {}
    for name, logit_fn in builders.items():
        with tf.Graph().as_default() as graph:
            features = {key: tf.constant(value) for key, value in _canned.features().items()}
            options = {'mode': 'train'} if name == 'dnn' else {}
            logits = logit_fn(features=features, **options)
            found[name] = [logits.shape.as_list(), _observe.describe_graph(tf, graph)['variables']]
    return found
