"""Which modules of a process are the program that tf1 runs, and which are libraries that it uses."""

from __future__ import annotations

import os
import site
import sysconfig
from collections.abc import Iterable, Mapping

from tf1._backports.libraries import FOLDERS, Libraries

_MAIN = ('__main__', '__mp_main__')


class UserCode:
    """Tells a program's modules from libraries by where their files are.

    A library is what Python brings, what is installed in a site-packages folder, and tf1 itself. All else is the
    program, and so are the main module wherever it is and libraries that are written for TF 1.

    Args:
      packages: top-level packages that belong to the program although they are installed, such as the one that
        `python -m tf1.run -m PACKAGE.MODULE` names.
      libraries: answers for installed packages whether they are written for TF 1; None for no such package.
    """

    def __init__(self, packages: Iterable[str] = (), libraries: Libraries | None = None):
        self._libraries = libraries
        self._packages = frozenset(packages)
        self._roots = tuple(_library_roots())
        self._known: dict[str, bool] = {}
        self._installed: dict[str, bool] = {}

    def owns(self, names: Mapping[str, object]) -> bool:
        """Returns whether the module with the global variables `names` belongs to the program."""
        name = names.get('__name__')
        if name is None or name in _MAIN or (self._packages and str(name).partition('.')[0] in self._packages):
            return True
        path = names.get('__file__')
        if not isinstance(path, str):
            return False
        if path not in self._known:
            self._known[path] = not self._is_library(path) or self._is_for_tf1(path)
        return self._known[path]

    def is_installed(self, names: Mapping[str, object]) -> bool:
        """Returns whether the module with the global variables `names` is a library, of TF 1 or not."""
        path = names.get('__file__')
        if names.get('__name__') in _MAIN or not isinstance(path, str) or self._known.get(path):
            return False
        if self._libraries is not None and self._libraries.has_found(path):
            return False
        if path not in self._installed:
            self._installed[path] = self._is_library(path)
        return self._installed[path]

    def _is_for_tf1(self, path: str) -> bool:
        return self._libraries is not None and self._libraries.owns(path)

    def _is_library(self, path: str) -> bool:
        path = os.path.normcase(os.path.abspath(path))
        return path.startswith(self._roots) or any(folder in path.split(os.sep) for folder in FOLDERS)


def _library_roots() -> Iterable[str]:
    paths = sysconfig.get_paths()
    folders = {paths[key] for key in ('stdlib', 'platstdlib', 'purelib', 'platlib')}
    # A virtual environment's standard library is the one of the Python that it was made from.
    folders.update(os.path.realpath(folder) for folder in tuple(folders))
    folders.add(os.path.dirname(os.path.abspath(os.__file__)))
    folders.update(site.getsitepackages())
    folders.add(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return (os.path.normcase(folder) + os.sep for folder in folders)
