"""Programs do under tf1 what they did under TF 1.15.5.

The programs are tests/golden/programs/NAME.py; tools/golden_estimator.py wrote what TF 1.15.5 made of them into
tests/golden/estimator_NAME.json. Names, texts, steps and files have to be equal, numbers to 1e-5. What differs on
purpose stands in `_INTENDED`, with the reason.
"""

from __future__ import annotations

import functools
import importlib
import json
import math
import pathlib
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

import tf1 as tf

pytestmark = pytest.mark.usefixtures('graphs_not_rewritten')

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_NUMBER = re.compile(r'-?\d+\.\d*(?:e[-+]?\d+)?|-?\d+e[-+]?\d+')
_NAMES = sorted(path.stem[len('estimator_') :] for path in _GOLDEN.glob('estimator_*.json'))
# What SDCA finds depends on the order of examples: canned/test_sdca.py compares it, not to the last digit.
_PROGRAMS = [name for name in _NAMES if not name.startswith('errors_') and name != 'sdca']
_GONE = object()


class _Intended(NamedTuple):
    """A difference on purpose: `ours` turns what TF 1.15 had at paths that match into what is right here."""

    reason: str
    paths: str
    ours: Callable[[Any], Any]


def _without_line(text: str) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line for line in lines if text not in line]


def _without_optimizer(variables: list) -> list:
    return [[name, shape] for name, shape in variables or () if 'training/' not in name and '/Adam' not in name] or None


def _steps_counted(lines: list[str]) -> list[str]:
    return [re.sub(r'^(loss = .*, step = )(\d+)', lambda m: f'{m[1]}{int(m[2]) + 1}', line) for line in lines]


def _reworded(lines: list[str]) -> list[str]:
    for theirs, ours in _REWORDED.items():
        lines = [line.replace(theirs, ours) for line in lines]
    return lines


_REWORDED = {
    'WARNING Skipping summary for text, cannot parse string to Summary.': (
        'WARNING No summary for text: its value is no serialized Summary.'
    ),
    'WARNING Skipping summary for truth, must be a float, np.float32, np.int64, np.int32 or int or np.ndarray or a '
    'serialized string of Summary.': 'WARNING No summary for truth: its value is a bool.',
    'WARNING Input graph does not use tf.data.Dataset or contain a QueueRunner. That means predict yields forever. '
    'This is probably a mistake.': (
        'WARNING The input has neither a Dataset nor a queue, so predict yields forever. Return a Dataset from '
        'input_fn, or take as many predictions as are wanted.'
    ),
    "WARNING Estimator's model_fn (<function run.<locals>.model_fn at 0x#>) includes params argument, but params are "
    'not passed to Estimator.': (
        'WARNING model_fn <function run.<locals>.model_fn at 0x#> takes params, but none are given to the Estimator.'
    ),
    '<tensorflow.python.training.server_lib.ClusterSpec object at 0x#>': 'ClusterSpec({})',
}

_INTENDED = (
    _Intended(
        'TF 1.15 takes a Dataset of SparseTensors for an input that never ends.',
        'sparse_input/log',
        _without_line('yields forever'),
    ),
    _Intended(
        'Warnings are in our own words; a cluster shows what it is.', '(metrics|predictions|run_config)/log', _reworded
    ),
    _Intended(
        'The checkpoint of a Keras model has its weights alone; TF 1.15 never read the rest of it.',
        'keras_models/[^/]+/initial checkpoint',
        _without_optimizer,
    ),
    _Intended(
        'A subclassed model is copied like any other.',
        'keras_models/subclassed/log',
        _without_line('subclassed model.'),
    ),
    _Intended('The step of a loss is read after it, under a strategy too.', 'distributed/mirrored/log', _steps_counted),
    _Intended(
        'An array is an ordinary value of a metric: no word about tools that could show it.',
        'metrics/log',
        _without_line('is not visible in Tensorboard'),
    ),
    _Intended(
        'NaN is looked for before any other hook sees the step.', r'nan_loss/(not )?due/calls', lambda calls: calls[:-1]
    ),
    _Intended('What became NaN is not saved.', 'nan_loss/due/log', _without_line('Saving checkpoints for 4')),
    _Intended('What became NaN is not saved.', 'nan_loss/due/checkpoints/steps', lambda steps: steps[:-1]),
    _Intended(
        'What became NaN is not saved.',
        'nan_loss/due/checkpoints/state',
        lambda lines: [lines[0].replace('ckpt-4', 'ckpt-2'), *lines[1:-1]],
    ),
)


