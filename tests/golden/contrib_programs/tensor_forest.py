"""Cases of `tf.contrib.tensor_forest`: trees of one feature, which chance has no part in.

With one feature the candidates for a split are the values of the first examples, so every tree is the same. Most may
grow on: which of several leaves comes first at the last node is not among the numbers.
"""

import tempfile

import numpy as np


def _modules(tf):
    from importlib import import_module

    root = tf.__name__ + '.contrib.tensor_forest.'
    return [import_module(root + name) for name in ('python.tensor_forest', 'client.random_forest')]


def _params(tf, **options):
    settings = {'num_classes': 2, 'num_features': 1, 'num_trees': 2, 'max_nodes': 99}
    settings.update(split_after_samples=10, num_splits_to_consider=3, base_random_seed=7)
    settings.update(options)
    return _modules(tf)[0].ForestHParams(**settings)


def _points(seed, number, classes=2):
    random = np.random.RandomState(seed)
    points = random.rand(number, 1).astype(np.float32)
    wrong = random.rand(number) < 0.2
    labels = ((points[:, 0] * classes).astype(int) + wrong * random.randint(0, classes, number)) % classes
    return points, labels.astype(np.int32), random


def _grown(tf, points, labels, batch, weights=None, **options):
    """The mean size after each batch, and what the forest says at last."""
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [None, 1])
        is_regression = options.get('regression', False)
        width = list(labels.shape[1:])
        y = tf.placeholder(tf.float32 if is_regression else tf.int32, [None] + width)
        forest = _modules(tf)[0].RandomForestGraphs(_params(tf, **options).fill())
        more = {} if weights is None else {'input_weights': tf.constant(weights[:batch])}
        train, loss = forest.training_graph(x, y, **more), forest.training_loss(x, y)
        inference, size, importances = forest.inference_graph(x), forest.average_size(), forest.feature_importances()
        with tf.Session() as session:
            from importlib import import_module

            resources = import_module(tf.__name__.split('.')[0] + '.python.ops.resources')
            session.run(tf.global_variables_initializer())
            session.run(resources.initialize_resources(resources.shared_resources()))
            grid = np.linspace(0, 1, 11, dtype=np.float32)[:, np.newaxis]
            seen = {
                'names': [train.name, loss.name, inference[0].name],
                'types': [train.type, loss.dtype.name] + [each.dtype.base_dtype.name for each in inference],
                'before': session.run(inference[0], {x: grid}),
                'sizes': [],
                'after': [],
            }
            for start in range(0, len(points) - batch + 1, batch):
                fed = {x: points[start : start + batch], y: labels[start : start + batch]}
                session.run(train, fed)
                seen['sizes'].append([session.run(size), session.run(loss, fed)])
                seen['after'].append(session.run(inference[0], {x: grid})[:, -1])
            predictions, paths, variance = session.run(inference, {x: grid})
            seen['predictions'] = predictions
            seen['others'] = [list(paths.shape), variance.shape, bool(np.all(variance < 1e-6))]
            seen['importances'] = session.run(importances)
    return seen


def case_settings(tf):
    forest = _modules(tf)[0]
    seen = []
    for options in (
        {'num_classes': 10, 'num_features': 784},
        {'num_classes': 3, 'num_features': 4, 'num_trees': 7},
        {'num_classes': 2, 'num_features': 13, 'regression': True},
        {'num_classes': 3, 'num_features': 2000000},
        {'num_classes': 3, 'num_features': 9, 'model_name': 'all_sparse', 'other': 'kept'},
        {'num_classes': 3, 'num_features': 9, 'num_splits_to_consider': 5, 'base_random_seed': 3},
    ):
        seen.append(sorted(forest.ForestHParams(**options).fill().values().items()))
    bagged = forest.ForestHParams(num_classes=3, num_features=9, num_trees=4, feature_bagging_fraction=0.5).fill()
    seen.append([bagged.bagged_num_features, [len(set(features)) for features in bagged.bagged_features]])
    return {'settings': [[[key, repr(value)] for key, value in one] if len(one) > 2 else one for one in seen]}


def case_no_number_of_classes(tf):
    _modules(tf)[0].ForestHParams(num_features=2).fill()


def case_no_number_of_features(tf):
    _modules(tf)[0].ForestHParams(num_classes=2).fill()


def case_unknown_model(tf):
    _modules(tf)[0].ForestHParams(num_classes=2, num_features=2, model_name='best').fill()


def case_features_of_float64(tf):
    forest = _modules(tf)[0].RandomForestGraphs(_params(tf).fill())
    forest.training_graph(tf.zeros([3, 1], tf.float64), tf.zeros([3], tf.int32))


def case_examples_one_by_one(tf):
    return _grown(tf, *_points(0, 60)[:2], batch=1, max_nodes=6)


def case_batches(tf):
    return _grown(tf, *_points(1, 600)[:2], batch=32)


def case_three_classes_and_more_candidates(tf):
    points, labels, _ = _points(2, 900, 3)
    return _grown(tf, points, labels[:, np.newaxis], 45, num_classes=3, num_splits_to_consider=8)


def case_one_class_at_first(tf):
    points, labels, _ = _points(3, 200)
    labels[:60] = 0
    return _grown(tf, points, labels, 5)


def case_one_value_at_first(tf):
    points, labels, _ = _points(4, 200)
    points[:60] = 0.5
    return _grown(tf, points, labels, 6)


