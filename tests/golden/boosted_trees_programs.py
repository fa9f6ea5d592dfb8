"""Small programs that grow trees. They run under TF 1.15.5 and Python 3.7, and under `tf1` in the tests.

The data resembles the passenger list of the Titanic, which TensorFlow's own tutorial of boosted trees takes. Every
function takes the TensorFlow that it shall use.
"""

import contextlib
import glob
import logging
import os
import re

import numpy as np

ROWS = 600
BATCH = 100
_VOCABULARIES = {
    'sex': ['male', 'female'],
    'class': ['First', 'Second', 'Third'],
    'deck': ['unknown', 'C', 'G', 'A'],
    'town': ['Southampton', 'Cherbourg', 'Queenstown'],
    'alone': ['y', 'n'],
}


def passengers():
    """Returns features of 600 passengers, each [600, 1], and whether they survived, [600, 1] int32."""
    rng = np.random.RandomState(7)
    features = {
        'sex': rng.choice(_VOCABULARIES['sex'], ROWS, p=[0.65, 0.35]),
        'class': rng.choice(_VOCABULARIES['class'], ROWS, p=[0.25, 0.2, 0.55]),
        'deck': rng.choice(_VOCABULARIES['deck'], ROWS, p=[0.7, 0.1, 0.1, 0.1]),
        'town': rng.choice(_VOCABULARIES['town'], ROWS, p=[0.7, 0.2, 0.1]),
        'alone': rng.choice(_VOCABULARIES['alone'], ROWS),
        'age': np.round(np.abs(rng.normal(29, 13, ROWS))).astype(np.float32),
        'fare': rng.lognormal(2.8, 1.0, ROWS).astype(np.float32),
        'weight': rng.choice([0.5, 1.0, 2.0], ROWS).astype(np.float32),
    }
    score = (
        2.4 * (features['sex'] == 'female')
        - 0.9 * (features['class'] == 'Third')
        + 0.7 * (features['class'] == 'First')
        - 0.03 * features['age']
        + 0.006 * features['fare']
        + rng.normal(0, 1.2, ROWS)
    )
    return {k: v[:, np.newaxis] for k, v in features.items()}, (score > 0.2).astype(np.int32)[:, np.newaxis]


def fares():
    """Returns the features, and what to pay, [600, 1] float32."""
    features, survived = passengers()
    labels = np.log1p(features['fare'].astype(np.float64)) + 0.4 * (features['class'] == 'First') + 0.1 * survived
    # Releases of NumPy differ in the last digit.
    return features, np.round(labels, 3).astype(np.float32)


def sketched():
    """Returns batches of values and weights to find quantiles of, and the error's bound, by name."""

    def batch(first, count, most):
        numbers = np.arange(first, first + count, dtype=np.int64)
        return (numbers * 7919 % most).astype(np.float32), (numbers * 31 % 5).astype(np.float32)

    return {
        'few': ([batch(0, 40, 10007)], 0.01),
        'many': ([batch(0, 3000, 10007)], 0.01),
        'coarse': ([batch(0, 3000, 10007)], 0.2),
        'repeated': ([batch(0, 3000, 61)], 0.05),
        'batches': ([batch(300 * i, 300, 10007) for i in range(20)], 0.02),
        'batches of one': ([batch(i, 1, 50) for i in range(30)], 0.1),
    }


def columns(tf, numeric=False):
    """Returns indicator and bucketized columns, or numeric ones instead of the latter."""
    fc = tf.feature_column
    made = [
        fc.indicator_column(fc.categorical_column_with_vocabulary_list(name, words))
        for name, words in sorted(_VOCABULARIES.items())
    ]
    age, fare = fc.numeric_column('age'), fc.numeric_column('fare')
    if numeric:
        return made + [age]
    return made + [
        fc.bucketized_column(age, [10.0, 18.0, 25.0, 31.0, 38.0, 47.0, 60.0]),
        fc.bucketized_column(fare, [5.0, 9.0, 14.0, 20.0, 33.0, 60.0, 120.0]),
    ]


def whole(tf, data, repeat=True):
    """Returns an input function: all examples in one batch."""
    features, labels = data

    def input_fn():
        dataset = tf.data.Dataset.from_tensors((features, labels))
        return dataset.repeat() if repeat else dataset

    return input_fn


def batches(tf, data):
    """Returns an input function: batches of 100 examples, over and over."""
    return lambda: tf.data.Dataset.from_tensor_slices(data).repeat().batch(BATCH)


