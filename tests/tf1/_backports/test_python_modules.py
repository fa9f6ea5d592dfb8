from __future__ import annotations

import importlib
import sys
import types

import numpy as np
import pytest

from tf1._backports import python_modules
from tf1._backports.python_modules import LooseVersion, strtobool


@pytest.fixture
def no_modules(monkeypatch):
    """Neither imp nor distutils nor setuptools, as on Python 3.12."""
    for name in [name for name in sys.modules if name.partition('.')[0] in ('imp', 'distutils', 'setuptools')]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, 'setuptools', None)
    yield
    for name in [name for name in sys.modules if name.partition('.')[0] in ('imp', 'distutils')]:
        del sys.modules[name]


def test_imp_reloads_and_loads_files(no_modules, tmp_path):
    imp = python_modules.make('imp')
    assert sys.modules['imp'] is imp
    (tmp_path / 'config.py').write_text('rate = 0.5\n')
    config = imp.load_source('my_config', str(tmp_path / 'config.py'))
    assert config.rate == 0.5
    assert imp.reload is importlib.reload
    assert imp.new_module('fresh').__name__ == 'fresh'
    del sys.modules['my_config']


def test_distutils_has_what_programs_take_from_it(no_modules):
    version = python_modules.make('distutils.version')
    assert version is sys.modules['distutils.version']
    assert sys.modules['distutils'].version is version
    assert sys.modules['distutils.util'].strtobool('yes') == 1
    assert sys.modules['distutils.spawn'].find_executable('no-such-command') is None
    assert python_modules.make('distutils.ccompiler') is None


def test_an_installed_setuptools_brings_distutils():
    distutils = python_modules.make('distutils.version')
    assert distutils is sys.modules['distutils.version']


def test_private_modules_of_scipy_that_programs_import(monkeypatch):
    for name in ('scipy.sparse.linalg.eigen.arpack', 'scipy.misc.pilutil'):
        monkeypatch.setitem(sys.modules, name, None)
    arpack = python_modules.make('scipy.sparse.linalg.eigen.arpack')
    assert arpack.eigsh is importlib.import_module('scipy.sparse.linalg').eigsh
    assert python_modules.make('scipy.misc.pilutil').imresize(np.zeros([4, 6], np.uint8), 50).shape == (2, 3)


def test_modules_of_scikit_learn_that_programs_import(installed):
    model_selection = pytest.importorskip('sklearn.model_selection')
    names = ('sklearn.cross_validation', 'sklearn.externals.joblib', 'sklearn.grid_search')
    try:
        from sklearn.cross_validation import train_test_split
        from sklearn.externals import joblib
        from sklearn.grid_search import GridSearchCV

        assert train_test_split is model_selection.train_test_split
        assert GridSearchCV is model_selection.GridSearchCV
        assert joblib is importlib.import_module('joblib')
    finally:
        for name in names:
            sys.modules.pop(name, None)


def test_other_modules_are_unknown():
    assert python_modules.make('no_such_module') is None


def test_versions_are_compared_part_by_part():
    assert LooseVersion('1.9') < LooseVersion('1.10.0')
    assert LooseVersion('2.21.0') >= '1.4'
    assert LooseVersion('1.4') == LooseVersion('1.4')
    assert str(LooseVersion('1.4rc1')) == '1.4rc1'
    assert repr(LooseVersion('1.4')) == "LooseVersion ('1.4')"


def test_words_for_true_and_false():
    assert [strtobool(word) for word in ('Yes', 'on', '0', 'False')] == [1, 1, 0, 0]
    with pytest.raises(ValueError, match="^invalid truth value 'maybe'$"):
        strtobool('maybe')


def test_a_program_imports_them(installed, monkeypatch, capsys):
    lost = types.ModuleType('lost_module')
    monkeypatch.setitem(python_modules._MODULES, 'lost_module', lambda: lost)
    import lost_module

    assert lost_module is lost is sys.modules.pop('lost_module')
    assert capsys.readouterr().err == "tf1: The module lost_module is gone; tf1's own stands in for it.\n"


def test_a_module_that_a_found_one_lacks_is_still_missing(installed, tmp_path, monkeypatch):
    (tmp_path / 'needs_more.py').write_text('import no_such_module_at_all\n')
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="^No module named 'no_such_module_at_all'$"):
        import needs_more  # noqa: F401
