"""Cases of `tf.contrib.factorization`: clusters of a few points.

Mini-batches are not among the numbers: two operations of TF 1.15 race there, and its results differ from run to run.
"""

import functools

import numpy as np

_POINTS = np.array([[1, 1], [1.5, 2], [3, 4], [5, 7], [3.5, 5], [4.5, 5]], np.float32)
_CENTERS = np.array([[1, 2], [5, 6], [40, 50]], np.float32)


def _graph(tf, inputs=_POINTS, clusters=3, runs=0, feeds=None, **options):
    """What a graph of its own gives: its variables, what choosing centers returns, and numbers after each run."""
    with tf.Graph().as_default():
        if feeds is not None:
            inputs = tf.placeholder(tf.float32, [None, 2])
        elif not isinstance(inputs, list):
            inputs = tf.constant(inputs)
        made = tf.contrib.factorization.KMeans(inputs, clusters, **options).training_graph()
        scores, indices, distances, initialized, init_op, training_op = made
        variables = tf.global_variables()
        centers = variables[0]
        seen = {
            'variables': [[v.op.name, str(v.shape), v.dtype.base_dtype.name, v.trainable] for v in variables],
            'kinds': [len(scores), len(indices), len(distances)],
        }
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            starts = []
            for feed in feeds or [None]:
                done = session.run(init_op, None if feed is None else {inputs: feed})
                starts.append([bool(done), bool(session.run(initialized)), session.run(centers)])
            seen['starts'] = starts
            seen['runs'] = []
            for _ in range(runs):
                before = session.run([scores, indices, distances])
                session.run(training_op)
                seen['runs'].append([before, session.run(centers)])
        return seen


def case_given_centers(tf):
    return _graph(tf, runs=3, initial_clusters=_CENTERS)


def case_given_centers_as_a_tensor_and_several_inputs(tf):
    with tf.Graph().as_default():
        return _graph_of_tensors(tf)


def _graph_of_tensors(tf):
    inputs = [tf.constant(_POINTS[:2]), tf.constant(_POINTS[2:])]
    made = tf.contrib.factorization.KMeans(inputs, 9, tf.constant(_CENTERS[:2])).training_graph()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        done = session.run(made[4])
        session.run(made[5])
        return {'done': bool(done), 'centers': session.run(tf.global_variables()[0]), 'scores': session.run(made[2])}


def case_cosine_distance(tf):
    seen = _graph(tf, runs=2, initial_clusters=_CENTERS, distance_metric='cosine')
    # Distances near zero hold few digits.
    seen['runs'] = [[np.round(scores, 4), indices, centers] for ((scores,), (indices,), _), centers in seen['runs']]
    return seen


def case_variables_of_mini_batches(tf):
    return _graph(tf, initial_clusters=_CENTERS, use_mini_batch=True)


def case_variables_of_iterations_of_mini_batches(tf):
    return _graph(tf, initial_clusters=_CENTERS, use_mini_batch=True, mini_batch_steps_per_iteration=2)


def case_random_centers(tf):
    return {str(seed): _graph(tf, clusters=4, runs=1, random_seed=seed) for seed in (0, 1, 5)}


def case_random_centers_of_cosine_distance(tf):
    return _graph(tf, clusters=4, random_seed=3, distance_metric='cosine')


def case_random_centers_of_small_batches(tf):
    return _graph(tf, clusters=4, feeds=[_POINTS[:2], _POINTS[2:5], _POINTS[5:]], random_seed=2)


def case_kmeans_plus_plus_centers(tf):
    options = {'clusters': 4, 'initial_clusters': 'kmeans_plus_plus', 'runs': 1}
    return {str(seed): _graph(tf, random_seed=seed, **options) for seed in (0, 1, 5)}


def case_kmeans_plus_plus_with_more_retries(tf):
    return _graph(tf, initial_clusters='kmeans_plus_plus', random_seed=4, kmeans_plus_plus_num_retries=5)


