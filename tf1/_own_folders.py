"""A program's own folder called `tools` is meant by `import tools`, though tf1 comes with a package of that name."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
import types
from collections.abc import Sequence

# Packages that are installed beside tf1.
_INSTALLED = ('estimators', 'flags', 'graphs', 'tools')


def prefer(folder: str) -> None:
    """Lets folders in `folder` win over the packages beside tf1, even without an `__init__.py` in them.

    Python takes a folder without one only if there is no package of that name anywhere.
    """
    sys.meta_path.insert(0, _Folders(folder))


class _Folders(importlib.abc.MetaPathFinder):
    def __init__(self, folder: str):
        self._folder = folder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in _INSTALLED:
            return None
        found = os.path.join(self._folder, fullname)
        if not os.path.isdir(found) or os.path.exists(f'{found}.py'):
            return None
        if os.path.exists(os.path.join(found, '__init__.py')):
            return None
        spec = importlib.machinery.ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [found]
        return spec
