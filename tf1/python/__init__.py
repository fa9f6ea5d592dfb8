"""`tf.python`: TensorFlow's private modules as programs of the TF 1 era reach them.

TF 1.15 had the files of `tensorflow.python.ops`, `.framework` and so on as names of `tensorflow.python`, too, and what
is public today.
"""

from __future__ import annotations

import importlib
import sys
import types

from tf1 import _namespace
from tf1._namespace import module_loader as _module

_FOLDERS = ('ops', 'framework', 'training', 'client', 'platform', 'util', 'lib.io', 'summary', 'saved_model')


class _Private(_namespace.Overlay):
    def todays(self, name: str) -> types.ModuleType | None:
        """Returns the module of this name that TensorFlow has, in whatever folder, or None."""
        for path in (name, *(f'{folder}.{name}' for folder in _FOLDERS)):
            try:
                importlib.import_module(f'tensorflow.python.{path}')
            except ModuleNotFoundError:
                continue
            return sys.modules[f'tensorflow.python.{path}']
        return None

    def __getattr__(self, name: str) -> object:
        if name.startswith('_'):
            raise AttributeError(f'module {self.__name__!r} has no attribute {name!r}')
        try:
            value = importlib.import_module(f'{__name__}.{name}')
        except ModuleNotFoundError:
            value = super().__getattr__(name)
        self.__dict__[name] = value
        return value


_namespace.make_overlay(__name__, {}, (_module('tf1'),))
sys.modules[__name__].__class__ = _Private