def case_kmc2_centers(tf):
    feeds = [_POINTS] * 2
    return _graph(tf, clusters=2, feeds=feeds, initial_clusters='kmc2', random_seed=3)


def case_centers_of_a_function(tf):
    seen = []

    def choose(inputs, wanted):
        seen.append([type(inputs).__name__, wanted.dtype.name])
        return inputs[0][: tf.minimum(wanted, 2)]

    return {'graph': _graph(tf, feeds=[_POINTS] * 3, initial_clusters=choose), 'seen': seen}


def _estimator(tf, kind, **options):
    factorization = tf.contrib.factorization
    kinds = {'contrib': factorization.KMeansClustering, 'experimental': tf.estimator.experimental.KMeans}
    config = tf.estimator.RunConfig(tf_random_seed=1)
    estimator = kinds[kind](2, config=config, use_mini_batch=False, **options)

    def batch():
        return tf.constant(_POINTS)

    def once():
        return tf.train.limit_epochs(tf.constant(_POINTS), num_epochs=1)

    estimator.train(batch, steps=2).train(batch, steps=1)
    evaluated = estimator.evaluate(once, steps=1)
    return {
        'names': sorted(estimator.get_variable_names()),
        'step': int(estimator.get_variable_value('global_step')),
        'centers': estimator.cluster_centers(),
        'score': float(estimator.score(once)),
        'evaluated': {key: float(evaluated[key]) for key in sorted(evaluated)},
        'indices': list(estimator.predict_cluster_index(once)),
        'distances': list(estimator.transform(once)),
        'rows': [[row[key] for key in sorted(row)] for row in estimator.predict(once)][:2],
        'keys': sorted(next(iter(estimator.predict(once)))),
    }


def case_estimator(tf):
    return _estimator(tf, 'contrib', initial_clusters=_CENTERS[:2])


def case_estimator_of_tf_estimator(tf):
    return _estimator(tf, 'experimental', initial_clusters=_CENTERS[:2])


def case_estimator_with_random_centers(tf):
    return _estimator(tf, 'contrib', random_seed=4)


def case_estimator_with_kmeans_plus_plus(tf):
    return _estimator(tf, 'experimental', seed=4, initial_clusters='kmeans_plus_plus')


def case_estimator_stops_at_a_tolerance(tf):
    steps = []
    for tolerance in (0.05, 0.08, 0.2):
        estimator = tf.contrib.factorization.KMeansClustering(
            2, initial_clusters=_CENTERS[:2], use_mini_batch=False, relative_tolerance=tolerance
        )
        estimator.train(lambda: tf.constant(_POINTS), steps=20)
        steps.append(int(estimator.get_variable_value('global_step')))
    return {'steps': steps}


def case_estimator_with_features(tf):
    columns = [tf.feature_column.numeric_column(key) for key in 'ab']

    def features(rank):
        shaped = _POINTS if rank == 2 else _POINTS[:, :, np.newaxis]
        return {'b': tf.constant(shaped[:, 1]), 'a': tf.constant(shaped[:, 0])}

    kind, options = tf.contrib.factorization.KMeansClustering, {'use_mini_batch': False}
    joined = kind(2, initial_clusters=_CENTERS[:2], **options)
    joined.train(lambda: features(3), steps=1)
    chosen = kind(2, initial_clusters=_CENTERS[:2], feature_columns=columns, **options)
    chosen.train(lambda: (features(2), None), steps=1)
    return {'joined': joined.cluster_centers(), 'chosen': chosen.cluster_centers()}


def case_names(tf):
    factorization = tf.contrib.factorization
    names = ['SQUARED_EUCLIDEAN_DISTANCE', 'COSINE_DISTANCE', 'RANDOM_INIT', 'KMEANS_PLUS_PLUS_INIT']
    more = ['SCORE', 'CLUSTER_INDEX', 'ALL_DISTANCES', 'CLUSTER_CENTERS_VAR_NAME']
    kinds = factorization.KMeansClustering, tf.estimator.experimental.KMeans
    return {
        'package': [getattr(factorization, name) for name in names],
        'classes': [[getattr(kind, name) for name in names + more] for kind in kinds],
        'are_estimators': [issubclass(kind, tf.estimator.Estimator) for kind in kinds],
        'called': [kind.__name__ for kind in kinds],
    }


