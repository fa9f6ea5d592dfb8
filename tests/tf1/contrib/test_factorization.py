"""K-means in mini-batches, held against a naive twin, and what is refused; the golden cases hold the rest."""

from __future__ import annotations

import numpy as np
import pytest

import tf1 as tf

factorization = tf.contrib.factorization

_POINTS = np.array([[1, 1], [1.5, 2], [3, 4], [5, 7], [3.5, 5], [4.5, 5]], np.float32)
_CENTERS = np.array([[1, 2], [5, 6], [40, 50]], np.float32)


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


def _mini_batches(batches: list[np.ndarray], steps: int) -> list[np.ndarray]:
    """Returns the centers after each batch."""
    inputs = tf.placeholder(tf.float32, [None, 2])
    made = factorization.KMeans(
        inputs, 3, _CENTERS, use_mini_batch=True, mini_batch_steps_per_iteration=steps
    ).training_graph()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        assert session.run(made.init_op, {inputs: batches[0]})
        centers = []
        for batch in batches:
            session.run(made.training_op, {inputs: batch})
            centers.append(session.run('clusters:0'))
    return centers


def _twin(batches: list[np.ndarray], steps: int) -> list[np.ndarray]:
    """The same by the rule: a point moves its center by its share of all the points that the center had."""
    centers, updated, after = _CENTERS.copy(), _CENTERS.copy(), []
    counts = np.full(3, 1.0 if steps == 1 else 0.0)
    for number, batch in enumerate(batches):
        if number % steps == 0:
            centers = updated.copy()
            counts = counts if steps == 1 else np.zeros(3)
        nearest = np.square(batch[:, np.newaxis] - centers).sum(2).argmin(1)
        for cluster in set(nearest):
            own = batch[nearest == cluster]
            counts[cluster] += len(own)
            updated[cluster] += (own - updated[cluster]).sum(0) / counts[cluster]
        after.append(updated.copy() if steps == 1 else centers.copy())
    return after


@pytest.mark.parametrize('steps', [1, 2, 3])
def test_a_center_moves_by_the_share_of_its_new_points(steps):
    random = np.random.RandomState(0)
    batches = [random.uniform(0, 8, [5, 2]).astype(np.float32) for _ in range(7)]
    np.testing.assert_allclose(_mini_batches(batches, steps), _twin(batches, steps), rtol=1e-5)


def test_the_first_mini_batch_counts_once():
    # (1, 2) counts as one point; with (1, 1), (1.5, 2), (3, 4) the mean is (6.5, 9) / 4.
    (centers,) = _mini_batches([_POINTS[:3]], 1)
    assert centers.tolist() == [[1.625, 2.25], [5.0, 6.0], [40.0, 50.0]]


def test_kmc2_takes_one_point_of_each_batch_until_there_are_enough():
    inputs = tf.placeholder(tf.float32, [None, 2])
    made = factorization.KMeans(inputs, 3, 'kmc2', kmc2_chain_length=2).training_graph()
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        done = [bool(session.run(made.init_op, {inputs: _POINTS[start : start + 2]})) for start in (0, 2, 4, 0)]
        centers = session.run('clusters:0')
    assert done == [False, False, True, True]
    assert centers[0].tolist() == [1.0, 1.0]
    assert centers[1].tolist() in _POINTS[2:4].tolist()
    assert centers[2].tolist() in _POINTS[4:].tolist()


def test_an_estimator_clusters_in_mini_batches_and_goes_on_from_its_checkpoint(tmp_path):
    random = np.random.RandomState(1)
    points = np.concatenate([random.normal(place, 0.1, [40, 2]) for place in ((0, 0), (4, 4))]).astype(np.float32)
    random.shuffle(points)

    def input_fn() -> tf.data.Dataset:
        return tf.data.Dataset.from_tensor_slices(points).repeat().batch(16)

    for steps in (10, 20):
        estimator = tf.estimator.experimental.KMeans(2, str(tmp_path), 'kmeans_plus_plus', seed=2)
        estimator.train(input_fn, max_steps=steps)
        assert estimator.get_variable_value('global_step') == steps
    np.testing.assert_allclose(sorted(estimator.cluster_centers().tolist()), [[0, 0], [4, 4]], atol=0.1)
    assert 'Variable' in estimator.get_variable_names()


def test_distances_of_tf_estimator_are_roots_of_contribs(tmp_path):
    def input_fn() -> tf.Tensor:
        return tf.train.limit_epochs(tf.constant(_POINTS), num_epochs=1)

    made = factorization.KMeansClustering(2, str(tmp_path), _CENTERS[:2], use_mini_batch=False)
    made.train(lambda: tf.constant(_POINTS), steps=1)
    other = tf.estimator.experimental.KMeans(2, str(tmp_path), _CENTERS[:2], use_mini_batch=False)
    np.testing.assert_allclose(list(other.transform(input_fn)), np.sqrt(list(made.transform(input_fn))), rtol=1e-6)


