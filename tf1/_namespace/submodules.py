"""Dotted imports below `tf1`: `import tf1.keras.layers`, `from tf1.nn.rnn_cell import LSTMCell`.

Most of tf1's modules are attributes, not files. The finder here looks up each part of a dotted name as an attribute of
the part before it; paths that only TF 1 had lead to where their names are now (`tf1._namespace.moved_modules`).
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence

from tf1 import _namespace
from tf1._namespace import absent_packages, moved_modules, removed

_PACKAGE = __name__.partition('.')[0]


def install() -> None:
    """Makes dotted imports below `tf1` work; once is enough."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self):
        self._sought: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parent_name, _, child = fullname.rpartition('.')
        if not parent_name or parent_name.partition('.')[0] != _PACKAGE:
            return None
        # A package that has the attribute only by importing this very name has no such submodule.
        if fullname in self._sought:
            return None
        parent = sys.modules[parent_name]
        if _namespace.path_of(parent) == parent_name and importlib.machinery.PathFinder.find_spec(fullname, path):
            return None
        self._sought.add(fullname)
        try:
            return importlib.machinery.ModuleSpec(fullname, _Standing(_find(parent, fullname, child)))
        finally:
            self._sought.remove(fullname)


class _Standing(importlib.abc.Loader):
    """Loader of a module that exists already, for one more name."""

    def __init__(self, module: types.ModuleType):
        self._module = module

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        sys.modules[module.__name__] = self._module


def _find(parent: types.ModuleType, fullname: str, child: str) -> types.ModuleType:
    """Returns the module that `fullname`, below `parent`, stands for.

    Raises:
      ModuleNotFoundError: none; the text names the successor, where there is one.
    """
    renamed = moved_modules.renamed(fullname)
    if renamed:
        return importlib.import_module(renamed)
    inside = moved_modules.inside(fullname, parent)
    if inside is not None:
        return inside
    module = _attribute(parent, child)
    if module is None and not isinstance(parent, moved_modules.OldPath):
        module = _real(parent, fullname)
    older = moved_modules.module(fullname, parent, module)
    if older is not None:
        return older
    if module is not None:
        return module
    public = _public_name(parent, fullname)
    is_package = public == 'tf.contrib' and removed.successor(f'{public}.{child}')
    if is_package and not absent_packages.is_wanted_if_there():
        return absent_packages.AbsentPackage(fullname)
    # The name is not `fullname`: importlib takes an error with that one for "no such submodule" and drops its text.
    raise ModuleNotFoundError(str(removed.attribute_error(public, child)), name=f'{public}.{child}')


def _attribute(parent: types.ModuleType, child: str) -> types.ModuleType | None:
    todays = getattr(type(parent), 'todays', None)
    value = getattr(parent, child, None) if todays is None else todays(parent, child)
    return value if isinstance(value, types.ModuleType) else None


def _real(parent: types.ModuleType, fullname: str) -> types.ModuleType | None:
    """Returns a submodule that TensorFlow or Keras has on disk but not as an attribute."""
    child = fullname.rpartition('.')[2]
    path = _namespace.path_of(parent)
    if path.partition('.')[0] == _PACKAGE:
        name = 'tensorflow' + fullname.removeprefix(_PACKAGE)
    else:
        name = f'{path}.{child}'
    try:
        found = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None
    return importlib.import_module(name) if found else None


def _public_name(parent: types.ModuleType, fullname: str) -> str:
    if isinstance(parent, _namespace.Overlay):
        return parent._tf1_name
    return 'tf' + fullname.rpartition('.')[0].removeprefix(_PACKAGE)