def case_error_of_initial_clusters(tf):
    tf.contrib.factorization.KMeansClustering(2, initial_clusters='best')


def case_error_of_kmc2_in_an_estimator(tf):
    tf.estimator.experimental.KMeans(2, initial_clusters='kmc2')


def case_error_of_distance(tf):
    tf.contrib.factorization.KMeansClustering(2, distance_metric='manhattan')


def case_error_of_distance_in_a_graph(tf):
    tf.contrib.factorization.KMeans(tf.constant(_POINTS), 2, distance_metric='manhattan')


def case_error_of_small_batch(tf):
    _graph(tf, clusters=4, feeds=[_POINTS[:2]], initial_clusters='kmeans_plus_plus')


def case_error_of_centers_before_training(tf):
    tf.contrib.factorization.KMeansClustering(2).cluster_centers()


_CLOUDS = np.array(
    [[3, 0.5], [4, 0], [2.5, -0.5], [3.5, 0.25], [-3, 1], [-2.5, 2], [-3.5, 0], [-3, 0.5], [0, 5], [1, 6], [-1, 5.5]],
    np.float32,
)


def _mixture(tf, runs=2, **options):
    """What a mixture's graph gives: its variables at the start and after each run, and its outputs at the end."""
    with tf.Graph().as_default(), tf.Session() as session:
        made = tf.contrib.factorization.gmm(tf.constant(_CLOUDS), num_clusters=3, random_seed=5, **options)
        likelihood, scores, assignments, train, init, initialized = made
        variables = tf.global_variables()
        session.run(tf.global_variables_initializer())
        seen = {'names': [[v.op.name, v.trainable] for v in variables], 'before': bool(session.run(initialized))}
        session.run(init)
        seen['start'] = session.run(variables[:3])
        seen['after'] = bool(session.run(initialized))
        seen['runs'] = []
        for _ in range(runs):
            session.run(train)
            seen['runs'].append(session.run(variables[:3]))
        seen['outputs'] = session.run([likelihood, scores, assignments])
        return seen


def case_mixture(tf):
    return _mixture(tf, initial_clusters=_CLOUDS[[0, 4, 8]])


def case_mixture_of_diagonals(tf):
    return _mixture(tf, initial_clusters=_CLOUDS[[0, 4, 8]], covariance_type='diag')


def case_mixture_from_random_points(tf):
    return _mixture(tf, initial_clusters='random', runs=1)


def case_mixture_without_weights(tf):
    return _mixture(tf, initial_clusters=_CLOUDS[[0, 4, 8]], params='mc')


def case_mixture_of_unknown_type(tf):
    return _mixture(tf, initial_clusters='random', covariance_type='sphere')


def case_mixture_estimator(tf):
    config = tf.contrib.learn.RunConfig(tf_random_seed=1)
    model = tf.contrib.factorization.GMM(3, initial_clusters=_CLOUDS[[0, 4, 8]], covariance_type='diag', config=config)
    input_fn = lambda: (tf.constant(_CLOUDS), None)  # noqa: E731
    model.fit(input_fn=input_fn, steps=4)
    return {
        'names': model.get_variable_names(),
        'clusters': model.clusters(),
        'covariances': model.covariances(),
        'weights': model.weights(),
        'score': model.score(input_fn=input_fn, steps=1),
        'evaluation': model.evaluate(input_fn=input_fn, steps=1),
        'assignments': [int(index) for index in model.predict_assignments(input_fn=input_fn)],
    }


_MATRIX = np.zeros((5, 4), np.float32)
_MATRIX[[0, 0, 1, 2, 3, 4, 4], [0, 2, 1, 3, 2, 0, 3]] = [1, 2, 3, 4, 5, 6, 7]
_FACTORS = {
    'row_init': np.arange(10).reshape(5, 2).astype(np.float32) / 10,
    'col_init': np.arange(8).reshape(4, 2).astype(np.float32)[::-1] / 8,
}


