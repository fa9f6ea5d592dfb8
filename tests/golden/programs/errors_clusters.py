"""What RunConfig makes of TF_CONFIG: a process's place, its masters and session settings; who may train."""

from __future__ import annotations

import json
import os

import _errors

_CHIEF = {'chief': ['h:1'], 'worker': ['h:2', 'h:3'], 'helper': ['h:4', 'h:5'], 'ps': ['h:6', 'h:7'], 'aaa': ['h:8']}
_MASTER = {'master': ['h:1'], 'worker': ['h:2', 'h:3'], 'ps': ['h:6']}
_SMALL = {'chief': ['h:1'], 'ps': ['h:2']}


def _in_cluster(config, function):
    """Calls `function` while TF_CONFIG is `config`."""
    before = os.environ.get('TF_CONFIG')
    os.environ['TF_CONFIG'] = json.dumps(config)
    try:
        return function()
    finally:
        if before is None:
            del os.environ['TF_CONFIG']
        else:
            os.environ['TF_CONFIG'] = before


def _place(tf, **settings):
    config = tf.estimator.RunConfig(**settings)
    names = ('task_type', 'task_id', 'global_id_in_cluster', 'master', 'evaluation_master', 'is_chief')
    found = {name: getattr(config, name) for name in names + ('num_ps_replicas', 'num_worker_replicas')}
    found['jobs'] = config.cluster_spec.as_dict()
    session = config.session_config
    found['session_config'] = None if session is None else _settings(session)
    return found


def _settings(session):
    iterations = session.graph_options.rewrite_options.meta_optimizer_iterations
    return {'filters': list(session.device_filters), 'soft': session.allow_soft_placement, 'iterations': iterations}


def _ids(tf):
    cases = {}
    for name, cluster in (('chief', _CHIEF), ('master', _MASTER)):
        for job in ('chief', 'master', 'worker', 'helper', 'ps', 'aaa', 'evaluator'):
            for index in (-1, 0, 1, 2):
                config = {'cluster': cluster, 'task': {'type': job, 'index': index}}
                cases[f'{name}: {job} {index}'] = ('', config)
    for name, cluster, task in (
        ('master and chief', {'master': ['h:1'], 'chief': ['h:2']}, {'type': 'chief', 'index': 0}),
        ('an evaluator in the cluster', {'chief': ['h:1'], 'evaluator': ['h:2']}, {'type': 'evaluator', 'index': 0}),
        ('a chief beside it', {'chief': ['h:1'], 'evaluator': ['h:2']}, {'type': 'chief', 'index': 0}),
        ('a chief alone', {'chief': ['h:1']}, {'type': 'chief', 'index': 0}),
        ('a master alone', {'master': ['h:1']}, {'type': 'master', 'index': 0}),
        ('two chiefs', {'chief': ['h:1', 'h:2']}, {'type': 'chief', 'index': 0}),
        ('no chief', {'worker': ['h:1', 'h:2']}, {'type': 'worker', 'index': 0}),
        ('no workers', _SMALL, {'type': 'chief', 'index': 0}),
        ('an index in quotes', _SMALL, {'type': 'chief', 'index': '0'}),
        ('no task', _SMALL, {}),
        ('no index', _SMALL, {'type': 'chief'}),
        ('no type', _SMALL, {'index': 0}),
        ('an evaluator without index', _SMALL, {'type': 'evaluator'}),
        ('a job that is not there', _SMALL, {'type': 'foo', 'index': 0}),
        ('no cluster, worker', {}, {'type': 'worker', 'index': 0}),
        ('no cluster, worker 1', {}, {'type': 'worker', 'index': 1}),
        ('no cluster, chief', {}, {'type': 'chief', 'index': 0}),
        ('no cluster, evaluator', {}, {'type': 'evaluator', 'index': 0}),
        ('nothing', {}, {}),
    ):
        cases[name] = ('', {'cluster': cluster, 'task': task})
    return cases


def _masters():
    cases = {}
    for extra in (
        {'session_master': 'a'},
        {'eval_session_master': 'b'},
        {'session_master': 'a', 'eval_session_master': 'b'},
        {'rpc_layer': 'x'},
    ):
        for job in ('chief', 'worker', 'ps', 'evaluator', None):
            config = dict(extra)
            if job:
                config.update(cluster=dict(_SMALL, worker=['h:3']), task={'type': job, 'index': 0})
            cases['{} with {}'.format(job, ' '.join(sorted(extra)))] = ('', config)
    return cases


def _strategies(tf):
    """A strategy takes the cluster upon itself."""
    task = {'type': 'worker', 'index': 1}
    config = {'cluster': {'worker': ['h:1', 'h:2']}, 'task': task}
    strategy = tf.distribute.MirroredStrategy(['/cpu:0'])
    holder = tf.contrib.distribute.DistributeConfig

    def place(**settings):
        return lambda: _in_cluster(config, lambda: _place(tf, **settings))

    def alone(**settings):
        return lambda: _in_cluster({}, lambda: type(tf.estimator.RunConfig(**settings)).__name__)

    return {
        'strategy of training': ('', place(train_distribute=strategy)),
        'strategy of evaluation': ('', place(eval_distribute=strategy)),
        'strategy of training in a holder': ('', place(experimental_distribute=holder(train_distribute=strategy))),
        'strategy of evaluation in a holder': ('', place(experimental_distribute=holder(eval_distribute=strategy))),
        'two of training': ('', alone(train_distribute=strategy, experimental_distribute=holder(strategy))),
        'two of evaluation': ('', alone(eval_distribute=strategy, experimental_distribute=holder(None, strategy))),
        'one of each': ('', alone(train_distribute=strategy, experimental_distribute=holder(None, strategy))),
        'a holder with a remote cluster': ('', alone(experimental_distribute=holder(remote_cluster={'worker': ['h']}))),
    }


def _trainings(tf):
    def model_fn(features, labels, mode):
        step = tf.train.get_global_step()
        return tf.estimator.EstimatorSpec(mode, loss=tf.constant(1.0), train_op=tf.assign_add(step, 1))

    def train(job):
        config = {'cluster': _SMALL if job != 'chief' else {'chief': ['h:1']}, 'task': {'type': job, 'index': 0}}
        estimator = _in_cluster(config, lambda: tf.estimator.Estimator(model_fn))
        return estimator.train(lambda: ({}, None), steps=1)

    return {'train as ' + job: ('', lambda job=job: train(job)) for job in ('chief', 'evaluator', 'ps')}


def run(tf, workdir, texts=None):
    """Returns the places of all processes, or what was refused."""
    cases = {
        name: (word, lambda config=config: _in_cluster(config, lambda: _place(tf)))
        for name, (word, config) in list(_ids(tf).items()) + list(_masters().items())
    }
    cases.update(_strategies(tf))
    cases.update(_trainings(tf))
    return _errors.outcomes(cases, texts)
