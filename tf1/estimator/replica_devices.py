"""Where the variables and ops of a process in a cluster are placed."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.run_config import RunConfig


def device_fn(config: RunConfig) -> Any:
    """Returns what `tf.device` takes: the user's `device_fn`, or None in one process.

    Where there are parameter servers, variables go to them in turn, and all other ops to this process.
    """
    if config.device_fn is not None or not config.num_ps_replicas:
        return config.device_fn
    return tf.train.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=f'/job:{config.task_type}/task:{config.task_id}',
        merge_devices=True,
        cluster=config.cluster_spec,
    )
