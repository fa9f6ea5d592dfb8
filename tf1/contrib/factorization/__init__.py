"""`tf.contrib.factorization`: k-means clustering."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.estimator.canned.kmeans_centers import KMEANS_PLUS_PLUS_INIT, RANDOM_INIT
from tf1.estimator.canned.kmeans_clustering import KMeansClustering
from tf1.estimator.canned.kmeans_ops import COSINE_DISTANCE, SQUARED_EUCLIDEAN_DISTANCE, KMeans

__all__ = [
    'COSINE_DISTANCE',
    'KMEANS_PLUS_PLUS_INIT',
    'KMeans',
    'KMeansClustering',
    'RANDOM_INIT',
    'SQUARED_EUCLIDEAN_DISTANCE',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.factorization', name)
