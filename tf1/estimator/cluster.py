"""Where this process stands in a cluster, read from the environment variable TF_CONFIG."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf


class TaskType:
    """Names of tasks in TF_CONFIG, as in TF 1.15."""

    MASTER = 'master'
    PS = 'ps'
    WORKER = 'worker'
    CHIEF = 'chief'
    EVALUATOR = 'evaluator'


_CHIEFS = (TaskType.CHIEF, TaskType.MASTER)


class Cluster(NamedTuple):
    """This process's place; the defaults describe a process on its own."""

    cluster_spec: tf.train.ClusterSpec
    task_type: str = TaskType.WORKER
    task_id: int = 0
    is_chief: bool = True
    num_ps_replicas: int = 0
    num_worker_replicas: int = 1
    global_id_in_cluster: int | None = 0
    master: str = ''
    evaluation_master: str = ''
    service: dict[str, Any] | None = None
    model_dir: str | None = None


def from_environment(has_strategy: bool = False) -> Cluster:
    """Returns what TF_CONFIG describes, or a single local process where it is unset.

    Args:
      has_strategy: whether a `tf.distribute` strategy trains: a cluster then is the strategy's matter, and this process
        stands by itself.

    Raises:
      ValueError: TF_CONFIG is not a JSON object, or describes no cluster that could run; the text names the entry.
    """
    text = os.environ.get('TF_CONFIG') or '{}'
    try:
        config = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f'TF_CONFIG must be JSON, got {text!r}: {error}.') from error
    if not isinstance(config, dict):
        raise ValueError(f'TF_CONFIG must be a JSON object, got {text!r}.')
    if config:
        tf.logging.info('TF_CONFIG environment variable: %s', config)
    task = config.get('task') or {}
    cluster = config.get('cluster') or {}
    common: dict[str, Any] = {'service': _service(config), 'model_dir': _model_dir(config)}
    if has_strategy:
        return Cluster(tf.train.ClusterSpec(cluster), **common)
    if not cluster:
        return _local(config, task, common)
    _check_chiefs(cluster)
    task_type, task_id = _stated_task(task)
    if task_type == TaskType.EVALUATOR:
        return _evaluator(config, cluster, task_id, common)
    return _distributed(config, cluster, task_type, task_id, common)


def _service(config: dict[str, Any]) -> dict[str, Any] | None:
    service = config.get('service')
    if service is not None and not isinstance(service, dict):
        raise TypeError(f'TF_CONFIG: "service" must be a JSON object, got {service!r}.')
    return service


def _model_dir(config: dict[str, Any]) -> str | None:
    model_dir = config.get('model_dir')
    if model_dir == '':
        raise ValueError('TF_CONFIG: "model_dir" must be non-empty.')
    return model_dir


def _local(config: dict[str, Any], task: dict[str, Any], common: dict[str, Any]) -> Cluster:
    task_type = task.get('type', TaskType.WORKER)
    task_id = int(task.get('index', 0))
    if task_type != TaskType.WORKER:
        raise ValueError(f'TF_CONFIG: "task" type {task_type!r} needs a "cluster"; without one only "worker" can run.')
    if task_id != 0:
        raise ValueError(f'TF_CONFIG: without a "cluster" the "task" index must be 0, got {task_id}.')
    return Cluster(
        tf.train.ClusterSpec({}),
        master=config.get('session_master', ''),
        evaluation_master=config.get('eval_session_master', ''),
        **common,
    )


def _stated_task(task: dict[str, Any]) -> tuple[str, int]:
    if 'type' not in task or 'index' not in task:
        raise ValueError(f'TF_CONFIG: with a "cluster", "task" needs "type" and "index", got {task!r}.')
    task_id = int(task['index'])
    if task_id < 0:
        raise ValueError(f'TF_CONFIG: "task" index must be >= 0, got {task_id}.')
    return task['type'], task_id


def _evaluator(config: dict[str, Any], cluster: dict[str, Any], task_id: int, common: dict[str, Any]) -> Cluster:
    if TaskType.MASTER in cluster:
        raise ValueError('TF_CONFIG: a cluster with a "master" has no "evaluator": the master evaluates.')
    return Cluster(
        tf.train.ClusterSpec({}),
        task_type=TaskType.EVALUATOR,
        task_id=task_id,
        is_chief=False,
        num_worker_replicas=0,
        global_id_in_cluster=None,
        evaluation_master=config.get('eval_session_master', ''),
        **common,
    )


def _distributed(
    config: dict[str, Any], cluster: dict[str, Any], task_type: str, task_id: int, common: dict[str, Any]
) -> Cluster:
    _check_member(cluster, task_type, task_id)
    spec = tf.train.ClusterSpec(cluster)
    return Cluster(
        spec,
        task_type=task_type,
        task_id=task_id,
        is_chief=task_type in _CHIEFS,
        num_ps_replicas=len(cluster.get(TaskType.PS, ())),
        num_worker_replicas=len(cluster.get(TaskType.WORKER, ())) + 1,
        global_id_in_cluster=_global_id(cluster, task_type, task_id),
        master=config.get('session_master', _address(spec, task_type, task_id)),
        **common,
    )


def _address(spec: tf.train.ClusterSpec, task_type: str, task_id: int) -> str:
    """Returns where a task's server listens; '' for a task alone in its cluster, which needs no server."""
    if sum(spec.num_tasks(job) for job in spec.jobs) == 1:
        return ''
    return f'grpc://{spec.job_tasks(task_type)[task_id]}'


def _check_chiefs(cluster: Any) -> None:
    if not isinstance(cluster, dict):
        raise TypeError(f'TF_CONFIG: "cluster" must be a dictionary of addresses by job, got {cluster!r}.')
    found = [job for job in _CHIEFS if job in cluster]
    if len(found) > 1:
        raise ValueError('TF_CONFIG: a "cluster" must not have both "master" and "chief".')
    if not found or len(cluster[found[0]]) != 1:
        raise ValueError(f'TF_CONFIG: a "cluster" must have exactly one "chief" task, got {cluster!r}.')


def _check_member(cluster: dict[str, Any], task_type: str, task_id: int) -> None:
    if task_type not in cluster:
        raise ValueError(f'TF_CONFIG: task type {task_type!r} is not in the cluster, which has {sorted(cluster)}.')
    if task_id >= len(cluster[task_type]):
        raise ValueError(
            f'TF_CONFIG: task index must be in 0..{len(cluster[task_type]) - 1} for {task_type!r}, got {task_id}.'
        )


def _global_id(cluster: dict[str, Any], task_type: str, task_id: int) -> int:
    """Numbers all tasks: chief or master, then other jobs by name, then parameter servers."""
    order = sorted(cluster, key=lambda job: (job not in _CHIEFS, job == TaskType.PS, job))
    before = order[: order.index(task_type)]
    return sum(len(cluster[job]) for job in before) + task_id
