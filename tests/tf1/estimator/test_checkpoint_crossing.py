"""Checkpoints that TF 1.15.5 wrote after five training steps go on here as they went on there.

tools/golden/estimator.py wrote them to tests/golden/checkpoints/NAME, with what TF 1.15.5 made of five steps more.
"""

from __future__ import annotations

import importlib
import json
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tf1 as tf

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_NAMES = sorted(path.name for path in (_GOLDEN / 'checkpoints').iterdir())


@pytest.fixture(scope='module')
def load() -> Any:
    """Imports a program, or what programs share, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(_GOLDEN / 'programs')
        yield importlib.import_module


@pytest.fixture
def restored(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> tuple[str, str, dict]:
    """A program's name, a copy of its checkpoint's folder, and what TF 1.15.5 found."""
    name = request.param
    folder = tmp_path / name
    shutil.copytree(_GOLDEN / 'checkpoints' / name, folder, ignore=shutil.ignore_patterns('next.json'))
    return name, str(folder), json.loads((_GOLDEN / 'checkpoints' / name / 'next.json').read_text())


@pytest.mark.parametrize('restored', _NAMES, indirect=True)
def test_training_goes_on_from_a_checkpoint_of_tf_1_15(restored: tuple, load: Callable) -> None:
    name, folder, found = restored
    written = tf.train.list_variables(tf.train.latest_checkpoint(folder))
    resumed = load('_lifetime').resume(tf, folder, load(name).build(tf), max_steps=10)
    np.testing.assert_allclose(resumed['losses'], found['next']['losses'], rtol=1e-5)
    assert resumed['evaluation'] == pytest.approx(found['next']['evaluation'], rel=1e-5)
    assert tf.train.latest_checkpoint(folder).endswith('model.ckpt-10')
    assert tf.train.list_variables(tf.train.latest_checkpoint(folder)) == written


@pytest.mark.parametrize('restored', _NAMES, indirect=True)
def test_a_checkpoint_of_tf_1_15_evaluates_to_the_same(restored: tuple, load: Callable) -> None:
    name, folder, found = restored
    program = load(name).build(tf)
    estimator = tf.estimator.Estimator(program['model_fn'], folder, params=program.get('params'))
    evaluation = estimator.evaluate(program['eval_input_fn'])
    assert evaluation == pytest.approx(found['first']['evaluation'], rel=1e-5)


def test_checkpoints_hold_the_slots_of_four_optimisers() -> None:
    kinds = {'Adagrad', 'Adam', 'Adam_1', 'Momentum', 'RMSProp', 'RMSProp_1'}
    slots = {
        variable.split('/')[-1]
        for name in _NAMES
        for variable, _ in tf.train.list_variables(str(_GOLDEN / 'checkpoints' / name / 'model.ckpt-5'))
    }
    assert kinds <= slots


@pytest.mark.parametrize('name', _NAMES)
def test_a_golden_checkpoint_is_small_and_of_tf_1_15_5(name: str) -> None:
    files = list((_GOLDEN / 'checkpoints' / name).iterdir())
    assert sum(path.stat().st_size for path in files) < 200_000
    assert json.loads((_GOLDEN / 'checkpoints' / name / 'next.json').read_text())['tensorflow'] == '1.15.5'
