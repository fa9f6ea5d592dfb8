"""`tf.contrib.factorization`: k-means clustering, mixtures of Gaussians, weighted alternating least squares."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.factorization.gmm_estimator import GMM
from tf1.contrib.factorization.gmm_ops import GmmAlgorithm, gmm
from tf1.contrib.factorization.wals import WALSMatrixFactorization
from tf1.contrib.factorization.wals_model import WALSModel
from tf1.estimator.canned.kmeans_centers import KMEANS_PLUS_PLUS_INIT, RANDOM_INIT
from tf1.estimator.canned.kmeans_clustering import KMeansClustering
from tf1.estimator.canned.kmeans_ops import COSINE_DISTANCE, SQUARED_EUCLIDEAN_DISTANCE, KMeans

__all__ = [
    'COSINE_DISTANCE',
    'GMM',
    'GmmAlgorithm',
    'KMEANS_PLUS_PLUS_INIT',
    'KMeans',
    'KMeansClustering',
    'RANDOM_INIT',
    'SQUARED_EUCLIDEAN_DISTANCE',
    'WALSMatrixFactorization',
    'WALSModel',
    'gmm',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.factorization', name)
