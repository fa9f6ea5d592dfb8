"""Checkpoints with what TF 1.15.5 found for them, converted and trained further with Keras 3 in one process."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import subprocess
import sys
from typing import Any, NamedTuple

import numpy as np
import pytest

import tf1 as tf
from estimators import cnn, hparams, systems
from graphs import ocr_cnn
from tf1._checkpoint import writing
from tools.conversion import convert, saved_model, tf1_checkpoint
from tools.conversion.convert import Model
from tools.conversion.tf2_process import Handover, environment, take
from tools.systems import graph_systems, inference_graphs

GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_ROOT = pathlib.Path(__file__).parents[3]
_NEXT = 2
# Where a channel hardly varies, batchnorm_cnn divides by next to nothing: rounding alone moves its third loss by 5e-4.
_FIRST = {'batchnorm_cnn': 0}
_GRAPHS = {
    'patch_cnn': {'keep_prob': 1.0},
    'lowlevel_cnn': {'keep_prob': 1.0},
    'layers_cnn': {'dropout_rate': 0.0},
    'ocr_cnn': {},
    'batchnorm_cnn': {},
}
# What tests/golden/programs trained: the side of its images, rows, batch and learning rate.
_ESTIMATORS = {
    'linear': (28, 90, 20, 0.05),
    'mlp': (10, 60, 25, 0.01),
    'cnn': (8, 48, 10, 0.01),
}


class Case(NamedTuple):
    """A checkpoint to convert.

    model: the system.
    prefix: its checkpoint.
    batches: images and labels of the steps that Keras 3 trains further.
    losses: what TF 1.15.5 found in those steps.
    done: steps before.
    """

    model: Model
    prefix: str
    batches: tuple[np.ndarray, np.ndarray]
    losses: list[float]
    done: int


class Converted(NamedTuple):
    """A case with what came of it.

    wanted: the answers in TF 1.x. answers: those of Keras 3.
    found: the losses of training in Keras 3, and what the model looks like.
    after_one: its values after the first step.
    """

    case: Case
    wanted: dict[str, np.ndarray]
    answers: dict[str, np.ndarray]
    found: dict[str, Any]
    after_one: dict[str, np.ndarray]


def load_golden(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, GOLDEN / f'{name}.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _graph_case(name: str, folder: pathlib.Path) -> Case:
    """Trains from fixed values, with the losses of TF 1.15.5, and leaves the two steps after that to Keras."""
    steps, golden = load_golden('conversion_steps'), json.loads((GOLDEN / 'conversion.json').read_text())
    hparams = graph_systems.SYSTEMS[name].HParams(**_GRAPHS[name])
    data, first = steps.batches(), _FIRST.get(name, 4)
    last = first + _NEXT
    with graph_systems.start(name, hparams) as run:
        steps.set_values(tf, run.session)
        losses = steps.train(run.session, name, run.net._asdict(), range(first))
        np.testing.assert_allclose(losses, golden['losses'][name][:first], rtol=1e-5)
        prefix = run.save(str(folder / name))
    model = inference_graphs.graph_model(name, hparams, np.concatenate([images for images, _ in data]))
    shape = model.inference.x.shape.as_list()[1:]
    images = np.stack([images.reshape(-1, *shape) for images, _ in data[first:last]])
    labels = np.stack([steps.labels_for(name, labels) for _, labels in data[first:last]])
    return Case(model, prefix, (images, labels), golden['losses'][name][first:last], first)


def _estimator_case(name: str) -> Case:
    """The golden checkpoint of TF 1.15.5 after five steps, and its next steps, for which the input began anew."""
    side, rows, batch, rate = _ESTIMATORS[name]
    random, classes = np.random.RandomState(0), np.random.RandomState(1)
    images, labels = random.rand(rows, side * side).astype(np.float32), classes.randint(0, 10, rows)
    sizes = {'mlp': {'hidden_units': 16}, 'cnn': {'filters': 4, 'hidden_units': 12, 'dropout_rate': 1e-9}}
    kinds = {'linear': hparams.HParams, 'mlp': systems.mlp.HParams, 'cnn': cnn.HParams}
    values = kinds[name](side=side, learning_rate=rate, batch_size=batch, steps=10, **sizes.get(name, {}))
    model = inference_graphs.estimator_model(systems.SYSTEMS[name], values, images)
    places = np.arange(_NEXT * batch).reshape(_NEXT, batch)
    folder = GOLDEN / 'checkpoints' / name
    losses = json.loads((folder / 'next.json').read_text())['next']['losses'][:_NEXT]
    return Case(model, str(folder / 'model.ckpt-5'), (images[places], labels[places]), losses, 5)


@pytest.fixture(name='load_golden')
def _load_golden() -> Any:
    return load_golden


@pytest.fixture(scope='session')
def small_ocr_cnn() -> Model:
    """The network of tests/golden/ocr_cnn_small, to be asked about the images of its golden answers."""
    places = np.arange(8 * 784).reshape(8, 784)
    values = ocr_cnn.HParams(num_filters1=2, num_filters2=3, fc_size=4)
    return inference_graphs.graph_model('ocr_cnn', values, ((places * 7) % 256 / 255).astype(np.float32))


@pytest.fixture
def golden_checkpoint() -> str:
    """Its checkpoint of TF 1.15.5."""
    return str(GOLDEN / 'ocr_cnn_small' / 'model.ckpt-5')


@pytest.fixture
def golden_answers() -> np.ndarray:
    """The probabilities that TF 1.15.5 computed from it, `[8, 10]`."""
    return np.array(json.loads((GOLDEN / 'graph_ocr_cnn_small.json').read_text())['after 5 steps'])


@pytest.fixture(scope='session')
def workshop(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All that one process of Keras 3 made: `Converted` by system, and arrays by what was done."""
    folder = tmp_path_factory.mktemp('workshop')
    cases = {name: _estimator_case(name) for name in _ESTIMATORS}
    cases |= {name: _graph_case(name, folder) for name in _GRAPHS}
    layers = cases['layers_cnn']
    saved_model.write(layers.model.inference, layers.prefix, str(folder / 'saved_model'))
    with Handover() as handover:
        jobs = {name: _keras_job(case, folder / f'{name}.keras', handover) for name, case in cases.items()}
        trained = {name: _training(case, jobs[name]['output'], handover) for name, case in cases.items()}
        tf2 = _keras_job(cases['cnn'], folder / 'tf2', handover, 'write_checkpoint')
        tree = {'do': 'write_tree', 'prefix': cases['linear'].prefix, 'output': str(folder / 'tree')}
        odd = {'do': 'write_tree', 'prefix': _odd_checkpoint(folder), 'output': str(folder / 'odd_tree')}
        restored = {key: handover.path() for key in ('model_and_optimizer', 'model')}
        planted, served, refused = handover.path(), handover.path(), handover.path('.json')
        then = {
            'train': list(trained.values()),
            'restore_checkpoint': [{**tf2, **restored}],
            'restore_tree': [{'tree': tree['output'], 'found': planted}],
            'compile_otherwise': [{**jobs['cnn'], **{key: str(folder / f'{key}.keras') for key in ('sgd', 'adam')}}],
            'refuse': [{'jobs': _odd_jobs(folder), 'found': refused}],
            'serve': [{**jobs['layers_cnn'], 'saved_model': str(folder / 'saved_model'), 'found': served}],
        }
        _run({'jobs': [*jobs.values(), tf2, tree, odd], 'then': then}, handover)
        return {
            'converted': {name: _converted(case, jobs[name], trained[name]) for name, case in cases.items()},
            'folder': folder,
            'cnn': take(tf2['arrays']),
            'tree': take(planted),
            'served': take(served),
            'refused': json.loads(pathlib.Path(refused).read_text()),
            **{key: take(path) for key, path in restored.items()},
        }


