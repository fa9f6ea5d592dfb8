from __future__ import annotations

import json
import re

import pytest

from tf1.estimator import cluster

CLUSTER = {'chief': ['h0:1'], 'worker': ['h1:1', 'h2:1'], 'ps': ['h3:1']}


@pytest.fixture
def place(monkeypatch):
    """Reads a TF_CONFIG, given as an object or as text."""

    def read(config):
        monkeypatch.setenv('TF_CONFIG', config if isinstance(config, str) else json.dumps(config))
        return cluster.from_environment()

    return read


def task(kind, index=0, **more):
    return {'cluster': CLUSTER, 'task': {'type': kind, 'index': index}, **more}


LOCAL = ({}, 'worker', 0, True, 0, 1, 0, '', '', None, None)


def as_tuple(place):
    return (place.cluster_spec.as_dict(), *place[1:])


def test_without_tf_config_a_process_is_on_its_own(monkeypatch):
    monkeypatch.delenv('TF_CONFIG', raising=False)
    assert as_tuple(cluster.from_environment()) == LOCAL


@pytest.mark.parametrize('config', ['', '{}', {'cluster': {}}, {'task': {}}, {'task': {'type': 'worker', 'index': 0}}])
def test_without_a_cluster_a_process_is_on_its_own(place, config):
    assert as_tuple(place(config)) == LOCAL


# Columns as in TF 1.15: is_chief, parameter servers, workers (the chief is one), id among all, address.
@pytest.mark.parametrize(
    ('kind', 'index', 'is_chief', 'global_id', 'master'),
    [
        ('chief', 0, True, 0, 'grpc://h0:1'),
        ('worker', 0, False, 1, 'grpc://h1:1'),
        ('worker', 1, False, 2, 'grpc://h2:1'),
        ('ps', 0, False, 3, 'grpc://h3:1'),
    ],
)
def test_every_task_of_a_cluster_knows_its_place(place, kind, index, is_chief, global_id, master):
    assert as_tuple(place(task(kind, index))) == (
        CLUSTER,
        kind,
        index,
        is_chief,
        1,
        3,
        global_id,
        master,
        '',
        None,
        None,
    )


@pytest.mark.parametrize('index', [0, 1])
def test_an_evaluator_stands_outside_of_the_cluster(place, index):
    expected = ({}, 'evaluator', index, False, 0, 0, None, '', '', None, None)
    assert as_tuple(place(task('evaluator', index))) == expected


def test_a_chief_alone_needs_no_server(place):
    found = place({'cluster': {'chief': ['h0:1']}, 'task': {'type': 'chief', 'index': 0}})
    assert as_tuple(found) == ({'chief': ['h0:1']}, 'chief', 0, True, 0, 1, 0, '', '', None, None)


def test_a_master_is_a_chief_by_its_old_name(place):
    found = place({'cluster': {'master': ['h0:1'], 'worker': ['h1:1']}, 'task': {'type': 'master', 'index': 0}})
    assert (found.task_type, found.is_chief, found.num_worker_replicas) == ('master', True, 2)


def test_an_index_may_be_written_as_text(place):
    assert place(task('worker', '1')).task_id == 1


def test_addresses_of_sessions_can_be_given(place):
    found = place({'session_master': 'grpc://x', 'eval_session_master': 'y'})
    assert (found.master, found.evaluation_master) == ('grpc://x', 'y')
    found = place(task('worker', session_master='grpc://x', eval_session_master='y'))
    assert (found.master, found.evaluation_master) == ('grpc://x', '')
    assert place({'session_master': 'grpc://x'}).evaluation_master == ''


def test_sessions_speak_grpc(place):
    assert place(task('worker', rpc_layer='grpc+verbs')).master == 'grpc://h1:1'


def test_service_and_model_dir_are_handed_on(place):
    found = place({'service': {'a': 1}, 'model_dir': '/m'})
    assert (found.service, found.model_dir) == ({'a': 1}, '/m')
    assert place(task('chief', model_dir='/m')).model_dir == '/m'


@pytest.mark.parametrize(
    ('config', 'text'),
    [
        ('notjson', "TF_CONFIG must be JSON, got 'notjson': Expecting value: line 1 column 1 (char 0)."),
        ('[1]', "TF_CONFIG must be a JSON object, got '[1]'."),
        ({'cluster': CLUSTER}, 'TF_CONFIG: with a "cluster", "task" needs "type" and "index", got {}.'),
        (
            {'cluster': CLUSTER, 'task': {'type': 'worker'}},
            'TF_CONFIG: with a "cluster", "task" needs "type" and "index", got {\'type\': \'worker\'}.',
        ),
        (
            {'cluster': {'worker': ['h1:1']}, 'task': {'type': 'worker', 'index': 0}},
            'TF_CONFIG: a "cluster" must have exactly one "chief" task, got {\'worker\': [\'h1:1\']}.',
        ),
        (
            {'cluster': {'chief': ['a:1', 'b:1']}, 'task': {'type': 'chief', 'index': 0}},
            "TF_CONFIG: a \"cluster\" must have exactly one \"chief\" task, got {'chief': ['a:1', 'b:1']}.",
        ),
        (task('foo'), "TF_CONFIG: task type 'foo' is not in the cluster, which has ['chief', 'ps', 'worker']."),
        (task('worker', 7), "TF_CONFIG: task index must be in 0..1 for 'worker', got 7."),
        (task('worker', -1), 'TF_CONFIG: "task" index must be >= 0, got -1.'),
        (task('chief', 1), "TF_CONFIG: task index must be in 0..0 for 'chief', got 1."),
        (
            {'task': {'type': 'worker', 'index': 1}},
            'TF_CONFIG: without a "cluster" the "task" index must be 0, got 1.',
        ),
        *(
            (
                {'task': {'type': kind, 'index': 0}},
                f'TF_CONFIG: "task" type \'{kind}\' needs a "cluster"; without one only "worker" can run.',
            )
            for kind in ('ps', 'chief', 'evaluator')
        ),
        ({'model_dir': ''}, 'TF_CONFIG: "model_dir" must be non-empty.'),
    ],
)
def test_what_could_not_run_is_refused(place, config, text):
    with pytest.raises(ValueError, match=f'^{re.escape(text)}$'):
        place(config)


def test_a_service_is_an_object(place):
    with pytest.raises(TypeError, match=r'^TF_CONFIG: "service" must be a JSON object, got 3\.$'):
        place({'service': 3})


@pytest.mark.parametrize('config', [{'cluster': [1], 'task': {'type': 'chief', 'index': 0}}, {'cluster': 'h0:1'}])
def test_a_cluster_is_an_object(place, config):
    with pytest.raises(TypeError, match='dictionary'):
        place(config)