def case_numbers(tf):
    points, _, random = _points(5, 500)
    labels = (3 * points + random.rand(500, 1)).astype(np.float32)
    return _grown(tf, points, labels, 25, num_classes=1, regression=True)


def case_pairs_of_numbers(tf):
    points, _, random = _points(6, 500)
    labels = np.concatenate([points, random.rand(500, 1) - points], 1).astype(np.float32)
    return _grown(tf, points, labels, 25, num_classes=2, regression=True)


def case_weights(tf):
    points, labels, random = _points(7, 400)
    weights = random.randint(1, 3, 400).astype(np.float32)
    return _grown(tf, points, labels, 20, weights)


def case_loss_hook(tf):
    flat, falling, late = [-1.0] * 30, [-float(i) for i in range(20)], [1.0, 1.0, 0.5, 0.4995, 0.5]
    losses = [flat, falling + [-19.0] * 10, late + [0.5] * 30, [float(30 - i) for i in range(30)]]
    return {
        'steps': [
            [_stop(tf, each, rounds, threshold) for rounds, threshold in ((3, 0.0), (3, 0.5), (9, 0.001))]
            for each in losses
        ]
    }


def _stop(tf, losses, rounds, threshold):
    """How many steps are made before the hook ends them, 40 at most."""
    with tf.Graph().as_default():
        step = tf.train.get_or_create_global_step()
        place = tf.minimum(tf.cast(step, tf.int32), len(losses) - 1)
        loss = tf.gather(tf.constant(losses), place)
        with tf.control_dependencies([loss]):
            train = tf.assign_add(step, 1)
        hook = _modules(tf)[1].TensorForestLossHook(rounds, threshold, loss_op=loss)
        with tf.train.MonitoredSession(hooks=[hook]) as session:
            for count in range(40):
                if session.should_stop():
                    return count
                session.run(train)
        return 40


def _estimated(tf, make, points, labels, key='x'):
    """What an Estimator makes of all points at once, for 7 steps."""
    folder = tempfile.mkdtemp()
    estimator = make(folder)

    def input_fn():
        return {key: tf.constant(points)}, tf.constant(labels)

    is_core = isinstance(estimator, tf.estimator.Estimator)
    (estimator.train if is_core else estimator.fit)(input_fn=input_fn, steps=7)
    evaluation = estimator.evaluate(input_fn=input_fn, steps=1)
    rows = estimator.predict(input_fn=lambda: {key: tf.constant(points[:3])})
    found = [next(rows) for _ in range(3)]
    clean = [
        {
            name: value if value.dtype != object else [str(each) for each in value.ravel()]
            for name, value in ((name, np.asarray(row[name])) for name in sorted(row) if name != 'prediction_variance')
        }
        for row in found
    ]
    return {'evaluation': sorted(evaluation.items()), 'rows': clean, 'keys': sorted(found[0])}


def _learned(tf, labels, points, **options):
    params = _params(tf, **options)
    return _estimated(
        tf, lambda folder: _modules(tf)[1].TensorForestEstimator(params, model_dir=folder), points, labels
    )


def _core(tf, labels, points, **options):
    params = _params(tf, **options)
    make = _modules(tf)[1].CoreTensorForestEstimator
    return _estimated(tf, lambda folder: make(params, model_dir=folder), points, labels)


def case_estimator_of_two_classes(tf):
    points, labels, _ = _points(8, 100)
    return _learned(tf, labels, points)


def case_estimator_of_numbers(tf):
    points, _, random = _points(10, 100)
    return _learned(tf, (points + random.rand(100, 1)).astype(np.float32), points, num_classes=1, regression=True)


def case_core_estimator_of_three_classes(tf):
    points, labels, _ = _points(12, 100, 3)
    return _core(tf, labels, points, num_classes=3)


def case_several_forests(tf):
    points, labels, _ = _points(14, 100, 3)
    both = np.stack([labels, labels % 2], 1)
    params = [_params(tf, num_classes=3), _params(tf)]
    make = _modules(tf)[1].MultiForestMultiHeadEstimator
    return _estimated(tf, lambda folder: make(params, model_dir=folder), points, both)


def case_metrics(tf):
    from importlib import import_module

    metrics = import_module(tf.__name__ + '.contrib.tensor_forest.client.eval_metrics')
    labels = np.array([0, 1, 1, 0, 1])
    probabilities = np.array([[0.8, 0.2], [0.4, 0.6], [0.7, 0.3], [0.5, 0.5], [0.1, 0.9]], np.float32)
    seen = {}
    for name in sorted(metrics._EVAL_METRICS):
        if name in ('top_5', 'predictions'):
            continue
        key = metrics.get_prediction_key(name)
        given = {'probabilities': probabilities, 'classes': np.argmax(probabilities, 1)}
        given['scores'] = probabilities[:, :1]
        targets = labels[:, np.newaxis] if name != 'r2' else labels[:, np.newaxis].astype(np.float32)
        with tf.Graph().as_default(), tf.Session() as session:
            value, update = metrics.get_metric(name)(tf.constant(given[key]), tf.constant(targets))
            session.run(tf.local_variables_initializer())
            session.run(update)
            seen[name] = [key, session.run(value)]
    return seen


def case_unknown_metric(tf):
    from importlib import import_module

    import_module(tf.__name__ + '.contrib.tensor_forest.client.eval_metrics').get_metric('best')
