"""LinearSDCA: weights, losses and names of classifiers and regressors of both versions, after steps that converge."""

from __future__ import annotations

import os

import numpy as np

_ROWS, _STEPS = 12, 150


def _data():
    random = np.random.RandomState(2)
    features = {
        'id': np.array([str(i) for i in range(_ROWS)]),
        'x': random.uniform(-1, 1, (_ROWS, 2)).astype(np.float32),
        'word': np.array(['a', 'b', 'c'])[random.randint(0, 3, _ROWS)],
        'weight': random.uniform(0.5, 2, _ROWS).astype(np.float32),
    }
    values = (features['x'][:, 0] - 2 * features['x'][:, 1] + (features['word'] == 'a')).astype(np.float32)
    return features, (values > 0).astype(np.int32), values


def run(tf, workdir):
    """Trains each, and reads what came of it."""
    features, classes, values = _data()
    fc = tf.feature_column
    word = fc.categorical_column_with_vocabulary_list('word', ['a', 'b', 'c'])
    columns = [fc.numeric_column('x', shape=[2]), word]
    cross = fc.crossed_column(['word', 'id'], 5)
    found = {}
    for version, estimators in (('1', tf.estimator), ('2', tf.compat.v2.estimator)):
        cases = {
            'classifier': ('LinearClassifier', classes, columns[:1], {}, {}),
            'weighed classifier of words': ('LinearClassifier', classes, columns, {'weight_column': 'weight'}, {}),
            'regressor': ('LinearRegressor', values, columns, {}, {'num_loss_partitions': 2, 'adaptive': True}),
            'regressor of crosses': ('LinearRegressor', values, [word, cross], {}, {}),
            'sparse regressor': ('LinearRegressor', values, columns, {}, {'symmetric_l1_regularization': 0.5}),
        }
        for name, (kind, labels, used, arguments, options) in cases.items():
            folder = os.path.join(workdir, name + version)
            options = {'symmetric_l2_regularization': 1.0, **options}
            optimizer = tf.estimator.experimental.LinearSDCA('id', num_table_shards=1, **options)
            config = tf.estimator.RunConfig(tf_random_seed=1)
            model = getattr(estimators, kind)(used, folder, optimizer=optimizer, config=config, **arguments)
            model.train(_input_fn(tf, features, labels, None), steps=_STEPS)
            found[f'{name}, version {version}'] = _result(model, _input_fn(tf, features, labels, 1))
    return found


def _input_fn(tf, features, labels, epochs):
    return tf.compat.v1.estimator.inputs.numpy_input_fn(features, labels, _ROWS, epochs, False)


def _result(model, input_fn):
    names = model.get_variable_names()
    weights = [name for name in names if 'linear_model' in name]
    return {
        'names': names,
        'weights': {name: model.get_variable_value(name).astype(float).ravel().tolist() for name in weights},
        'evaluation': {name: float(value) for name, value in model.evaluate(input_fn).items()},
        'predictions': [float(np.ravel(list(each.values())[0])[0]) for each in model.predict(input_fn)],
    }
