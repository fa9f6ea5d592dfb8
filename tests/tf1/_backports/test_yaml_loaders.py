"""PyYAML is no requirement of these tests: a module in its place has its functions' arguments."""

from __future__ import annotations

import importlib.machinery
import sys
import types

import pytest


@pytest.fixture
def yaml(monkeypatch):
    module = types.ModuleType('yaml')
    module.__spec__ = importlib.machinery.ModuleSpec('yaml', None)
    module.FullLoader = 'full'
    module.load = lambda stream, Loader: (stream, Loader)
    module.load_all = lambda stream, Loader: iter([(stream, Loader)])
    monkeypatch.setitem(sys.modules, 'yaml', module)
    return module


def test_a_program_may_leave_the_loader_out(yaml, installed, capsys):
    import yaml as theirs

    assert theirs.load('a: 1') == ('a: 1', 'full')
    assert theirs.load(stream='a: 1') == ('a: 1', 'full')
    assert list(theirs.load_all('a: 1')) == [('a: 1', 'full')]
    assert theirs.load('a: 1', Loader='safe') == theirs.load('a: 1', 'safe') == ('a: 1', 'safe')
    assert 'yaml.load without a Loader is gone; yaml.full_load stands in for it.' in capsys.readouterr().err
    library = {'__name__': 'library', '__file__': pytest.__file__, 'yaml': yaml}
    with pytest.raises(TypeError, match='Loader'):
        exec('yaml.load("a: 1")', library)


def test_it_is_undone(yaml, installed):
    import yaml as theirs

    assert theirs.load('') == ('', 'full')
    installed.remove()
    with pytest.raises(TypeError, match='Loader'):
        theirs.load('')
