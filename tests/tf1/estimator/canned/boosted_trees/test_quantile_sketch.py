from __future__ import annotations

import importlib.util
import json
import pathlib

import numpy as np
import pytest

from tf1.estimator.canned.boosted_trees import quantile_sketch

_GOLDEN = pathlib.Path(__file__).parents[4] / 'golden'
_EXPECTED = json.loads((_GOLDEN / 'boosted_trees.json').read_text())['sketches']


def _sketched():
    spec = importlib.util.spec_from_file_location('boosted_trees_programs', _GOLDEN / 'boosted_trees_programs.py')
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs.sketched()


@pytest.mark.parametrize('name', sorted(_EXPECTED))
def test_quantiles_are_those_of_tf_1_15(name):
    batches, epsilon = _sketched()[name]
    summaries = [quantile_sketch.summary_of(values, weights, epsilon) for values, weights in batches]
    assert [len(summary) for summary in summaries] == _EXPECTED[name]['sizes']
    assert summaries[-1].tolist() == _EXPECTED[name]['last']
    boundaries = quantile_sketch.boundaries_of(summaries, epsilon, int(1 / epsilon))
    assert boundaries.dtype == np.float32
    assert boundaries.tolist() == _EXPECTED[name]['boundaries']


def test_a_summary_of_few_values_is_exact():
    values = np.array([3, 1, 2, 2, 5], np.float32)
    weights = np.array([1, 2, 3, 4, 0], np.float32)
    # Value, weight, and the weight below and up to it; what weighs nothing does not count.
    assert quantile_sketch.summary_of(values, weights, 0.01).tolist() == [[1, 2, 0, 2], [2, 7, 2, 9], [3, 1, 9, 10]]


def test_ranks_of_boundaries_are_off_by_no_more_than_was_asked_for():
    rng = np.random.RandomState(3)
    values = rng.exponential(size=20000).astype(np.float32)
    summaries = [quantile_sketch.summary_of(part, np.ones(2000, np.float32), 0.02) for part in np.split(values, 10)]
    boundaries = quantile_sketch.boundaries_of(summaries, 0.02, 50)
    parts = np.histogram(values, boundaries)[0] / len(values)
    assert 45 <= len(boundaries) <= 52
    # A fiftieth each, an error of a fiftieth at both ends.
    assert parts.max() < 3 / 50
    assert (boundaries[0], boundaries[-1]) == (values.min(), values.max())


def test_nothing_has_no_boundaries():
    empty = quantile_sketch.summary_of(np.zeros([0], np.float32), np.zeros([0], np.float32), 0.1)
    assert empty.shape == (0, 4)
    assert quantile_sketch.boundaries_of([empty], 0.1, 10).tolist() == []
