"""The cluster page: its TFJob fits the operator's schema, and tf1 accepts what TF_CONFIG says in each of its pods."""

from __future__ import annotations

import json
import pathlib

import pytest

from tf1.estimator import cluster

_SCHEMA = pathlib.Path(__file__).with_name('tfjob.schema.json')
_TYPES = {'object': dict, 'array': list, 'string': str, 'integer': int, 'boolean': bool}


def faults(value, schema, path='', root=None):
    """Yields what does not fit; a key that the schema does not know is a fault, as for `kubectl --validate=strict`."""
    root = root or schema
    if '$ref' in schema:
        schema = root['$defs'][schema['$ref'].rpartition('/')[2]]
    if 'enum' in schema:
        if value not in schema['enum']:
            yield f'{path}: {value!r} is not one of {schema["enum"]}'
        return
    if type(value) is not _TYPES[schema['type']]:
        yield f'{path}: {value!r} is not of type {schema["type"]}'
        return
    yield from (f'{path}.{name} is missing' for name in schema.get('required', ()) if name not in value)
    if 'properties' in schema:
        for name, item in value.items():
            if name not in schema['properties']:
                yield f'{path}.{name} is unknown'
            else:
                yield from faults(item, schema['properties'][name], f'{path}.{name}', root)
    for index, item in enumerate(value if 'items' in schema else ()):
        yield from faults(item, schema['items'], f'{path}[{index}]', root)


@pytest.fixture(scope='module')
def files(blocks, pages):
    """The page's JSON files by name."""
    found = blocks.parse((pages / 'clusters.md').read_text())
    return {block.info.split()[1]: json.loads(block.source) for block in found if block.info.startswith('json ')}


@pytest.fixture
def schema():
    """The part of TFJob's schema that the page uses."""
    return json.loads(_SCHEMA.read_text())


def test_the_manifest_fits_the_schema(files, schema):
    assert list(faults(files['tfjob.json'], schema)) == []


@pytest.mark.parametrize(
    ('change', 'fault'),
    [
        (lambda spec: spec.pop('tfReplicaSpecs'), '.spec.tfReplicaSpecs is missing'),
        (lambda spec: spec.update(runPolicy={'cleanPodPolicy': 'running'}), '.spec.runPolicy.cleanPodPolicy: '),
        (lambda spec: spec['tfReplicaSpecs'].update(Workers={}), '.spec.tfReplicaSpecs.Workers is unknown'),
        (lambda spec: spec['tfReplicaSpecs']['PS'].update(replicas='1'), '.spec.tfReplicaSpecs.PS.replicas: '),
        (
            lambda spec: spec['tfReplicaSpecs']['PS']['template']['spec']['containers'][0].update(name='tf'),
            '.spec.tfReplicaSpecs.PS.template.spec.containers[0].name: ',
        ),
    ],
)
def test_a_fault_in_the_manifest_is_found(files, schema, change, fault):
    manifest = json.loads(json.dumps(files['tfjob.json']))
    change(manifest['spec'])
    (found,) = faults(manifest, schema)
    assert found.startswith(fault)


def test_every_pod_runs_the_page_s_program_and_the_trainers_share_a_model_dir(files):
    for name, replica in files['tfjob.json']['spec']['tfReplicaSpecs'].items():
        pod = replica['template']['spec']
        assert pod['containers'][0]['command'] == ['tf1-run', 'cluster.py']
        mounts = [(mount['name'], mount['mountPath']) for mount in pod['containers'][0].get('volumeMounts', ())]
        assert mounts == ([] if name == 'PS' else [('models', '/work/models')])


def test_tf1_accepts_what_the_operator_tells_each_pod(files, monkeypatch):
    replicas = {name.lower(): spec['replicas'] for name, spec in files['tfjob.json']['spec']['tfReplicaSpecs'].items()}
    jobs = {
        name: [f'mnist-{name}-{index}.default.svc:2222' for index in range(count)]
        for name, count in replicas.items()
        if name != 'evaluator'
    }
    places = {}
    for name, count in replicas.items():
        for index in range(count):
            config = {'cluster': jobs, 'task': {'type': name, 'index': index}, 'environment': 'cloud'}
            monkeypatch.setenv('TF_CONFIG', json.dumps(config))
            place = cluster.from_environment()
            places[f'{name}-{index}'] = (place.is_chief, place.num_ps_replicas, place.num_worker_replicas, place.master)
    assert places == {
        'chief-0': (True, 1, 3, 'grpc://mnist-chief-0.default.svc:2222'),
        'worker-0': (False, 1, 3, 'grpc://mnist-worker-0.default.svc:2222'),
        'worker-1': (False, 1, 3, 'grpc://mnist-worker-1.default.svc:2222'),
        'ps-0': (False, 1, 3, 'grpc://mnist-ps-0.default.svc:2222'),
        'evaluator-0': (False, 0, 0, ''),
    }


def test_the_example_of_tf_config_is_the_second_worker(files, monkeypatch):
    monkeypatch.setenv('TF_CONFIG', json.dumps(files['tf_config.json']))
    place = cluster.from_environment()
    assert (place.task_type, place.task_id, place.num_worker_replicas) == ('worker', 1, 3)
    assert place.master == 'grpc://host3:2222'


@pytest.mark.parametrize(
    ('config', 'text'),
    [
        ('nonsense', 'TF_CONFIG must be JSON, got '),
        ('{"cluster": {"worker": ["a:1"]}}', 'TF_CONFIG: a "cluster" must have exactly one "chief" task, got '),
        ('{"cluster": {"chief": ["a:1"]}}', 'TF_CONFIG: with a "cluster", "task" needs "type" and "index", got '),
        (
            '{"cluster": {"chief": ["a:1"]}, "task": {"type": "worker", "index": 0}}',
            "TF_CONFIG: task type 'worker' is not in the cluster, which has ",
        ),
        (
            '{"cluster": {"chief": ["a:1"], "worker": ["b:1", "c:1"]}, "task": {"type": "worker", "index": 2}}',
            "TF_CONFIG: task index must be in 0..1 for 'worker', got 2.",
        ),
    ],
)
def test_the_page_lists_the_errors_that_one_gets(pages, monkeypatch, config, text):
    monkeypatch.setenv('TF_CONFIG', config)
    with pytest.raises(ValueError, match='TF_CONFIG') as error:
        cluster.from_environment()
    assert str(error.value).startswith(text)
    assert f'| `{text}' in (pages / 'clusters.md').read_text()
