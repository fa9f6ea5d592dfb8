"""`tf.contrib.optimizer_v2`: the optimizers of `tf.train`, which make the same variables."""

from __future__ import annotations

import tf1 as tf
from tf1._namespace import removed

AdadeltaOptimizer = tf.train.AdadeltaOptimizer
AdagradOptimizer = tf.train.AdagradOptimizer
AdamOptimizer = tf.train.AdamOptimizer
GradientDescentOptimizer = tf.train.GradientDescentOptimizer
MomentumOptimizer = tf.train.MomentumOptimizer
OptimizerV2 = tf.train.Optimizer
RMSPropOptimizer = tf.train.RMSPropOptimizer

__all__ = [
    'AdadeltaOptimizer',
    'AdagradOptimizer',
    'AdamOptimizer',
    'GradientDescentOptimizer',
    'MomentumOptimizer',
    'OptimizerV2',
    'RMSPropOptimizer',
]


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.optimizer_v2', name)
