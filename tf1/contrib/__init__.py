"""`tf.contrib`: the parts of it that tf1 has."""

from __future__ import annotations

from tf1 import _namespace

_OWN = {'learn': _namespace.module_loader('tf1.contrib.learn')}


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib', name, _OWN, ())


def __dir__() -> list[str]:
    return sorted(_OWN)
