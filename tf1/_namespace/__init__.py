"""Where a TF 1 name comes from: modules made of several others, looked up when asked for.

A name is looked up in ours first, then in `tensorflow.compat.v1`, then in `tensorflow`.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Callable, Mapping

from tf1._namespace import removed

Loader = Callable[[], object]


def module_loader(name: str) -> Loader:
    """Returns a loader that imports module `name` when called."""
    return lambda: importlib.import_module(name)


def attribute_loader(module: str, name: str) -> Loader:
    """Returns a loader that imports `module` when called and gives its attribute `name`."""
    return lambda: getattr(importlib.import_module(module), name)


def tensorflow_bases(name: str) -> tuple[Loader, ...]:
    """Returns loaders of `tensorflow.compat.v1.NAME` and `tensorflow.NAME`, as far as there are such modules."""
    engine = module_loader('tf1._engine')
    return tuple(
        lambda api=api: getattr(getattr(engine(), api), name)
        for api in ('v1', 'v2')
        if isinstance(getattr(getattr(engine(), api), name, None), types.ModuleType)
    )


class Overlay(types.ModuleType):
    """A module that answers with `own` names first, and else with those of `bases`, in order.

    A module that several bases have is an overlay of them, so the order holds at every level.

    Args:
      name: public name, as a program writes it ('tf.nn'); error texts use it.
      bases: loaders of the modules that supply all other names, each called at most when it is needed.
      own: loaders of single names, each called once.
      path: dotted name under which it is imported; None for `name` below tf1.
    """

    def __init__(self, name: str, bases: tuple[Loader, ...], own: Mapping[str, Loader], path: str | None = None):
        super().__init__(path or 'tf1' + name.removeprefix('tf'))
        self.__path__ = []  # `import tf1.nn.rnn_cell` looks below this module only if it is a package
        _fill(self, name, bases, own)

    def __getattr__(self, name: str) -> object:
        if name == '__all__':
            return dir(self)
        if name.startswith('_') and name not in self._tf1_own:
            raise AttributeError(f'module {self.__name__!r} has no attribute {name!r}')
        value = resolve(self._tf1_name, name, self._tf1_own, self._tf1_bases)
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # Importing a file of a package binds it there. Those that are public are found without that.
        if not _is_file_of(self, name, value):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        if '__all__' in self.__dict__:
            return sorted(self.__all__)
        names = {n for base in self._tf1_bases for n in dir(base()) if not n.startswith('_')}
        return sorted(names | self._tf1_own.keys())


def path_of(module: types.ModuleType) -> str:
    """Returns the dotted name below which files of `module` are imported, which its `__name__` may not be."""
    return vars(module).get('_tf1_path', module.__name__)


def make_overlay(package: str, own: Mapping[str, Loader], bases: tuple[Loader, ...] | None = None) -> None:
    """Turns the package that is being imported into an `Overlay`: its files are not reachable as its attributes.

    Args:
      package: `__name__` of the package, 'tf1.nn', say; 'tf.nn' is its public name. What it has imported already and
        lists in `__all__` stays.
      own: loaders of the names that are the package's own.
      bases: loaders of the modules that supply all other names; None for TensorFlow's of the same public name.
    """
    module = sys.modules[package]
    name = package.removeprefix('tf1.')
    _fill(module, f'tf.{name}', tensorflow_bases(name) if bases is None else bases, own)
    for attribute, value in list(vars(module).items()):
        if _is_file_of(module, attribute, value) and attribute not in vars(module).get('__all__', ()):
            delattr(module, attribute)
    module.__class__ = Overlay


def _is_file_of(package: types.ModuleType, name: str, value: object) -> bool:
    if not isinstance(value, types.ModuleType) or getattr(value, '__file__', None) is None:
        return False
    return value.__name__ == f'{package.__name__}.{name}'


def _fill(module: types.ModuleType, name: str, bases: tuple[Loader, ...], own: Mapping[str, Loader]) -> None:
    module.__dict__.update(_tf1_name=name, _tf1_bases=bases, _tf1_own=own)


def resolve(module: str, name: str, own: Mapping[str, Loader], bases: tuple[Loader, ...]) -> object:
    """Returns attribute `name` of public module `module`.

    Raises:
      AttributeError: nothing has it; the text names what replaced it, where something did.
    """
    if name in own:
        return own[name]()
    for index, base in enumerate(bases):
        try:
            value = getattr(base(), name)
        except AttributeError:
            continue
        if isinstance(value, types.ModuleType):
            return _with_others(f'{module}.{name}', value, bases[index + 1 :])
        return value
    raise removed.attribute_error(module, name)


def _with_others(name: str, found: types.ModuleType, bases: tuple[Loader, ...]) -> types.ModuleType:
    """Returns `found`, or an overlay where later bases have a module of the same public name."""
    last = name.rpartition('.')[2]
    others = [other for other in (getattr(base(), last, None) for base in bases) if isinstance(other, types.ModuleType)]
    others = [other for other in others if other is not found]
    if not others or isinstance(found, Overlay):
        return found
    return Overlay(name, tuple(lambda module=module: module for module in (found, *others)), {})