@pytest.mark.parametrize(
    ('call', 'text'),
    [
        (
            lambda: factorization.KMeansClustering(2, initial_clusters='best'),
            r"initial_clusters must be one of 'random', 'kmeans_plus_plus', a tensor, .* got 'best'\.",
        ),
        (
            lambda: factorization.KMeans(_POINTS, 2, 'best'),
            r"one of 'random', 'kmeans_plus_plus', 'kmc2', a tensor, an array or a function, got 'best'\.",
        ),
        (
            lambda: tf.estimator.experimental.KMeans(2, distance_metric='l1'),
            r"distance_metric must be one of 'squared_euclidean', 'cosine', got 'l1'\.",
        ),
    ],
)
def test_an_error_names_the_value_and_the_choice(call, text):
    with pytest.raises(ValueError, match=text):
        call()


@pytest.mark.parametrize('name', ['nonsense'])
def test_what_never_was_there_is_missing(name):
    with pytest.raises(AttributeError, match=rf'^tf\.contrib\.factorization\.{name} does not exist'):
        getattr(factorization, name)


_RATINGS = np.array([[1, 0, 2, 0], [0, 3, 0, 0], [0, 0, 0, 4], [0, 0, 5, 0], [6, 0, 0, 7]], np.float32)
_U = np.arange(10).reshape(5, 2).astype(np.float32) / 10
_V = np.arange(8).reshape(4, 2).astype(np.float32)[::-1] / 8


def _sparse(matrix: np.ndarray) -> tf.SparseTensor:
    return tf.SparseTensor(np.argwhere(matrix != 0), matrix[matrix != 0], matrix.shape)


def test_shards_of_factors_hold_what_one_variable_would_hold() -> None:
    found = []
    for shards in ((1, 1), (2, 3)):
        with tf.Graph().as_default(), tf.Session() as session:
            model = factorization.WALSModel(
                5,
                4,
                2,
                regularization=0.1,
                row_init=_U,
                col_init=_V,
                num_row_shards=shards[0],
                num_col_shards=shards[1],
            )
            rows = model.update_row_factors(_sparse(_RATINGS))
            cols = model.update_col_factors(_sparse(_RATINGS))
            session.run(model.initialize_op)
            for prepare, update in (
                (model.row_update_prep_gramian_op, rows),
                (model.col_update_prep_gramian_op, cols),
            ):
                session.run(prepare)
                session.run(update[1])
            found.append([np.concatenate(session.run(side)) for side in (model.row_factors, model.col_factors)])
            assert [len(model.row_factors), len(model.col_factors)] == list(shards)
    np.testing.assert_allclose(found[0][0], found[1][0], rtol=1e-6)
    np.testing.assert_allclose(found[0][1], found[1][1], rtol=1e-6)


def test_a_batch_solves_for_its_rows_alone_and_counts_for_all() -> None:
    part = np.where(np.arange(5)[:, np.newaxis] == 3, _RATINGS, 0)
    model = factorization.WALSModel(5, 4, 2, regularization=0.1, row_init=_U, col_init=_V)
    new, update, error, penalty, weights = model.update_row_factors(_sparse(part))
    with tf.Session() as session:
        session.run(model.initialize_op)
        session.run(model.row_update_prep_gramian_op)
        row, _, error, penalty, weights = session.run([new, update, error, penalty, weights])
        factors = session.run(model.row_factors[0])
    weight = np.where(_RATINGS[3] != 0, 1.1, 0.1)
    expected = np.linalg.solve((_V.T * weight) @ _V + 0.1 * np.eye(2), _V.T @ (weight * _RATINGS[3]))
    np.testing.assert_allclose(row, [expected], rtol=1e-5)
    np.testing.assert_allclose(factors, [*_U[:3], expected, _U[4]], rtol=1e-5)
    np.testing.assert_allclose(error, 5 * np.sum(weight * (_RATINGS[3] - _V @ expected) ** 2), rtol=1e-5)
    np.testing.assert_allclose(penalty, 0.1 * (5 * np.sum(expected**2) + np.sum(_V**2)), rtol=1e-5)
    np.testing.assert_allclose(weights, 5 * np.sum(weight), rtol=1e-6)


def test_wals_trains_with_one_worker_alone() -> None:
    cluster = tf.contrib.learn.RunConfig()
    cluster._num_worker_replicas = 2
    with pytest.raises(ValueError, match='one worker.*2'):
        factorization.WALSMatrixFactorization(5, 4, 2, config=cluster)
