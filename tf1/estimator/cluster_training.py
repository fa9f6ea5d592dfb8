"""What the training processes of a cluster do: chief (or master), worker, parameter server."""

from __future__ import annotations

import time
from collections.abc import Callable

import tensorflow.compat.v1 as tf

from tf1.estimator.cluster import TaskType
from tf1.estimator.run_config import RunConfig

_DELAY_SECS_PER_WORKER = 5
_MAX_DELAY_SECS = 60


def run(config: RunConfig, train: Callable[[], object]) -> None:
    """Plays the part that TF_CONFIG gives this process: calls `train`, or serves variables for ever.

    Raises:
      RuntimeError: the process has no address.
    """
    server = _start_server(config)  # It serves as long as there is a reference to it.
    if config.task_type == TaskType.PS:
        server.join()
    if config.task_type == TaskType.WORKER:
        _wait_for_turn(config)
    train()


def _start_server(config: RunConfig) -> tf.train.Server | None:
    """Starts this process's server, unless it is alone in its cluster, and returns it."""
    spec = config.cluster_spec
    if sum(spec.num_tasks(job) for job in spec.jobs) == 1:
        tf.logging.info('Skip starting Tensorflow server as there is only one node in the cluster.')
        return None
    if not config.master:
        raise RuntimeError(
            'A server needs an address, and TF_CONFIG sets "session_master" to none: leave it out, or name the server.'
        )
    tf.logging.info('Start Tensorflow server.')
    return tf.train.Server(
        spec,
        job_name=config.task_type,
        task_index=config.task_id,
        protocol=config.protocol,
        config=tf.ConfigProto(gpu_options=config.session_config.gpu_options),
    )


def _wait_for_turn(config: RunConfig) -> None:
    """Workers start one after the other: the first steps are the least stable."""
    limit = config.experimental_max_worker_delay_secs
    delay = min(_MAX_DELAY_SECS if limit is None else limit, (config.task_id + 1) * _DELAY_SECS_PER_WORKER)
    if delay > 0:
        tf.logging.info('Waiting %d secs before starting training.', delay)
        time.sleep(delay)
