"""The calls of tests/golden/graph_calls build TF 1.15.5's graphs with its seeds, but those that the docs list."""

import re
from pathlib import Path

import pytest

from tools.golden import graph_calls, graph_difference

_PAGE = (Path(__file__).parents[2] / 'docs' / 'differences-of-graphs.md').read_text()
_SECTIONS = dict(re.findall(r'^## (\w+)\n(.*?)(?=^## |\Z)', _PAGE, re.M | re.S))
_LISTED = {area: re.findall(r'^\| `(.+?)` \|', text, re.M) for area, text in _SECTIONS.items()}


def test_the_page_lists_calls_of_areas_that_there_are():
    assert set(_SECTIONS) <= set(graph_calls.areas())
    for area, listed in _LISTED.items():
        assert set(listed) <= set(graph_calls.calls(area)), area


# What Keras says of its own old functions is no concern of graphs.
@pytest.mark.filterwarnings('ignore')
@pytest.mark.parametrize('area', sorted(_SECTIONS))
def test_all_other_calls_of_an_area_build_equal_graphs(area):
    others = [call for call in graph_calls.calls(area) if call not in _LISTED[area]]
    found = graph_difference.differences(area, others)
    wrong = {}
    for difference in found:
        if not difference.is_equal:
            wrong[difference.call] = difference.error or difference.first
        elif difference.seeds:
            wrong[difference.call] = f'seeds of {", ".join(difference.seeds)}'
    assert wrong == {}


def test_nearly_all_calls_are_equal():
    calls = sum(len(graph_calls.calls(area)) for area in _SECTIONS)
    listed = sum(len(listed) for listed in _LISTED.values())
    assert listed <= 0.06 * calls
