"""`tf.contrib.distribute`: what `tf.distribute` has of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import tf1 as tf
from tf1._namespace import removed
from tf1.contrib.distribute.strategies import (
    CollectiveAllReduceStrategy,
    MirroredStrategy,
    ParameterServerStrategy,
    TPUStrategy,
)


class DistributeConfig(NamedTuple):
    """What `tf.estimator.RunConfig` takes as `experimental_distribute`: strategies of training and evaluation.

    Args:
      train_distribute: a `tf.distribute.Strategy`, or None.
      eval_distribute: a `tf.distribute.Strategy`, or None.
      remote_cluster: a cluster that a program on its own would drive; not supported with a strategy.
    """

    train_distribute: Any = None
    eval_distribute: Any = None
    remote_cluster: Any = None


def AllReduceCrossDeviceOps(
    all_reduce_alg: str = 'nccl',
    num_packs: int = 1,
    agg_small_grads_max_bytes: int = 0,
    agg_small_grads_max_group: int = 10,
) -> tf.distribute.CrossDeviceOps:
    """Returns what sums the gradients of replicas.

    Args:
      all_reduce_alg: 'nccl' or 'hierarchical_copy'.
      num_packs: into how many parts gradients are packed.
      agg_small_grads_max_bytes: without effect.
      agg_small_grads_max_group: without effect.

    Raises:
      ValueError: another algorithm.
    """
    kinds = {'nccl': tf.distribute.NcclAllReduce, 'hierarchical_copy': tf.distribute.HierarchicalCopyAllReduce}
    if all_reduce_alg not in kinds:
        raise ValueError(f"all_reduce_alg must be 'nccl' or 'hierarchical_copy', got {all_reduce_alg!r}.")
    return kinds[all_reduce_alg](num_packs=num_packs)


CrossDeviceOps = tf.distribute.CrossDeviceOps
DistributionStrategy = tf.distribute.Strategy
OneDeviceStrategy = tf.distribute.OneDeviceStrategy
ReductionToOneDeviceCrossDeviceOps = tf.distribute.ReductionToOneDevice
ReplicaContext = tf.distribute.ReplicaContext
get_distribution_strategy = tf.distribute.get_strategy
get_loss_reduction = tf.distribute.get_loss_reduction
get_replica_context = tf.distribute.get_replica_context
get_strategy = tf.distribute.get_strategy
has_distribution_strategy = tf.distribute.has_strategy
has_strategy = tf.distribute.has_strategy
in_cross_replica_context = tf.distribute.in_cross_replica_context
initialize_tpu_system = tf.tpu.experimental.initialize_tpu_system

__all__ = [
    'AllReduceCrossDeviceOps',
    'CollectiveAllReduceStrategy',
    'CrossDeviceOps',
    'DistributeConfig',
    'DistributionStrategy',
    'MirroredStrategy',
    'OneDeviceStrategy',
    'ParameterServerStrategy',
    'ReductionToOneDeviceCrossDeviceOps',
    'ReplicaContext',
    'TPUStrategy',
    'get_distribution_strategy',
    'get_loss_reduction',
    'get_replica_context',
    'get_strategy',
    'has_distribution_strategy',
    'has_strategy',
    'in_cross_replica_context',
    'initialize_tpu_system',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.distribute', name)
