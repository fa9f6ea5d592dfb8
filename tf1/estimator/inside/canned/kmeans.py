"""`canned.kmeans`: clusters, by the name that the class itself has."""

from tf1.estimator.canned.kmeans import KMeansClustering

__all__ = ['KMeansClustering']
