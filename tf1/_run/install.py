"""`tf1.install()`: what `python -m tf1.run` does for a program, for the process that calls it."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Iterable

from tf1._backports import Backports, old_protobuf, python_modules, tensorflow_names
from tf1._backports.libraries import Libraries
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run import child_processes, subprocesses
from tf1._run.figures import Figures
from tf1._run.import_hook import ImportHook


class Installation:
    """Answers import statements and dropped names of a program, until `remove`.

    Args:
      user_code: the modules that are answered.
      notices: where it is said what stands in for what.
      figures: takes over matplotlib once it is imported; None leaves matplotlib as it is.
    """

    def __init__(self, user_code: UserCode, notices: Notices, figures: Figures | None = None):
        self._user_code = user_code
        self._notices = notices
        self._figures = figures
        self._imports = ImportHook(user_code, self)
        self._backports = Backports(user_code, notices)
        self._undo: list[Callable[[], None]] = []
        self._are_children_prepared = False

    def install(self) -> None:
        """Starts to answer."""
        self._imports.install()
        self._backports.install()
        self._undo.append(old_protobuf.install())

    def remove(self) -> None:
        """Undoes `install`, except for modules that were made for the program."""
        self._imports.remove()
        self._backports.remove()
        while self._undo:
            self._undo.pop()()
        self._are_children_prepared = False

    def imported(self, root: str) -> None:
        """Prepares what package `root`, or one that it brought along, needs to serve the program."""
        self._backports.install()
        if not self._are_children_prepared and 'multiprocessing.spawn' in sys.modules:
            self._are_children_prepared = True
            self._undo += [child_processes.prepare(), subprocesses.prepare(self._user_code)]
        if root == 'matplotlib' and self._figures is not None:
            self._figures.take_over()

    def imported_private(self, module: types.ModuleType) -> None:
        """Lets one of TensorFlow's private modules answer for what moved elsewhere since TF 1.15."""
        if module.__name__.startswith(tensorflow_names.PREFIX):
            self._backports.names.answer(module, module.__name__, tensorflow_names.find)

    def answers(self, module: types.ModuleType, name: str) -> bool:
        """Returns whether `module` has lost `name` and answers for it."""
        return self._backports.names.answers(module, name)

    def instead(self, name: str) -> bool:
        """Makes a replacement for module `name`; returns whether there is one."""
        module = python_modules.make(name)
        if module is not None:
            self._notices.say(f"The module {name} is gone; tf1's own stands in for it.")
        return module is not None


def install(libraries: Iterable[str] = (), no_libraries: Iterable[str] = ()) -> None:
    """Makes this process a TF 1 program: `import tensorflow` means `tf1`, and names dropped since TF 1 are answered.

    It holds for import statements in `__main__` (a notebook, an interactive session, a script) and in all modules
    outside of site-packages, and in installed packages that are written for TF 1. Calling it again changes nothing.

    Args:
      libraries: installed packages that are, besides those that are found to be.
      no_libraries: installed packages that are not.
    """
    if not isinstance(getattr(importlib.import_module, '__self__', None), ImportHook):
        notices = Notices()
        user_code = UserCode(libraries=Libraries(notices, libraries, no_libraries))
        Installation(user_code, notices).install()
