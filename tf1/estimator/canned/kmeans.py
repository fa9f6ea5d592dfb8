"""`tf.estimator.experimental.KMeans`: `tf.contrib.factorization.KMeansClustering`, with distances not squared."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

import numpy as np

import tf1 as tf
from tf1.estimator.canned import kmeans_clustering


class KMeansClustering(kmeans_clustering.KMeansClustering):
    """K-means clustering; arguments and errors are those of `tf.contrib.factorization.KMeansClustering`.

    `seed` stands for `random_seed`; None is 0.
    """

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | os.PathLike | None = None,
        initial_clusters: str | np.ndarray | tf.Tensor | Callable = kmeans_clustering.KMeansClustering.RANDOM_INIT,
        distance_metric: str = kmeans_clustering.KMeansClustering.SQUARED_EUCLIDEAN_DISTANCE,
        seed: int | None = None,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: tf.estimator.RunConfig | None = None,
        feature_columns: Sequence | None = None,
    ):
        super().__init__(
            num_clusters,
            model_dir,
            initial_clusters,
            distance_metric,
            0 if seed is None else seed,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries,
            relative_tolerance,
            config,
            feature_columns,
        )

    def transform(self, input_fn: Callable) -> Iterator[np.ndarray]:
        """Yields each point's distances to all centers, [num_clusters]."""
        squared = self._distance_metric == self.SQUARED_EUCLIDEAN_DISTANCE
        for distances in super().transform(input_fn):
            yield np.sqrt(distances) if squared else distances


KMeans = KMeansClustering
