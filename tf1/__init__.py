"""TF 1.x on today's TensorFlow: `import tf1 as tf`.

Names come from here, then from `tensorflow.compat.v1`, then from `tensorflow`. Importing switches the process to TF 1
behaviour: graph mode, v1 shapes (`?`) and control flow, reference variables. `tf.layers`, `tf.keras` and
`tf.nn.rnn_cell` are Keras 2 (the package tf_keras), whatever TF_USE_LEGACY_KERAS says. `tf.__version__` is that of the
TensorFlow whose behaviour this is, `tf.version.TENSORFLOW_VERSION` that of the installed one.

`tf1.install()` makes `import tensorflow` mean this for the rest of a notebook or an interactive session.
"""

from __future__ import annotations

import os as _os
import sys as _sys
from typing import Any as _Any

from tf1 import _namespace
from tf1._namespace import attribute_loader as _attribute
from tf1._namespace import module_loader as _module
from tf1._namespace import submodules as _submodules
from tf1._namespace import versions as _versions

_tensorflow = _module('tf1._engine')
_tensors = _module('tf1._engine.tensors')
_BASES = (_attribute('tf1._engine', 'v1'), _attribute('tf1._engine', 'v2'))


def _overlay(name: str, own: dict[str, _namespace.Loader]) -> _namespace.Loader:
    return lambda: _namespace.Overlay(f'tf.{name}', _namespace.tensorflow_bases(name), own)


def _compat_v2() -> _namespace.Overlay:
    own = {
        '__version__': lambda: _versions.VERSION,
        'estimator': _attribute('tf1.estimator.v2', 'estimator'),
        'keras': _module('tf_keras.api._v2.keras'),
    }
    return _namespace.Overlay('tf.compat.v2', (_module('tensorflow.compat.v2'),), own)


# Names with underscores that programs read; they are those of the installed TensorFlow.
_BUILD_NAMES = ('__compiler_version__', '__cxx11_abi_flag__', '__git_version__', '__monolithic_build__')
# The one table of TF 1 names that are ours; `import tensorflow.NAME` of a program that tf1 runs finds them here, too.
_OWN = {
    'VERSION': lambda: _versions.VERSION,
    'Variable': _attribute('tf1._engine.variables', 'Variable'),
    'compat': _overlay('compat', {'v1': _module('tf1'), 'v2': _compat_v2}),
    'config': _overlay(
        'config', {'experimental_list_devices': _attribute('tf1._engine.devices', 'experimental_list_devices')}
    ),
    'contrib': _module('tf1.contrib'),
    'core': _module('tensorflow.core'),
    'estimator': _module('tf1.estimator'),
    'examples': _module('tf1.examples'),
    'install': _attribute('tf1._run.install', 'install'),
    'keras': _module('tf1.keras'),
    'layers': _module('tf1.layers'),
    'nn': _module('tf1.nn'),
    'python': _module('tf1.python'),
    'pywrap_tensorflow': lambda: _namespace.Overlay(
        'tf.pywrap_tensorflow',
        (
            _module('tensorflow.python.pywrap_tensorflow'),
            _module('tensorflow.python.client.pywrap_tf_session'),
            _module('tensorflow.python.pywrap_tfe'),
        ),
        {
            'EventsWriter': _attribute('tf1._engine.events_writer', 'EventsWriter'),
            'NewCheckpointReader': _attribute('tensorflow.compat.v1.train', 'NewCheckpointReader'),
        },
    ),
    'train': _module('tf1.train'),
    'version': _overlay(
        'version',
        {'TENSORFLOW_VERSION': lambda: _tensorflow().v1.__version__, 'VERSION': lambda: _versions.VERSION},
    ),
}


def __getattr__(name: str) -> _Any:
    if name == '__version__':
        return _versions.VERSION
    if name in _BUILD_NAMES:
        return getattr(_tensorflow().v1, name)
    if name.startswith('_'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    if name == 'Tensor':
        return _tensors().kind()  # another one in eager execution
    value = _namespace.resolve('tf', name, _OWN, _BASES)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    names = {*_OWN, *dir(_tensorflow().v1), *dir(_tensorflow().v2)} - {'install'}
    return sorted(n for n in names if not n.startswith('_')) + ['__version__']


_submodules.install()
# `python -m tf1.run` and `tf1-run` load this package before the program, which may set variables that TensorFlow reads
# as it loads.
_AS_MODULE = _sys.argv[:1] == ['-m'] and any(word.removeprefix('-m').startswith('tf1.') for word in _sys.orig_argv)
_AS_SCRIPT = _os.path.basename(_sys.argv[0] if _sys.argv else '').startswith('tf1-')
if not (_AS_MODULE or _AS_SCRIPT):
    _tensorflow()
