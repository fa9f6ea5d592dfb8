"""TF 1.x on today's TensorFlow: `import tf1 as tf`.

Names come from here, then from `tensorflow.compat.v1`, then from `tensorflow`. Importing switches the process to TF 1
behaviour: graph mode, v1 shapes (`?`) and control flow, reference variables. `tf.layers`, `tf.keras` and
`tf.nn.rnn_cell` are Keras 2 (the package tf_keras), whatever TF_USE_LEGACY_KERAS says.
"""

from __future__ import annotations

import os as _os
import sys as _sys

if 'tensorflow' not in _sys.modules:
    # Both are read once, when TensorFlow loads. Someone who set them meant it.
    _os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '1')
    _os.environ.setdefault('TF_USE_LEGACY_KERAS', '1')

import tensorflow as _tensorflow  # noqa: E402
import tensorflow.compat.v1 as _v1  # noqa: E402

from tf1 import _namespace, _quiet  # noqa: E402
from tf1._namespace import module_loader as _module  # noqa: E402

_quiet.silence_deprecations(_tensorflow.get_logger())
_v1.disable_v2_behavior()

_KERAS = 'tf_keras.api._v1.keras'
_BASES = (lambda: _v1, lambda: _tensorflow)


def _overlay(name: str, own: dict, base: str | None = None) -> _namespace.Loader:
    bases = (_module(base),) if base else (lambda: getattr(_v1, name), lambda: getattr(_tensorflow, name))
    return lambda: _namespace.Overlay(f'tf.{name}', bases, own)


_OWN = {
    'contrib': _module('tf1.contrib'),
    'estimator': _module('tf1.estimator'),
    'examples': _module('tf1.examples'),
    'keras': _module('tf1.keras'),
    'layers': _overlay('layers', {}, f'{_KERAS}.__internal__.legacy.layers'),
    'nn': _overlay('nn', {'rnn_cell': _module(f'{_KERAS}.__internal__.legacy.rnn_cell')}),
    'train': _overlay('train', {}),
    'summary': _overlay('summary', {}),
}

__version__ = _v1.__version__


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    value = _namespace.resolve('tf', name, _OWN, _BASES)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    names = {*_OWN, *dir(_v1), *dir(_tensorflow)}
    return sorted(n for n in names if not n.startswith('_')) + ['__version__']
