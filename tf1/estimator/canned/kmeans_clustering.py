"""`KMeansClustering`: an Estimator that clusters points."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

import tf1 as tf
from tf1.estimator.canned import kmeans_centers, kmeans_ops

SCORE, CLUSTER_INDEX, ALL_DISTANCES = 'score', 'cluster_index', 'all_distances'


class KMeansClustering(tf.estimator.Estimator):
    """K-means clustering of points, all in each step or in mini-batches.

    Input functions return points, [n, size], or a dictionary of [n, size] tensors that are joined in the order of their
    keys; labels are ignored.

    Args:
      num_clusters: centers; of no effect where `initial_clusters` are given.
      model_dir: folder of checkpoints and event files; None takes `config`'s, or else a new temporary folder.
      initial_clusters: 'random' or 'kmeans_plus_plus'; a [num_clusters, size] tensor or array; or a function of points
        and a number that returns as many centers or fewer.
      distance_metric: 'squared_euclidean' or 'cosine'.
      random_seed: of the choice of the first centers.
      use_mini_batch: whether each step sees a part of the points; see `KMeans`.
      mini_batch_steps_per_iteration: steps until the centers are renewed.
      kmeans_plus_plus_num_retries: points of which 'kmeans_plus_plus' takes the best, for each center.
      relative_tolerance: training stops at a change of the loss below this share; None to go on.
      config: a `tf.estimator.RunConfig`; None for the default one.
      feature_columns: columns that make points of features; None to join them.

    Raises:
      ValueError: `initial_clusters` or `distance_metric` is none of these.
    """

    SQUARED_EUCLIDEAN_DISTANCE = kmeans_ops.SQUARED_EUCLIDEAN_DISTANCE
    COSINE_DISTANCE = kmeans_ops.COSINE_DISTANCE
    RANDOM_INIT = kmeans_centers.RANDOM_INIT
    KMEANS_PLUS_PLUS_INIT = kmeans_centers.KMEANS_PLUS_PLUS_INIT
    SCORE = SCORE
    CLUSTER_INDEX = CLUSTER_INDEX
    ALL_DISTANCES = ALL_DISTANCES
    CLUSTER_CENTERS_VAR_NAME = kmeans_ops.CLUSTERS_VAR_NAME

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | os.PathLike | None = None,
        initial_clusters: str | np.ndarray | tf.Tensor | Callable = kmeans_centers.RANDOM_INIT,
        distance_metric: str = kmeans_ops.SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: tf.estimator.RunConfig | None = None,
        feature_columns: Sequence | None = None,
    ):
        kmeans_ops.check_initial_clusters(initial_clusters, (self.RANDOM_INIT, self.KMEANS_PLUS_PLUS_INIT))
        kmeans_ops.check_distance_metric(distance_metric)
        self._distance_metric = distance_metric

        def model_fn(features: object, mode: str, config: tf.estimator.RunConfig) -> tf.estimator.EstimatorSpec:
            graph = kmeans_ops.KMeans(
                _points(features, feature_columns),
                num_clusters,
                initial_clusters,
                distance_metric,
                use_mini_batch,
                mini_batch_steps_per_iteration,
                random_seed,
                kmeans_plus_plus_num_retries,
            ).training_graph()
            return _spec(graph, mode, config, relative_tolerance)

        super().__init__(model_fn, model_dir, config)

    def predict_cluster_index(self, input_fn: Callable) -> Iterator[int]:
        """Yields the index of each point's nearest center."""
        for row in self.predict(input_fn, [CLUSTER_INDEX]):
            yield row[CLUSTER_INDEX]

    def score(self, input_fn: Callable) -> np.float32:
        """Returns the sum of the distances of the first batch's points to their nearest centers."""
        return self.evaluate(input_fn, steps=1)[SCORE]

    def transform(self, input_fn: Callable) -> Iterator[np.ndarray]:
        """Yields each point's distances to all centers, [num_clusters]; Euclidean ones are squared."""
        for row in self.predict(input_fn, [ALL_DISTANCES]):
            yield row[ALL_DISTANCES]

    def cluster_centers(self) -> np.ndarray:
        """Returns the centers, [num_clusters, size]; raises ValueError before training."""
        return self.get_variable_value(self.CLUSTER_CENTERS_VAR_NAME)


def _points(features: object, feature_columns: Sequence | None) -> tf.Tensor:
    if feature_columns is not None:
        return tf.feature_column.input_layer(features, feature_columns)
    if isinstance(features, Mapping):
        if not features:
            raise ValueError('features must hold at least one tensor, got none.')
        return tf.concat([features[key] for key in sorted(features)], 1)
    return features


def _spec(
    graph: kmeans_ops.TrainingGraph, mode: str, config: tf.estimator.RunConfig, relative_tolerance: float | None
) -> tf.estimator.EstimatorSpec:
    loss = tf.reduce_sum(graph.scores[0])
    tf.summary.scalar('loss/raw', loss)
    hooks = [_InitializeHook(graph.init_op, graph.cluster_centers_initialized, config.is_chief)]
    if relative_tolerance is not None:
        hooks.append(_ToleranceHook(loss, relative_tolerance))
    output = tf.estimator.export.PredictOutput
    index = output(graph.cluster_idx[0])
    default = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    return tf.estimator.EstimatorSpec(
        mode,
        predictions={ALL_DISTANCES: graph.all_scores[0], CLUSTER_INDEX: graph.cluster_idx[0]},
        loss=loss,
        train_op=tf.group(graph.training_op, tf.assign_add(tf.train.get_global_step(), 1)),
        eval_metric_ops={SCORE: tf.metrics.mean(loss)},
        training_hooks=hooks,
        export_outputs={ALL_DISTANCES: output(graph.all_scores[0]), CLUSTER_INDEX: index, default: index},
    )


class _InitializeHook(tf.train.SessionRunHook):
    """Chooses the first centers before training."""

    def __init__(self, init_op: tf.Tensor, initialized: tf.Variable, is_chief: bool):
        self._init_op, self._initialized, self._is_chief = init_op, initialized, is_chief

    def after_create_session(self, session: tf.Session, coord: tf.train.Coordinator) -> None:
        if self._is_chief:
            while not session.run(self._initialized):
                session.run(self._init_op)


class _ToleranceHook(tf.train.SessionRunHook):
    """Stops training where the loss hardly changes any more."""

    def __init__(self, loss: tf.Tensor, tolerance: float):
        self._loss, self._tolerance, self._before = loss, tolerance, None

    def before_run(self, run_context: tf.train.SessionRunContext) -> tf.train.SessionRunArgs:
        return tf.train.SessionRunArgs(self._loss)

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        loss, before = run_values.results, self._before
        self._before = loss
        if before is not None and abs(loss - before) / (1 + abs(before)) < self._tolerance:
            run_context.request_stop()
