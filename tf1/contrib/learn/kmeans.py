"""`tf.contrib.learn.KMeansClustering`: the forerunner of `tf.contrib.factorization.KMeansClustering`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import numpy as np

import tf1 as tf
from tf1.contrib.learn.estimator import Estimator
from tf1.contrib.learn.model_fn import ModelFnOps
from tf1.estimator.canned import kmeans_clustering


class KMeansClustering(Estimator):
    """K-means clustering of points; see `tf.contrib.factorization.KMeansClustering` for the arguments."""

    SQUARED_EUCLIDEAN_DISTANCE = kmeans_clustering.KMeansClustering.SQUARED_EUCLIDEAN_DISTANCE
    COSINE_DISTANCE = kmeans_clustering.KMeansClustering.COSINE_DISTANCE
    RANDOM_INIT = kmeans_clustering.KMeansClustering.RANDOM_INIT
    KMEANS_PLUS_PLUS_INIT = kmeans_clustering.KMeansClustering.KMEANS_PLUS_PLUS_INIT
    SCORES = 'scores'
    CLUSTER_IDX = 'cluster_idx'
    CLUSTERS = 'clusters'
    ALL_SCORES = 'all_scores'
    LOSS_OP_NAME = 'kmeans_loss'

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | os.PathLike | None = None,
        initial_clusters: str | np.ndarray | tf.Tensor | Callable = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: tf.estimator.RunConfig | None = None,
    ):
        def model_fn(features: object, labels: object, mode: str, config: tf.estimator.RunConfig) -> ModelFnOps:
            del labels
            training = tf.estimator.ModeKeys.TRAIN
            spec = self._successor.model_fn(features, None, mode, config)
            predictions = {
                self.ALL_SCORES: spec.predictions[kmeans_clustering.ALL_DISTANCES],
                self.CLUSTER_IDX: spec.predictions[kmeans_clustering.CLUSTER_INDEX],
            }
            metrics = {self.SCORES: spec.loss} if mode != 'infer' else None
            hooks = spec.training_hooks if mode == training else None
            return ModelFnOps(mode, predictions, spec.loss, spec.train_op, metrics, training_hooks=hooks)

        super().__init__(model_fn, model_dir, config)
        self._successor = kmeans_clustering.KMeansClustering(
            num_clusters,
            self.model_dir,
            initial_clusters,
            distance_metric,
            random_seed,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries,
            relative_tolerance,
        )

    def predict_cluster_idx(self, input_fn: Callable | None = None) -> Iterator[int]:
        """Yields the index of each point's nearest center."""
        for row in self.predict(input_fn=input_fn, outputs=[self.CLUSTER_IDX]):
            yield row[self.CLUSTER_IDX]

    def score(self, input_fn: Callable | None = None, steps: int | None = None) -> np.float32:
        """Returns the sum of the distances of the last batch's points to their nearest centers."""
        return self.evaluate(input_fn=input_fn, steps=steps)[self.SCORES]

    def transform(self, input_fn: Callable | None = None, as_iterable: bool = False) -> object:
        """Returns each point's distances to all centers, [n, num_clusters], or a generator of them."""
        found = self.predict(input_fn=input_fn, outputs=[self.ALL_SCORES], as_iterable=as_iterable)
        return (row[self.ALL_SCORES] for row in found) if as_iterable else found[self.ALL_SCORES]

    def clusters(self) -> np.ndarray:
        """Returns the centers, [num_clusters, size]."""
        return self.get_variable_value(self.CLUSTERS)
