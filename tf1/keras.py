"""`tf.keras`: Keras 2 (the package tf_keras) in its TF 1 form; its MNIST comes from the package, not the network."""

from __future__ import annotations

from tf1 import _namespace
from tf1._namespace import module_loader as _module

_KERAS = 'tf_keras.api._v1.keras'
_BASES = (_module(_KERAS),)


def _datasets() -> _namespace.Overlay:
    mnist = _namespace.Overlay(
        'tf.keras.datasets.mnist',
        (_module(f'{_KERAS}.datasets.mnist'),),
        {'load_data': lambda: _module('tf1.datasets.mnist')().load_data},
    )
    return _namespace.Overlay('tf.keras.datasets', (_module(f'{_KERAS}.datasets'),), {'mnist': lambda: mnist})


_OWN = {'__version__': lambda: _module('tf_keras')().__version__, 'datasets': _datasets}


def __getattr__(name: str) -> object:
    if name.startswith('__') and name not in _OWN:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    value = _namespace.resolve('tf.keras', name, _OWN, _BASES)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*_OWN, *(name for name in dir(_BASES[0]()) if not name.startswith('_'))})