def _sparse(tf, matrix=_MATRIX):
    return tf.SparseTensor(np.argwhere(matrix != 0), matrix[matrix != 0], matrix.shape)


def _transposed(tf, matrix=_MATRIX):
    return tf.sparse_reorder(tf.sparse_transpose(_sparse(tf, matrix)))


def _wals(tf, sweeps=3, **options):
    """Factors after each sweep, with the losses; a projection; and the variables that are not caches."""
    with tf.Graph().as_default(), tf.Session() as session:
        model = tf.contrib.factorization.WALSModel(5, 4, 2, **options)
        seen = {'variables': [[v.op.name, str(v.shape)] for v in tf.global_variables()]}
        rows = model.update_row_factors(sp_input=_sparse(tf))
        cols = model.update_col_factors(sp_input=_transposed(tf), transpose_input=True)
        lines = np.array([[1, 0, 2, 0], [0, 3, 0, 0]], np.float32)
        projected = model.project_row_factors(sp_input=_sparse(tf, lines), projection_weights=[0.2, 0.5])
        session.run(model.initialize_op)
        session.run(model.worker_init)
        seen['sweeps'] = []
        for _ in range(sweeps):
            session.run(model.row_update_prep_gramian_op)
            session.run(model.initialize_row_update_op)
            new, _, loss, penalty, weights = session.run(rows)
            seen['sweeps'].append([new, loss, penalty, weights])
            session.run(model.col_update_prep_gramian_op)
            session.run(model.initialize_col_update_op)
            new, _, loss, penalty, weights = session.run(cols)
            seen['sweeps'].append([new, loss, penalty, weights])
        session.run(model.row_update_prep_gramian_op)
        session.run(model.initialize_row_update_op)
        seen['projected'] = session.run(projected)
        seen['factors'] = session.run([model.row_factors, model.col_factors])
        return seen


def case_wals(tf):
    return _wals(tf, regularization=0.1, **_FACTORS)


def case_wals_in_shards(tf):
    options = {'row_weights': [[0.1, 0.2, 0.3], [0.4, 0.5]], 'num_row_shards': 2, 'num_col_shards': 3}
    options.update(use_factors_weights_cache=False, use_gramian_cache=False)
    model = tf.contrib.factorization.WALSModel(5, 4, 2, **options)
    sides = (model.row_factors, model.col_factors, model.row_weights, model.col_weights)
    return {'sides': [[[v.op.name, v.shape.as_list()] for v in side] for side in sides]}


def case_wals_without_weights(tf):
    options = {'row_weights': None, 'col_weights': None, 'use_scoped_vars': True, 'regularization': 0.5}
    return _wals(tf, use_factors_weights_cache=False, use_gramian_cache=False, **options, **_FACTORS)


def case_wals_with_weights_on_one_side(tf):
    return _wals(tf, row_weights=None)


def case_wals_estimator(tf):
    names = tf.contrib.factorization.WALSMatrixFactorization

    def input_fn(project=None):
        features = {names.INPUT_ROWS: _sparse(tf), names.INPUT_COLS: _transposed(tf)}
        if project is not None:
            features[names.PROJECT_ROW] = tf.constant(project)
        return features, None

    config = tf.contrib.learn.RunConfig(tf_random_seed=1)
    model = names(5, 4, 2, regularization_coeff=0.1, max_sweeps=3, config=config, **_FACTORS)
    model.fit(input_fn=input_fn, steps=20)
    return {
        'variables': {name: model.get_variable_value(name) for name in model.get_variable_names()},
        'factors': [model.get_row_factors(), model.get_col_factors()],
        'evaluations': [model.evaluate(input_fn=functools.partial(input_fn, way), steps=1) for way in (True, False)],
        'projections': [list(model.get_projections(functools.partial(input_fn, way))) for way in (True, False)],
    }