def named(data):
    """Returns the data with words for labels."""
    features, labels = data
    return features, np.where(labels == 1, 'alive', 'dead')


def classifier(tf, folder, **options):
    settings = dict({'n_batches_per_layer': 1, 'n_trees': 6, 'max_depth': 3, 'learning_rate': 0.3}, **options)
    return tf.estimator.BoostedTreesClassifier(
        columns(tf, settings.pop('numeric', False)), model_dir=folder, **settings
    )


def regressor(tf, folder, **options):
    settings = dict({'n_batches_per_layer': 1, 'n_trees': 6, 'max_depth': 3, 'learning_rate': 0.3}, **options)
    given = columns(tf, settings.pop('numeric', False))
    return tf.estimator.BoostedTreesRegressor(given, model_dir=folder, **settings)


def general(tf, folder, head):
    return tf.estimator.BoostedTreesEstimator(columns(tf), 1, head, model_dir=folder, n_trees=3, max_depth=3)


# By name: what makes the model, the data, what makes the input of training, and the model's settings.
PROGRAMS = {
    'classifier_deep': (classifier, passengers, whole, {'max_depth': 6, 'n_trees': 3}),
    'classifier_centered': (
        classifier,
        passengers,
        whole,
        {'center_bias': True, 'l1_regularization': 0.00001, 'l2_regularization': 0.0001, 'min_node_weight': 0.02},
    ),
    'classifier_batches': (classifier, passengers, batches, {'n_batches_per_layer': 6, 'center_bias': True}),
    'classifier_in_memory': (
        classifier,
        passengers,
        whole,
        {'train_in_memory': True, 'center_bias': True, 'pruning_mode': 'post', 'tree_complexity': 0.004},
    ),
    'classifier_weighted': (
        classifier,
        lambda: named(passengers()),
        whole,
        {'label_vocabulary': ['dead', 'alive'], 'weight_column': 'weight'},
    ),
    'classifier_pre': (classifier, passengers, whole, {'pruning_mode': 'pre', 'tree_complexity': 0.004}),
    'classifier_numeric': (
        classifier,
        passengers,
        batches,
        {'numeric': True, 'n_trees': 3, 'n_batches_per_layer': 6, 'weight_column': 'weight'},
    ),
    'classifier_numeric_in_memory': (
        classifier,
        passengers,
        whole,
        {'numeric': True, 'n_trees': 3, 'train_in_memory': True, 'center_bias': True},
    ),
    'classifier_heavy_nodes': (classifier, passengers, whole, {'min_node_weight': 0.5, 'n_trees': 2}),
    'regressor_weighted': (regressor, fares, batches, {'n_batches_per_layer': 3, 'weight_column': 'weight'}),
    'regressor_in_memory': (
        regressor,
        fares,
        whole,
        {'train_in_memory': True, 'weight_column': 'weight', 'center_bias': True},
    ),
    'regressor_post': (regressor, fares, whole, {'pruning_mode': 'post', 'tree_complexity': 0.02, 'max_depth': 4}),
}
EVALUATED = ('classifier_batches', 'classifier_weighted', 'regressor_in_memory')
IN_MEMORY = ('boosted_trees_classifier_train_in_memory', 'boosted_trees_regressor_train_in_memory')
HEADS = ('binary_classification_head', 'poisson_regression_head')


class Counting:
    """Counts the runs of a session; `hook` is what to train with."""

    def __init__(self, tf):
        counting = self
        self.runs = 0

        class Hook(tf.train.SessionRunHook):
            def after_run(self, run_context, run_values):
                counting.runs += 1

        self.hook = Hook()


