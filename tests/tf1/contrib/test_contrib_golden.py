"""Every case of tests/golden/contrib_programs gives here what TF 1.15.5 gave: variables, collections, results."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest

import tf1 as tf
from tools.golden import contrib

pytestmark = pytest.mark.usefixtures('graphs_not_rewritten')

_GOLDEN = pathlib.Path(__file__).parents[2] / 'golden'
_CASES = [(area, name) for area in contrib.areas() for name in contrib.load(area)]


def _golden(area: str) -> dict:
    return json.loads((_GOLDEN / f'contrib_{area}.json').read_text())


_RTOL = {'opt': 1e-6}
"""Relative difference that an area's numbers may have; 1e-5 in the others."""


def _same(ours: object, theirs: object, where: str, rtol: float) -> None:
    """Asserts equality of plain values; numbers to `rtol` relative, with 1e-6 absolute for what cancels to zero."""
    if isinstance(theirs, dict):
        assert list(ours) == list(theirs), where
        for key, value in theirs.items():
            _same(ours[key], value, f'{where}.{key}', rtol)
    elif isinstance(theirs, list):
        assert isinstance(ours, list), where
        assert len(ours) == len(theirs), where
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            _same(one, other, f'{where}[{index}]', rtol)
    elif isinstance(theirs, float):
        np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=1e-6, err_msg=where)
    else:
        assert ours == theirs, where


@pytest.mark.parametrize(('area', 'name'), _CASES, ids=lambda value: value)
def test_case_gives_what_tf_1_15_gave(area: str, name: str) -> None:
    theirs = _golden(area)[name]
    ours = json.loads(json.dumps(contrib.observe(tf, contrib.load(area)[name])))
    if 'raises' in theirs:
        assert ours == theirs
        return
    assert ours.get('raises') is None, ours
    assert ours['variables'] == theirs['variables']
    assert ours['collections'] == theirs['collections']
    _same(ours['results'], theirs['results'], name, _RTOL.get(area, 1e-5))


def test_no_golden_case_is_without_its_program() -> None:
    kept = {
        (path.stem[len('contrib_') :], name)
        for path in _GOLDEN.glob('contrib_*.json')
        for name in _golden(path.stem[8:])
    }
    assert kept == set(_CASES)