@pytest.fixture(scope='module')
def run_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], dict]]:
    """Runs a program here, once; returns what it returns."""

    @functools.cache
    def run(name: str) -> dict:
        result = importlib.import_module(name).run(tf, str(tmp_path_factory.mktemp(name)))
        tf.summary.FileWriterCache.clear()
        return json.loads(json.dumps(result))

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(_GOLDEN / 'programs')
        yield run


@functools.cache
def _golden(name: str) -> dict[str, Any]:
    return json.loads((_GOLDEN / f'estimator_{name}.json').read_text())


def _cases() -> Iterator[tuple[str, str]]:
    for name in _PROGRAMS:
        for key in sorted(_golden(name)['result']):
            yield name, key


@pytest.mark.parametrize(('name', 'key'), list(_cases()))
def test_a_program_does_what_it_did_under_tf_1_15(name: str, key: str, run_program: Callable[[str], dict]) -> None:
    expected = _apply_intended(f'{name}/{key}', _golden(name)['result'][key])
    found = list(_differences(f'{name}/{key}', expected, run_program(name).get(key, _GONE)))
    assert not found, '\n' + '\n'.join(found[:20])


@pytest.mark.parametrize('name', _PROGRAMS)
def test_a_program_returns_nothing_that_its_golden_lacks(name: str, run_program: Callable[[str], dict]) -> None:
    assert sorted(run_program(name)) == sorted(_golden(name)['result'])


def test_every_program_has_a_golden_and_every_golden_a_program() -> None:
    programs = {path.stem for path in (_GOLDEN / 'programs').glob('*.py') if not path.stem.startswith('_')}
    assert programs == set(_NAMES)


@pytest.mark.parametrize('name', _NAMES)
def test_goldens_come_from_tf_1_15_5(name: str) -> None:
    assert _golden(name)['tensorflow'] == '1.15.5'


@pytest.mark.parametrize('intended', _INTENDED, ids=lambda intended: intended.paths)
def test_an_intended_difference_is_one(intended: _Intended) -> None:
    changed = [
        name
        for name in _PROGRAMS
        for path, value in _parts(name, _golden(name)['result'])
        if re.fullmatch(intended.paths, path) and intended.ours(value) != value
    ]
    assert changed


def _parts(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, (dict, list)):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(f'{path}/{key}', part)


def _apply_intended(path: str, value: Any) -> Any:
    """Returns golden values as they ought to be here."""
    if isinstance(value, dict):
        parts = {key: _apply_intended(f'{path}/{key}', part) for key, part in value.items()}
        value = {key: part for key, part in parts.items() if part is not _GONE}
    elif isinstance(value, list):
        value = [_apply_intended(f'{path}/{i}', part) for i, part in enumerate(value)]
    for intended in _INTENDED:
        if re.fullmatch(intended.paths, path):
            value = intended.ours(value)
    return value


def _differences(path: str, expected: Any, got: Any) -> Iterator[str]:
    """Yields a line for each place at which two JSON values differ."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in sorted({*expected, *got}):
            yield from _differences(f'{path}/{key}', expected.get(key, _GONE), got.get(key, _GONE))
    elif isinstance(expected, list) and isinstance(got, list):
        for i in range(max(len(expected), len(got))):
            yield from _differences(f'{path}/{i}', _at(expected, i), _at(got, i))
    elif not _same(expected, got):
        texts = ['nothing' if value is _GONE else repr(value) for value in (expected, got)]
        yield f'{path}: expected {texts[0]}, got {texts[1]}'


def _at(values: list, i: int) -> Any:
    return values[i] if i < len(values) else _GONE


def _same(expected: Any, got: Any) -> bool:
    if isinstance(expected, str) and isinstance(got, str):
        return _words(expected) == _words(got) and all(
            _close(float(a), float(b)) for a, b in zip(_NUMBER.findall(expected), _NUMBER.findall(got), strict=True)
        )
    if isinstance(expected, float) and isinstance(got, float):
        return _close(expected, got)
    return type(expected) is type(got) and expected == got


def _words(text: str) -> list[str]:
    """A text without its decimal numbers; arrays are printed with blanks that depend on their digits."""
    return re.sub(r'\s+', ' ', _NUMBER.sub(' # ', text)).split(' ')


def _close(expected: float, got: float) -> bool:
    return math.isclose(expected, got, rel_tol=1e-5, abs_tol=1e-6) or (math.isnan(expected) and math.isnan(got))
