"""`tf.contrib`: the parts of it that tf1 has."""

from __future__ import annotations

from tf1 import _namespace

_NAMES = (
    'autograph',
    'checkpoint',
    'cluster_resolver',
    'crf',
    'data',
    'deprecated',
    'distribute',
    'estimator',
    'feature_column',
    'framework',
    'hooks',
    'image',
    'layers',
    'learn',
    'legacy_seq2seq',
    'lookup',
    'losses',
    'metrics',
    'nn',
    'opt',
    'predictor',
    'rnn',
    'seq2seq',
    'signal',
    'slim',
    'sparsemax',
    'stateless',
    'tensorboard',
    'tpu',
    'training',
    'util',
)
_OWN = {name: _namespace.module_loader(f'tf1.contrib.{name}') for name in _NAMES}


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return _namespace.resolve('tf.contrib', name, _OWN, ())


def __dir__() -> list[str]:
    return sorted(_OWN)
