"""How the variables of ready-made models are divided among parameter servers."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow.compat.v1 as tf

from tf1.estimator.run_config import RunConfig


def partitioner_of(config: RunConfig, given: Callable | None = None, min_slice_size: int = 64 << 20) -> Callable:
    """Returns `given`, or a partitioner for all parameter servers with slices of `min_slice_size` bytes or more."""
    return given or tf.min_max_variable_partitioner(config.num_ps_replicas, min_slice_size=min_slice_size)


def hidden_partitioner_of(config: RunConfig) -> Callable:
    """Returns the partitioner of hidden layers, whose slices may be small."""
    return tf.min_max_variable_partitioner(config.num_ps_replicas)
