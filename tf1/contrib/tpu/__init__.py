"""`tf.contrib.tpu`: `tf.estimator.tpu` and what `tf.tpu` has.

Programs written for TPUs run on CPU or GPU with `use_tpu=False`. `CrossShardOptimizer` and the other parts of `tf.tpu`
build graphs as TF 1.15 does; only a TPU can run those.
"""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

CrossShardOptimizer = tf.tpu.CrossShardOptimizer
DeviceAssignment = tf.tpu.experimental.DeviceAssignment
InputPipelineConfig = tf.estimator.tpu.InputPipelineConfig
RunConfig = tf.estimator.tpu.RunConfig
TPUConfig = tf.estimator.tpu.TPUConfig
TPUDistributionStrategy = tf.distribute.experimental.TPUStrategy
TPUEstimator = tf.estimator.tpu.TPUEstimator
TPUEstimatorSpec = tf.estimator.tpu.TPUEstimatorSpec
Topology = tf.tpu.experimental.Topology
batch_parallel = tf.tpu.batch_parallel
bfloat16_scope = tf.tpu.bfloat16_scope
core = tf.tpu.core
cross_replica_sum = tf.tpu.cross_replica_sum
initialize_system = tf.tpu.initialize_system
outside_compilation = tf.tpu.outside_compilation
replicate = tf.tpu.replicate
rewrite = tf.tpu.rewrite
shard = tf.tpu.shard
shutdown_system = tf.tpu.shutdown_system

__all__ = [
    'CrossShardOptimizer',
    'DeviceAssignment',
    'InputPipelineConfig',
    'RunConfig',
    'TPUConfig',
    'TPUDistributionStrategy',
    'TPUEstimator',
    'TPUEstimatorSpec',
    'Topology',
    'batch_parallel',
    'bfloat16_scope',
    'core',
    'cross_replica_sum',
    'initialize_system',
    'outside_compilation',
    'replicate',
    'rewrite',
    'shard',
    'shutdown_system',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.tpu', name)
