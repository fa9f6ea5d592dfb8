"""What RunConfig refuses and accepts, and what it reads from the environment variable TF_CONFIG."""

from __future__ import annotations

import json
import os

import _errors

_LEAST = {
    'save_summary_steps': 0,
    'save_checkpoints_steps': 0,
    'save_checkpoints_secs': 0,
    'keep_checkpoint_max': 0,
    'keep_checkpoint_every_n_hours': 1,
    'log_step_count_steps': 1,
    'session_creation_timeout_secs': 1,
}

_CLUSTER = {'chief': ['a:1'], 'worker': ['b:1', 'c:1'], 'ps': ['d:1']}
_CLUSTERS = {
    'no cluster': ('', {}),
    'chief': ('', {'cluster': _CLUSTER, 'task': {'type': 'chief', 'index': 0}}),
    'second worker': ('', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': 1}}),
    'parameter server': ('', {'cluster': _CLUSTER, 'task': {'type': 'ps', 'index': 0}}),
    'evaluator': ('', {'cluster': _CLUSTER, 'task': {'type': 'evaluator', 'index': 0}}),
    'no task': ('task', {'cluster': _CLUSTER}),
    'no chief': ('chief', {'cluster': {'worker': ['b:1']}, 'task': {'type': 'worker', 'index': 0}}),
    'two chiefs': ('chief', {'cluster': {'chief': ['a:1', 'b:1']}, 'task': {'type': 'chief', 'index': 0}}),
    'unknown task type': ('foo', {'cluster': _CLUSTER, 'task': {'type': 'foo', 'index': 0}}),
    'index too large': ('7', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': 7}}),
    'index negative': ('index', {'cluster': _CLUSTER, 'task': {'type': 'worker', 'index': -1}}),
    'worker without cluster': ('', {'task': {'type': 'worker', 'index': 0}}),
    'parameter server without cluster': ('task', {'task': {'type': 'ps', 'index': 0}}),
    'index without cluster': ('task', {'task': {'index': 1}}),
    'model_dir': ('', {'model_dir': '/m'}),
}


def _config_cases(tf):
    """Returns the cases about RunConfig."""

    def config(**fields):
        return lambda: tf.estimator.RunConfig(**fields)

    def replace(**fields):
        return lambda: tf.estimator.RunConfig(model_dir='/m').replace(**fields)

    cases = {
        'steps and seconds': ('save_checkpoints_steps', config(save_checkpoints_steps=1, save_checkpoints_secs=1)),
        'neither steps nor seconds': ('', config(save_checkpoints_steps=None, save_checkpoints_secs=None)),
        'tf_random_seed 1.5': ('tf_random_seed', config(tf_random_seed=1.5)),
        'tf_random_seed a string': ('tf_random_seed', config(tf_random_seed='1')),
        'tf_random_seed -1': ('', config(tf_random_seed=-1)),
        'session_config a dict': ('session_config', config(session_config={})),
        'session_config': ('', config(session_config=tf.ConfigProto())),
        'device_fn a number': ('device_fn', config(device_fn=1)),
        'device_fn without op': ('device_fn', config(device_fn=lambda: '/cpu:0')),
        'device_fn with another name': ('device_fn', config(device_fn=lambda node: '/cpu:0')),
        'device_fn': ('', config(device_fn=lambda op: '/cpu:0')),
        'model_dir empty': ('model_dir', config(model_dir='')),
        'protocol unknown': ('protocol', config(protocol='http')),
        'unknown field': ('foo', config(foo=1)),
        'replace unknown': ('foo', replace(foo=1)),
        'replace is_chief': ('is_chief', replace(is_chief=False)),
        'replace task_type': ('task_type', replace(task_type='ps')),
        'replace steps': ('', replace(save_checkpoints_steps=5)),
        'replace steps and seconds': (
            'save_checkpoints_steps',
            replace(save_checkpoints_steps=5, save_checkpoints_secs=5),
        ),
        'replace negative': ('save_summary_steps', replace(save_summary_steps=-1)),
        'set a field': ('', lambda: setattr(tf.estimator.RunConfig(), 'model_dir', 'x')),
    }
    for name, least in _LEAST.items():
        for value in (-1, 0, None, 1.5):
            cases[f'{name} {value}'] = (name if value is not None and value < least else '', config(**{name: value}))
    return cases


def _cluster_cases(tf):
    """Returns the cases about the environment variable TF_CONFIG."""

    def config(cluster):
        def make():
            os.environ['TF_CONFIG'] = json.dumps(cluster)
            try:
                made = tf.estimator.RunConfig()
            finally:
                del os.environ['TF_CONFIG']
            fields = (
                'task_type task_id is_chief num_ps_replicas num_worker_replicas master evaluation_master '
                'global_id_in_cluster model_dir'
            )
            return {name: getattr(made, name) for name in fields.split()}

        return make

    return {'TF_CONFIG: ' + name: (word, config(cluster)) for name, (word, cluster) in _CLUSTERS.items()}


def run(tf, workdir, texts=None):
    """Runs all cases; `texts` gets words and error texts."""
    with tf.Graph().as_default():
        return _errors.outcomes({**_config_cases(tf), **_cluster_cases(tf)}, texts)
