"""The programs of tests/golden/legacy_programs print here, unmodified, what they printed under TF 1.15.5."""

from __future__ import annotations

import concurrent.futures
import json
import os
import pathlib
import re
import subprocess

import pytest

from tools import forked_python
from tools.golden import legacy

_ROOT = pathlib.Path(__file__).parents[2]
_GOLDEN = json.loads((_ROOT / 'tests' / 'golden' / 'legacy.json').read_text())
_NUMBER = re.compile(r'(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\w])')
# Relative difference of numbers, where the usual one is too strict.
_LOOSER: dict[str, float] = {}
_USUAL = 1e-4


@pytest.fixture(scope='module')
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess]:
    """What each program did, after all have run, two at a time."""
    environment = {**os.environ, **legacy.ENVIRONMENT, 'PYTHONPATH': str(_ROOT)}

    def run(name: str) -> subprocess.CompletedProcess:
        folder = tmp_path_factory.mktemp('legacy')
        words = ['-m', 'tf1.run', os.path.join(legacy.PROGRAMS, name), *legacy.ARGUMENTS.get(name, [])]
        return forked_python.run(words, cwd=folder, env=environment, timeout=900)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(legacy.names(), pool.map(run, legacy.names()), strict=True))


@pytest.mark.parametrize('name', legacy.names())
def test_a_program_prints_what_it_printed_under_tf_1_15(
    ended: dict[str, subprocess.CompletedProcess], name: str
) -> None:
    assert ended[name].returncode == _GOLDEN[name]['status'], ended[name].stderr[-3000:]
    ours = ended[name].stdout.replace(legacy.ENVIRONMENT['MNIST_DIR'], legacy.DATA).splitlines()
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