@contextlib.contextmanager
def recorded(lines):
    """Adds to `lines` what TensorFlow logs."""

    class Handler(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    logger, handler = logging.getLogger('tensorflow'), Handler()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


def train(tf, name, folder):
    """Trains a program and returns the estimator, the runs, and the lines logged."""
    make, data, inputs, options = PROGRAMS[name]
    counting, lines = Counting(tf), []
    estimator = make(tf, folder, **options)
    with recorded(lines):
        estimator.train(inputs(tf, data()), hooks=[counting.hook])
    return estimator, counting.runs, _anonymous(lines, folder)


def describe(tf, name, folder):
    """Trains a program and returns all that is to be compared."""
    estimator, runs, lines = train(tf, name, folder)
    given = whole(tf, PROGRAMS[name][1](), repeat=False)
    found = described(tf, estimator, given)
    found.update(runs=runs, log=lines, tags=_tags(tf, folder))
    if name in EVALUATED:
        found['metrics'] = {k: float(v) for k, v in estimator.evaluate(given).items()}
    found['importances'] = [[k, float(v)] for k, v in estimator.experimental_feature_importances().items()]
    if PROGRAMS[name][3].get('center_bias'):
        explained = list(estimator.experimental_predict_with_explanations(given))[:5]
        found['explained'] = [
            {'bias': float(row['bias']), 'dfc': [[k, float(v)] for k, v in row['dfc'].items()]} for row in explained
        ]
    return found


def described(tf, estimator, given):
    """Returns what a trained estimator is and says."""
    predictions = list(estimator.predict(given))
    key = 'logits' if 'logits' in predictions[0] else 'predictions'
    return {
        'step': int(estimator.get_variable_value('global_step')),
        'stamp': int(estimator.get_variable_value('boosted_trees:0_stamp')),
        'variables': sorted(estimator.get_variable_names()),
        'keys': sorted(predictions[0]),
        'predictions': [float(row[key][0]) for row in predictions[:40]],
        'serialized': estimator.get_variable_value('boosted_trees:0_serialized'),
    }


def in_memory(tf, name, folder):
    """Trains with a function of `tf.contrib.estimator`."""
    data = passengers() if 'classifier' in name else fares()
    grow = getattr(tf.contrib.estimator, name)
    counting = Counting(tf)
    estimator = grow(
        whole(tf, data, repeat=False),
        columns(tf),
        model_dir=folder,
        n_trees=2,
        max_depth=3,
        train_hooks=[counting.hook],
        center_bias=True,
    )
    return dict(described(tf, estimator, whole(tf, data, repeat=False)), runs=counting.runs)


def with_head(tf, name, folder):
    """Trains a `BoostedTreesEstimator` with a head of `tf.contrib.estimator`."""
    data = fares() if 'poisson' in name else passengers()
    estimator = general(tf, folder, getattr(tf.contrib.estimator, name)())
    estimator.train(whole(tf, data))
    return described(tf, estimator, whole(tf, data, repeat=False))


def interrupted(tf, folder, steps):
    """Trains in memory for some steps of 18, and returns the estimator."""
    estimator = regressor(tf, folder, train_in_memory=True, pruning_mode='post', tree_complexity=0.02)
    return estimator.train(whole(tf, fares()), max_steps=steps)


def errors(tf, folder):
    """Returns the types of exceptions for wrong arguments, by what is wrong."""
    fc = tf.feature_column
    data = whole(tf, passengers())
    age = fc.numeric_column('age')
    attempts = {
        'three classes': lambda: classifier(tf, folder, n_classes=3),
        'two labels': lambda: regressor(tf, folder, label_dimension=2),
        'unknown pruning': lambda: classifier(tf, folder, pruning_mode='up').train(data),
        'pruning without complexity': lambda: classifier(tf, folder, pruning_mode='pre').train(data),
        'complexity without pruning': lambda: classifier(tf, folder, tree_complexity=0.1).train(data),
        'no depth': lambda: classifier(tf, folder, max_depth=0).train(data),
        'batches in memory': lambda: classifier(tf, folder, n_batches_per_layer=2, train_in_memory=True).train(data),
        'categorical column': lambda: tf.estimator.BoostedTreesClassifier(
            [fc.categorical_column_with_identity('age', 3)], 1, folder
        ).train(data),
        'no column': lambda: tf.estimator.BoostedTreesClassifier([], 1, folder).train(data),
        'column twice': lambda: tf.estimator.BoostedTreesClassifier([age, age], 1, folder).train(data),
        'half a batch': lambda: classifier(tf, folder, n_batches_per_layer=0.5).train(data),
        'explanation without bias': lambda: list(
            classifier(tf, folder).experimental_predict_with_explanations(whole(tf, passengers(), repeat=False))
        ),
        'importances untrained': lambda: classifier(tf, folder).experimental_feature_importances(),
    }
    found = {}
    for name, attempt in sorted(attempts.items()):
        try:
            attempt()
            found[name] = None
        except Exception as error:
            found[name] = type(error).__name__
    return found


def _tags(tf, folder):
    names = sorted(glob.glob(os.path.join(folder, 'events*')))
    events = [event for name in names for event in tf.train.summary_iterator(name)]
    return sorted({value.tag for event in events for value in event.summary.value} - {'global_step/sec'})


def _anonymous(lines, folder):
    # Figures of speed differ, and so does the name of a folder.
    return [
        line.replace(folder, 'FOLDER') for line in lines if not re.match('global_step/sec|Using config|From ', line)
    ]
