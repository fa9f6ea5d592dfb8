"""`import tensorflow` for a program: the import statement as seen from its modules.

A program and the libraries that it uses need different things under one name: for the program `tensorflow` is tf1's
namespace and `keras` is Keras 2, while Keras, TensorBoard and TensorFlow itself need what is installed. One entry of
`sys.modules` cannot be both, so the importing module decides.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Protocol

from tf1._backports.user_code import UserCode

# What a program writes, and the name below which tf1 has it (`tf1._namespace.submodules` finds what is deeper).
_OURS = {
    'tensorflow': 'tf1',
    'tensorflow_core': 'tf1',
    'tensorflow_estimator': 'tf1.estimator',
    'tensorflow_estimator.contrib.estimator': 'tf1.contrib.estimator',
    'tensorflow_estimator.python.estimator': 'tf1.python.estimator',
    'keras': 'tf1.keras_package',
}
# Modules of Python that import what others name: `pydoc.locate('tensorflow.nn.rnn_cell.LSTMCell')`.
_MESSENGERS = ('pkgutil', 'pydoc')


def ours(name: str) -> str | None:
    """Returns the name below `tf1` that stands for module `name` of a program, or None for all others."""
    if name.partition('.')[0] not in _OURS:  # nearly all that a process imports
        return None
    for old in (name, *_parents(name)):
        if old in _OURS:
            return _OURS[old] + name.removeprefix(old)
    return None


def _parents(name: str) -> list[str]:
    parts = name.split('.')
    return ['.'.join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def _is_messenger(names: Mapping[str, object] | None) -> bool:
    return names is None or names.get('__name__') in _MESSENGERS


def _sender(frame: types.FrameType) -> Mapping[str, object]:
    """Returns the global variables of the first of `frame` and its callers that imports for itself."""
    while _is_messenger(frame.f_globals) and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_globals


class Watcher(Protocol):
    """Is told what a program imports."""

    def imported(self, root: str) -> None:
        """The program has imported something of package `root`."""

    def imported_private(self, module: types.ModuleType) -> None:
        """The program has imported a module through tf1, one of TensorFlow's private ones perhaps."""

    def answers(self, module: types.ModuleType, name: str) -> bool:
        """Returns whether `module` will answer for `name` when the program asks."""

    def instead(self, name: str) -> bool:
        """Makes a replacement for a module that does not exist; returns whether there is one."""


class ImportHook:
    """Replaces `__import__` and `importlib.import_module` for the modules of `user_code`; others get the originals."""

    def __init__(self, user_code: UserCode, watcher: Watcher):
        self._user_code = user_code
        self._watcher = watcher
        self._import = builtins.__import__
        self._import_module = importlib.import_module

    def install(self) -> None:
        """Starts to answer import statements."""
        builtins.__import__ = self._statement
        importlib.import_module = self._call

    def remove(self) -> None:
        """Undoes `install`."""
        builtins.__import__ = self._import
        importlib.import_module = self._import_module

    def _statement(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> types.ModuleType:
        root = name.partition('.')[0]
        if root == 'tensorflow':
            self._start()
        importer = _sender(sys._getframe(1)) if _is_messenger(globals) else globals
        stand_in = ours(name)
        # Whether a library is one of TF 1 is looked at when it asks for TensorFlow or Keras, and not before.
        if level or (stand_in is None and importer is not None and self._user_code.is_installed(importer)):
            return self._import(name, globals, locals, fromlist, level)
        if not self._user_code.owns(importer):
            return self._import(name, globals, locals, fromlist, level)
        if stand_in is None:
            module = self._theirs(name, globals, locals, fromlist)
            self._watcher.imported(root)
            return module
        module = self._stand_in(stand_in, name)
        self._watcher.imported_private(module)
        for item in fromlist or ():
            self._ensure(module, stand_in, item)
        return module if fromlist else sys.modules[_OURS[root]]

    def _call(self, name: str, package: str | None = None) -> types.ModuleType:
        """`importlib.import_module` as the caller's module needs it."""
        root = name.partition('.')[0]
        if root == 'tensorflow':
            self._start()
        if not self._user_code.owns(_sender(sys._getframe(1))):
            return self._import_module(name, package)
        stand_in = ours(name)
        if stand_in is None:
            module = self._import_module(name, package)
            self._watcher.imported(root)
        else:
            module = self._stand_in(stand_in, name)
            self._watcher.imported_private(module)
        return module

    def _stand_in(self, stand_in: str, name: str) -> types.ModuleType:
        try:
            return self._import_module(stand_in)
        except ModuleNotFoundError as error:
            # A messenger tells "no such module" from other errors by the name that it has asked for.
            if _is_messenger(sys._getframe(2).f_globals):
                error.name = name
            raise

    def _start(self) -> None:
        # TensorFlow is switched to TF 1 behaviour as it loads, also when a library imports it first.
        if 'tf1._engine' not in sys.modules:
            self._import_module('tf1._engine')

    def _theirs(
        self,
        name: str,
        globals: Mapping[str, object] | None,
        locals: Mapping[str, object] | None,
        fromlist: Sequence[str] | None,
    ) -> types.ModuleType:
        try:
            return self._import(name, globals, locals, fromlist, 0)
        except ModuleNotFoundError as error:
            missing = error.name or ''
            # Else a module that is there needs one that is not.
            if not f'{name}.'.startswith(f'{missing}.') or not self._watcher.instead(name):
                raise
        return self._import(name, globals, locals, fromlist, 0)

    def _ensure(self, module: types.ModuleType, name: str, item: str) -> None:
        """Imports `module.item` if it is a submodule.

        Raises:
          ImportError: there is no such name; the text names the successor, where there is one.
        """
        if item != '*' and not hasattr(module, item) and not self._watcher.answers(module, item):
            try:
                self._import_module(f'{name}.{item}')
            except ModuleNotFoundError as error:
                if error.name != f'{name}.{item}':
                    raise
                raise ImportError(f'cannot import name {item!r} from {name!r}', name=name) from None
        value = getattr(module, item, None)
        if isinstance(value, types.ModuleType):
            self._watcher.imported_private(value)