def _odd_checkpoint(folder: pathlib.Path) -> str:
    """Names with dots, and values that are not numbers."""
    values = {
        'a.b/c': np.float32([1, np.nan]),
        'a.b/c/Adam': np.float32([2, 3]),
        'words': np.array([b'x', b'y'], object),
    }
    prefix = str(folder / 'odd-1')
    kinds = {'words': tf.string}
    writing.write(prefix, ((name, kinds.get(name, tf.float32), value) for name, value in values.items()))
    return prefix


def _odd_jobs(folder: pathlib.Path) -> dict[str, dict[str, str]]:
    """Jobs that cannot be done. One file is made here, others while the process runs."""
    (folder / 'cut.keras').write_bytes(b'PK\x03\x04 cut short')
    files = {'cut short': 'cut', 'another model': 'mlp', 'another optimiser': 'sgd', 'another epsilon': 'adam'}
    jobs = {
        what: {'do': 'read_keras', 'system': 'cnn', 'input': str(folder / f'{name}.keras')}
        for what, name in files.items()
    }
    nested = {name: np.zeros(1) for name in ('a', 'a/b', 'a/b/c')}
    prefix = tf1_checkpoint.write(nested, str(folder / 'nested'), 'model.ckpt', 1)
    return {**jobs, 'nested names': {'do': 'write_tree', 'prefix': prefix, 'output': str(folder / 'nested_tree')}}


def _keras_job(case: Case, path: pathlib.Path, handover: Handover, do: str = 'write_keras') -> dict[str, Any]:
    return convert.keras_job(case.model, convert.read_arrays(case.model, case.prefix), str(path), handover, do)


def _training(case: Case, keras: str, handover: Handover) -> dict[str, str]:
    batches = handover.give(images=case.batches[0], labels=case.batches[1])
    return {'keras': keras, 'batches': batches, 'after_one': handover.path(), 'found': handover.path('.json')}


def _run(asked: dict[str, Any], handover: Handover) -> None:
    path = pathlib.Path(handover.path('.json'))
    path.write_text(json.dumps(asked))
    program = pathlib.Path(__file__).with_name('keras_program.py')
    variables = {**environment(), 'PYTHONPATH': str(_ROOT)}
    subprocess.run([sys.executable, str(program), str(path)], env=variables, check=True)


def _converted(case: Case, job: dict[str, Any], trained: dict[str, str]) -> Converted:
    wanted = case.model.inference.answers(case.prefix, case.model.images)
    found = json.loads(pathlib.Path(trained['found']).read_text())
    return Converted(case, wanted, take(job['answers']), found, take(trained['after_one']))


@pytest.fixture(params=sorted({*_ESTIMATORS, *_GRAPHS}))
def converted(request: pytest.FixtureRequest, workshop: dict[str, Any]) -> Converted:
    """Each of the systems, converted."""
    return workshop['converted'][request.param]
