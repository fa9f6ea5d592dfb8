"""The programs of tests/golden/legacy_programs print here, unmodified, what they printed under TF 1.15.5."""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest

from tools.golden import legacy

_ROOT = pathlib.Path(__file__).parents[2]
_GOLDEN = json.loads((_ROOT / 'tests' / 'golden' / 'legacy.json').read_text())
_NUMBER = re.compile(r'(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w])')
# Relative difference of numbers, where the usual one is too strict.
_LOOSER: dict[str, float] = {}
_USUAL = 1e-4


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A folder with what each program left, after all have run."""
    folder = tmp_path_factory.mktemp('legacy')
    programs = [[name, os.path.join(legacy.PROGRAMS, name), legacy.ARGUMENTS.get(name, [])] for name in legacy.names()]
    subprocess.run(
        [sys.executable, str(pathlib.Path(__file__).with_name('_legacy_programs.py')), str(folder), '2'],
        input=''.join(json.dumps(program) + '\n' for program in programs),
        env={**os.environ, **legacy.ENVIRONMENT, 'PYTHONPATH': str(_ROOT)},
        text=True,
        check=True,
        timeout=900,
    )
    return folder


@pytest.mark.parametrize('name', legacy.names())
def test_a_program_prints_what_it_printed_under_tf_1_15(folder: pathlib.Path, name: str) -> None:
    errors = (folder / f'{name}.stderr').read_text()
    assert int((folder / f'{name}.status').read_text()) == _GOLDEN[name]['status'], errors[-3000:]
    printed = (folder / f'{name}.stdout').read_text()
    ours = printed.replace(legacy.ENVIRONMENT['MNIST_DIR'], legacy.DATA).splitlines()
    theirs = _GOLDEN[name]['stdout']
    assert [_text(line) for line in ours] == [_text(line) for line in theirs]
    for one, other in zip(ours, theirs, strict=True):
        for number, expected in zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True):
            assert _same(number, expected, _LOOSER.get(name, _USUAL)), f'{one!r} is not {other!r}'


def test_no_golden_output_is_without_its_program() -> None:
    assert sorted(_GOLDEN) == legacy.names()


@pytest.mark.parametrize(
    ('one', 'other', 'same'),
    [
        ('17', '17', True),
        ('17', '18', False),
        ('0.50004', '0.5', True),
        ('0.5', '0.502', False),
        # The last of few digits may be rounded the other way.
        ('0.013', '0.012', True),
        ('0.014', '0.012', False),
        ('1e-05', '1.00001e-05', True),
        ('1.0', '1', True),
    ],
)
def test_numbers_are_the_same_to_their_last_digit_or_four_digits(one: str, other: str, same: bool) -> None:
    assert _same(one, other, _USUAL) is same


def _text(line: str) -> str:
    """Returns a line without its numbers and without the spaces that align them."""
    return ' '.join(_NUMBER.sub('#', line).split()).replace('[ ', '[').replace(' ]', ']')


def _same(number: str, expected: str, tolerance: float) -> bool:
    if '.' not in expected and 'e' not in expected:
        return float(number) == float(expected)
    digits = '' if 'e' in expected else expected.partition('.')[2]
    last = 1.01 * 10.0 ** -len(digits) if 0 < len(digits) < 6 else 0.0
    return abs(float(number) - float(expected)) <= max(tolerance * abs(float(expected)), last)
