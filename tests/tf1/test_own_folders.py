from __future__ import annotations

import sys

import pytest

from tf1 import _own_folders


@pytest.fixture
def finder(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, 'meta_path', [*sys.meta_path])
    _own_folders.prefer(str(tmp_path))
    return sys.meta_path[0]


def test_a_folder_without_init_is_found_under_the_name_of_a_package_of_ours(finder, tmp_path):
    (tmp_path / 'tools').mkdir()
    spec = finder.find_spec('tools')
    assert spec.submodule_search_locations == [str(tmp_path / 'tools')]
    assert spec.loader is None


def test_all_else_is_left_to_python(finder, tmp_path):
    for name in ('flags', 'graphs', 'utils'):
        (tmp_path / name).mkdir()
    (tmp_path / 'flags' / '__init__.py').touch()
    (tmp_path / 'graphs.py').touch()
    assert [finder.find_spec(name) for name in ('flags', 'graphs', 'utils', 'estimators')] == [None] * 4
