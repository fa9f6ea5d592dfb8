"""Where this process stands in a cluster, read from the environment variable TF_CONFIG."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

_TASK_ORDER = ('chief', 'master', 'worker', 'ps')


class TaskType:
    """Names of tasks in TF_CONFIG, as in TF 1.15."""

    MASTER = 'master'
    PS = 'ps'
    WORKER = 'worker'
    CHIEF = 'chief'
    EVALUATOR = 'evaluator'


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


def from_environment() -> Cluster:
    """Returns what TF_CONFIG describes, or a single local process where it is unset.

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
    common = {'service': _service(config), 'model_dir': _model_dir(config)}
    if not cluster:
        return _local(config, task, common)
    if task.get('type') == TaskType.EVALUATOR:
        return _evaluator(config, int(task.get('index', 0)), common)
    return _distributed(config, cluster, task, common)


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
    master = config.get('session_master', '')
    return Cluster(
        tf.train.ClusterSpec({}),
        master=master,
        evaluation_master=config.get('eval_session_master', master),
        **common,
    )


def _evaluator(config: dict[str, Any], task_id: int, common: dict[str, Any]) -> Cluster:
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
    config: dict[str, Any], cluster: dict[str, Any], task: dict[str, Any], common: dict[str, Any]
) -> Cluster:
    spec = tf.train.ClusterSpec(cluster)
    chief = _chief_job(cluster)
    task_type, task_id = _valid_task(task, cluster)
    master = config.get('session_master', _address(config, spec, task_type, task_id))
    return Cluster(
        spec,
        task_type=task_type,
        task_id=task_id,
        is_chief=task_type == chief,
        num_ps_replicas=len(cluster.get(TaskType.PS, ())),
        num_worker_replicas=len(cluster.get(TaskType.WORKER, ())) + 1,
        global_id_in_cluster=_global_id(cluster, task_type, task_id),
        master=master,
        evaluation_master=config.get('eval_session_master', ''),
        **common,
    )


def _address(config: dict[str, Any], spec: tf.train.ClusterSpec, task_type: str, task_id: int) -> str:
    """Returns where a task's server listens; '' for a task alone in its cluster, which needs no server."""
    if sum(spec.num_tasks(job) for job in spec.jobs) == 1:
        return ''
    rpc = config.get('rpc_layer', 'grpc')
    address = spec.job_tasks(task_type)[task_id]
    return f'{rpc}://{address}' if rpc else address


def _chief_job(cluster: dict[str, Any]) -> str:
    for job in (TaskType.CHIEF, TaskType.MASTER):
        if len(cluster.get(job, ())) == 1:
            return job
    raise ValueError(f'TF_CONFIG: a "cluster" must have exactly one "chief" task, got {cluster!r}.')


def _valid_task(task: dict[str, Any], cluster: dict[str, Any]) -> tuple[str, int]:
    if 'type' not in task or 'index' not in task:
        raise ValueError(f'TF_CONFIG: with a "cluster", "task" needs "type" and "index", got {task!r}.')
    task_type, task_id = task['type'], int(task['index'])
    if task_type not in cluster:
        raise ValueError(f'TF_CONFIG: task type {task_type!r} is not in the cluster, which has {sorted(cluster)}.')
    if not 0 <= task_id < len(cluster[task_type]):
        raise ValueError(
            f'TF_CONFIG: task index must be in 0..{len(cluster[task_type]) - 1} for {task_type!r}, got {task_id}.'
        )
    return task_type, task_id


def _global_id(cluster: dict[str, Any], task_type: str, task_id: int) -> int:
    """Numbers all tasks: chief, then workers, then parameter servers."""
    before = 0
    for job in _TASK_ORDER:
        if job == task_type:
            return before + task_id
        before += len(cluster.get(job, ()))
    return before + task_id
