"""Whole modules that Python 3.12, SciPy and scikit-learn dropped: `imp`, `distutils`, `sklearn.cross_validation`."""

from __future__ import annotations

import importlib
import importlib.util
import re
import shutil
import sys
import types
from collections.abc import Callable
from functools import total_ordering


def make(name: str) -> types.ModuleType | None:
    """Makes module `name`, with its parents, and enters it into `sys.modules`; None for one that is not known here."""
    if name.partition('.')[0] == 'distutils':
        return _distutils(name)
    if name in _MOVED:
        module = importlib.import_module(_MOVED[name])
        parent, _, last = name.rpartition('.')
        if parent in sys.modules:
            setattr(sys.modules[parent], last, module)
    elif name in _MODULES:
        module = _MODULES[name]()
    else:
        return None
    sys.modules[name] = module
    return module


def load_source(name: str, pathname: str, file: object = None) -> types.ModuleType:
    """`imp.load_source`: executes the Python file `pathname` as module `name`."""
    spec = importlib.util.spec_from_file_location(name, pathname)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@total_ordering
class LooseVersion:
    """`distutils.version.LooseVersion`: numbers and words, compared part by part."""

    def __init__(self, vstring: str):
        self.vstring = vstring
        parts = re.findall(r'\d+|[a-z]+', vstring)
        self.version = [int(part) if part.isdigit() else part for part in parts]

    def __str__(self) -> str:
        return self.vstring

    def __repr__(self) -> str:
        return f"LooseVersion ('{self.vstring}')"

    def __eq__(self, other: object) -> bool:
        return self.version == _loose(other).version

    def __lt__(self, other: object) -> bool:
        return self.version < _loose(other).version


def strtobool(val: str) -> int:
    """`distutils.util.strtobool`.

    Raises:
      ValueError: `val` is no word for true or false.
    """
    if val.lower() in ('y', 'yes', 't', 'true', 'on', '1'):
        return 1
    if val.lower() in ('n', 'no', 'f', 'false', 'off', '0'):
        return 0
    raise ValueError(f'invalid truth value {val!r}')


def _loose(version: object) -> LooseVersion:
    return version if isinstance(version, LooseVersion) else LooseVersion(str(version))


def _imp() -> types.ModuleType:
    return _module('imp', reload=importlib.reload, new_module=types.ModuleType, load_source=load_source)


def _module(name: str, **names: object) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(names)
    return module


def _distutils(name: str) -> types.ModuleType | None:
    try:
        importlib.import_module('setuptools')  # it brings a distutils of its own, where Python has none
        return importlib.import_module(name)
    except ModuleNotFoundError:
        pass
    parts = {
        'distutils.spawn': {'find_executable': shutil.which},
        'distutils.util': {'strtobool': strtobool},
        'distutils.version': {'LooseVersion': LooseVersion, 'StrictVersion': LooseVersion},
    }
    if name != 'distutils' and name not in parts:
        return None
    package = sys.modules['distutils'] = _module('distutils', __path__=[])
    for full, names in parts.items():
        sys.modules[full] = module = _module(full, **names)
        setattr(package, full.rpartition('.')[2], module)
    return sys.modules[name]


# Where the functions of a module of SciPy or scikit-learn that is gone stand now.
_MOVED = {
    'scipy.misc.pilutil': 'tf1._backports.scipy_names',
    'scipy.sparse.linalg.arpack': 'scipy.sparse.linalg',
    'scipy.sparse.linalg.eigen.arpack': 'scipy.sparse.linalg',
    'scipy.sparse.linalg.eigen.lobpcg': 'scipy.sparse.linalg',
    'sklearn.cross_validation': 'sklearn.model_selection',
    'sklearn.externals.joblib': 'joblib',
    'sklearn.externals.six': 'six',
    'sklearn.grid_search': 'sklearn.model_selection',
}
_MODULES: dict[str, Callable[[], types.ModuleType]] = {'imp': _imp}
