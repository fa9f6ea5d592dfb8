"""`tf.contrib.learn`: its data sets. Its Estimators became `tf.estimator` in TF 1.x already."""

from __future__ import annotations

from tf1 import _namespace

_OWN = {'datasets': _namespace.module_loader('tf1.contrib.learn.datasets')}


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib.learn', name, _OWN, ())


def __dir__() -> list[str]:
    return sorted(_OWN)
