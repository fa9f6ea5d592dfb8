"""`tf.contrib.cluster_resolver`: now `tf.distribute.cluster_resolver`."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

ClusterResolver = tf.distribute.cluster_resolver.ClusterResolver
GCEClusterResolver = tf.distribute.cluster_resolver.GCEClusterResolver
KubernetesClusterResolver = tf.distribute.cluster_resolver.KubernetesClusterResolver
SimpleClusterResolver = tf.distribute.cluster_resolver.SimpleClusterResolver
SlurmClusterResolver = tf.distribute.cluster_resolver.SlurmClusterResolver
TFConfigClusterResolver = tf.distribute.cluster_resolver.TFConfigClusterResolver
TPUClusterResolver = tf.distribute.cluster_resolver.TPUClusterResolver
UnionClusterResolver = tf.distribute.cluster_resolver.UnionResolver

__all__ = [
    'ClusterResolver',
    'GCEClusterResolver',
    'KubernetesClusterResolver',
    'SimpleClusterResolver',
    'SlurmClusterResolver',
    'TFConfigClusterResolver',
    'TPUClusterResolver',
    'UnionClusterResolver',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.cluster_resolver', name)
