"""Modules made of several others: what is ours first, then TensorFlow's, looked up when asked for."""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable, Mapping

from tf1 import _successors

Loader = Callable[[], object]


def module_loader(name: str) -> Loader:
    """Returns a loader that imports module `name` when called."""
    return lambda: importlib.import_module(name)


class Overlay(types.ModuleType):
    """A module that answers with `own` names first, and else with those of `bases`, in order.

    Args:
      name: public name, as a program writes it ('tf.nn'); error texts use it.
      bases: loaders of the modules that supply all other names, each called at most when it is needed.
      own: loaders of single names, each called once.
      path: dotted name under which it is imported; None for `name` below tf1.
    """

    def __init__(self, name: str, bases: tuple[Loader, ...], own: Mapping[str, Loader], path: str | None = None):
        super().__init__(path or 'tf1' + name.removeprefix('tf'))
        self.__path__ = []  # `import tf1.nn.rnn_cell` looks below this module only if it is a package
        self._tf1_name = name
        self._tf1_bases = bases
        self._tf1_own = own

    def __getattr__(self, name: str) -> object:
        if name == '__all__':
            return dir(self)
        if name.startswith('_'):
            raise AttributeError(name)
        value = resolve(self._tf1_name, name, self._tf1_own, self._tf1_bases)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*self._tf1_own, *(n for base in self._tf1_bases for n in dir(base()) if not n.startswith('_'))})


def resolve(module: str, name: str, own: Mapping[str, Loader], bases: tuple[Loader, ...]) -> object:
    """Returns attribute `name` of public module `module`.

    Raises:
      AttributeError: nothing has it; the text names what replaced it, where something did.
    """
    if name in own:
        return own[name]()
    for base in bases:
        try:
            return getattr(base(), name)
        except AttributeError:
            continue
    raise _successors.missing(module, name)
