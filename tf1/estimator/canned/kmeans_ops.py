"""`KMeans`: the graph of k-means clustering, of whole data sets or of mini-batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

import tf1 as tf
from tf1.estimator.canned import kmeans_centers

SQUARED_EUCLIDEAN_DISTANCE, COSINE_DISTANCE = 'squared_euclidean', 'cosine'
CLUSTERS_VAR_NAME = 'clusters'

_METRICS = (SQUARED_EUCLIDEAN_DISTANCE, COSINE_DISTANCE)
_METHODS = (kmeans_centers.RANDOM_INIT, kmeans_centers.KMEANS_PLUS_PLUS_INIT, kmeans_centers.KMC2_INIT)
# What TF 1.15 adds to counts, so that a cluster without points has a center of zeros.
_EPSILON = 1e-6


class TrainingGraph(NamedTuple):
    """What `KMeans.training_graph` returns.

    Args:
      all_scores: of each batch, the distances to all centers, [points, num_clusters].
      cluster_idx: of each batch, the index of the nearest center, [points] int64.
      scores: of each batch, the distance to it, [points].
      cluster_centers_initialized: variable, whether all centers are chosen.
      init_op: chooses centers from one batch; a tensor that is True if all are chosen.
      training_op: one iteration, or of mini-batches one step.
    """

    all_scores: tuple[tf.Tensor, ...]
    cluster_idx: tuple[tf.Tensor, ...]
    scores: tuple[tf.Tensor, ...]
    cluster_centers_initialized: tf.Variable
    init_op: tf.Tensor
    training_op: tf.Operation | tf.Tensor


class KMeans:
    """Makes the graph of k-means kmeans_ops.

    With `use_mini_batch`, a center moves towards the mean of its points in a batch by the share that they have in all
    its points so far. Nearest centers are found among a copy, which is renewed every `mini_batch_steps_per_iteration`
    steps. (In TF 1.15 two operations race there, and a batch may be counted twice. Here it is counted once.)

    Args:
      inputs: points, [n, size], or a list of such tensors, which are clustered together.
      num_clusters: centers, an integer or a tensor; of no effect where `initial_clusters` are given.
      initial_clusters: 'random', 'kmeans_plus_plus' or 'kmc2'; a [num_clusters, size] tensor or array; or a function of
        points and a number that returns as many centers or fewer.
      distance_metric: 'squared_euclidean' or 'cosine'.
      use_mini_batch: whether `inputs` are a part of the points.
      mini_batch_steps_per_iteration: steps until the centers are renewed.
      random_seed: of the choice of the first centers.
      kmeans_plus_plus_num_retries: points of which 'kmeans_plus_plus' takes the best, for each center; -1 for a number
        that grows with `num_clusters`.
      kmc2_chain_length: points that 'kmc2' looks at for each center.

    Raises:
      ValueError: `initial_clusters` or `distance_metric` is none of these.
    """

    def __init__(
        self,
        inputs: tf.Tensor | Sequence[tf.Tensor],
        num_clusters: int | tf.Tensor,
        initial_clusters: str | np.ndarray | tf.Tensor | Callable = kmeans_centers.RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        use_mini_batch: bool = False,
        mini_batch_steps_per_iteration: int = 1,
        random_seed: int = 0,
        kmeans_plus_plus_num_retries: int = 2,
        kmc2_chain_length: int = 200,
    ):
        check_initial_clusters(initial_clusters, _METHODS)
        check_distance_metric(distance_metric)
        self._inputs = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
        self._num_clusters = num_clusters
        self._initial_clusters = initial_clusters
        self._distance_metric = distance_metric
        self._use_mini_batch = use_mini_batch
        self._steps = int(mini_batch_steps_per_iteration)
        self._seed = random_seed
        self._num_retries = kmeans_plus_plus_num_retries
        self._chain_length = kmc2_chain_length

    def training_graph(self) -> TrainingGraph:
        """Builds the graph. `init_op` is run until it gives True, then `training_op` as often as wanted."""
        inputs = [tf.convert_to_tensor(points) for points in self._inputs]
        given = None
        if not isinstance(self._initial_clusters, str) and not callable(self._initial_clusters):
            given = tf.convert_to_tensor(self._initial_clusters, inputs[0].dtype)
        if self._distance_metric == COSINE_DISTANCE:
            inputs = [tf.nn.l2_normalize(points, 1) for points in inputs]
            given = None if given is None else tf.nn.l2_normalize(given, 1)
        number = tf.shape(given)[0] if given is not None else tf.cast(self._num_clusters, tf.int32)
        variables = self._make_variables(inputs[0].dtype, number)
        init_op = self._initialize(inputs, number, given, variables)
        all_scores = tuple(self._distances(points, variables.centers) for points in inputs)
        nearest = [self._nearest(points, variables.centers) for points in inputs]
        indices, scores = (tuple(parts) for parts in zip(*nearest, strict=True))
        if self._use_mini_batch:
            training_op = self._mini_batch_step(inputs, variables)
        else:
            training_op = self._full_batch_step(inputs, indices, number, variables.centers)
        return TrainingGraph(all_scores, indices, scores, variables.initialized, init_op, training_op)

    def _make_variables(self, dtype: tf.DType, number: tf.Tensor) -> _Variables:
        """Makes the variables under TF 1.15's names; centers have no shape before they are chosen."""
        empty = tf.constant([], dtype)
        centers = tf.Variable(empty, name=CLUSTERS_VAR_NAME, validate_shape=False)
        initialized = tf.Variable(False, name='initialized')
        if not self._use_mini_batch:
            return _Variables(centers, initialized)
        updated, update_in_steps = centers, None
        if self._steps > 1:
            updated = tf.Variable(empty, name='clusters_updated', validate_shape=False)
            update_in_steps = tf.Variable(0, name='update_in_steps', dtype=tf.int64)
        counts = (tf.zeros if self._steps > 1 else tf.ones)(tf.reshape(number, [1]), tf.int64)
        return _Variables(centers, initialized, updated, update_in_steps, tf.Variable(counts))

    def _initialize(
        self, inputs: list[tf.Tensor], number: tf.Tensor, given: tf.Tensor | None, variables: _Variables
    ) -> tf.Tensor:
        """Returns the `init_op`."""
        centers, initialized = variables.updated or variables.centers, variables.initialized

        def add() -> tf.Tensor:
            if given is not None:
                made = tf.assign(centers, given, validate_shape=False)
            else:
                made = self._add_centers(inputs, number, centers)
            if variables.update_in_steps is not None:
                made = tf.assign(variables.centers, made, validate_shape=False)
            # The shape of given centers is known without assigning them.
            with tf.control_dependencies([made]):
                return tf.assign(initialized, tf.equal(tf.shape(made)[0], number))

        return tf.cond(tf.identity(initialized), lambda: tf.constant(True), add)

    def _add_centers(self, inputs: list[tf.Tensor], number: tf.Tensor, centers: tf.Variable) -> tf.Tensor:
        """Returns the centers with those of one batch; of several inputs, two methods look at the first alone."""
        method: Any = self._initial_clusters
        points: Any = inputs[0]
        if method == kmeans_centers.KMC2_INIT:
            method = kmeans_centers.kmc2(self._seed, self._chain_length, centers)
        elif method == kmeans_centers.RANDOM_INIT:
            points = points if len(inputs) == 1 else tf.concat(inputs, 0)
            method = kmeans_centers.random(self._seed)
        elif method == kmeans_centers.KMEANS_PLUS_PLUS_INIT:
            method = kmeans_centers.kmeans_plus_plus(self._seed, self._num_retries)
        else:
            points = inputs
        return kmeans_centers.add_centers(method, points, number, centers)

    def _distances(self, points: tf.Tensor, centers: tf.Tensor) -> tf.Tensor:
        if self._distance_metric == COSINE_DISTANCE:
            return 1 - tf.matmul(points, tf.nn.l2_normalize(centers, 1), transpose_b=True)
        squares = tf.reduce_sum(tf.square(points), 1, keepdims=True)
        products = tf.matmul(points, centers, transpose_b=True)
        return squares - 2 * products + tf.transpose(tf.reduce_sum(tf.square(centers), 1, keepdims=True))

    def _nearest(self, points: tf.Tensor, centers: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Returns index and distance of each point's nearest center."""
        cosine = self._distance_metric == COSINE_DISTANCE
        if cosine:
            centers = tf.nn.l2_normalize(centers, 1)
        found = tf.raw_ops.NearestNeighbors(points=points, centers=centers, k=1)
        # Of vectors of length 1, the squared distance is twice the cosine distance.
        distances = 0.5 * found.nearest_center_distances if cosine else found.nearest_center_distances
        return tf.squeeze(found.nearest_center_indices, 1), tf.squeeze(distances, 1)

    def _full_batch_step(
        self, inputs: list[tf.Tensor], indices: tuple[tf.Tensor, ...], number: tf.Tensor, centers: tf.Variable
    ) -> tf.Tensor:
        sums, counts = _sums(inputs, indices, number)
        means = sums / (counts + tf.cast(_EPSILON, sums.dtype))
        if self._distance_metric == COSINE_DISTANCE:
            means = tf.nn.l2_normalize(means, 1)
        return tf.assign(centers, means)

    def _mini_batch_step(self, inputs: list[tf.Tensor], variables: _Variables) -> tf.Operation:
        centers, counts, values = variables.centers, variables.counts, {}
        updated = tf.identity(variables.updated)
        if self._steps > 1:
            # Every so many steps, centers are renewed and counts forgotten.
            steps = variables.update_in_steps
            renewed = steps <= 0
            cosine = self._distance_metric == COSINE_DISTANCE
            centers = tf.where(renewed, tf.nn.l2_normalize(updated, 1) if cosine else updated, centers)
            counts = tf.where(renewed, tf.zeros_like(counts), counts)
            values = {variables.centers: centers, steps: tf.where(renewed, tf.cast(self._steps, tf.int64), steps) - 1}
        indices = tuple(self._nearest(points, centers)[0] for points in inputs)
        sums, new = _sums(inputs, indices, tf.shape(counts)[0])
        total = tf.expand_dims(tf.cast(counts, sums.dtype), 1) + new
        values[variables.updated] = updated + tf.div_no_nan(sums - new * updated, total)
        values[variables.counts] = counts + tf.cast(tf.squeeze(new, 1), counts.dtype)
        # All is read before anything is changed, and one after the other is: renewed centers may be `updated` in place.
        changed = list(values.values())
        for variable, value in values.items():
            with tf.control_dependencies(changed):
                changed = [*changed, tf.assign(variable, value).op]
        return tf.group(*changed)


class _Variables(NamedTuple):
    """The variables of a graph; the last three are those of mini-batches."""

    centers: tf.Variable
    initialized: tf.Variable
    updated: tf.Variable | None = None
    update_in_steps: tf.Variable | None = None
    counts: tf.Variable | None = None


def _sums(inputs: list[tf.Tensor], indices: tuple[tf.Tensor, ...], number: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Returns each cluster's sum of points, [number, size], and their count, [number, 1] floats."""
    sums, counts = [], []
    for points, index in zip(inputs, indices, strict=True):
        sums.append(tf.unsorted_segment_sum(points, index, number))
        counts.append(tf.unsorted_segment_sum(tf.ones([tf.shape(points)[0], 1], points.dtype), index, number))
    return tf.add_n(sums), tf.add_n(counts)


def check_initial_clusters(value: object, methods: Sequence[str]) -> None:
    """Raises ValueError if `value` is a string and none of `methods`."""
    if isinstance(value, str) and value not in methods:
        raise ValueError(
            f'initial_clusters must be one of {", ".join(map(repr, methods))}, a tensor, an array or a function, '
            f'got {value!r}.'
        )


def check_distance_metric(value: object) -> None:
    """Raises ValueError unless `value` is one of the two metrics."""
    if value not in _METRICS:
        raise ValueError(f'distance_metric must be one of {", ".join(map(repr, _METRICS))}, got {value!r}.')
