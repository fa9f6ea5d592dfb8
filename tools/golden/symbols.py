"""Writes tests/golden/symbols.json: every public symbol of TF 1.15.5, by module, `tf.contrib` included.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/symbols.py

Outside contrib the public modules are those that TensorFlow generates for its API. A package of contrib has no such
list: its symbols are those that its `__init__` leaves after its own clean-up, without Python's modules and without
what `from __future__ import` left behind.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import pkgutil
import sys
import types

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_API = ('tensorflow._api.v1.', 'tensorflow_estimator.python.estimator.api.', 'tensorflow.python.keras.api._v1')
_FUTURE = ('absolute_import', 'division', 'print_function')


def api_modules(tf):
    """Returns the public modules outside contrib as a dictionary from 'tf.train' to the module."""
    found, waiting = {}, [('tf', tf)]
    while waiting:
        name, module = waiting.pop()
        found[name] = module
        for key in public(module):
            value = getattr(module, key)
            # compat.v1 and compat.v2 hold everything once more, and nested in each other without end.
            inside = isinstance(value, types.ModuleType) and key not in ('v1', 'v2', 'contrib')
            if inside and (value.__name__.startswith(_API) or key == 'flags'):
                waiting.append((f'{name}.{key}', value))
    return found


def contrib_modules():
    """Returns the packages of contrib as a dictionary from 'tf.contrib.layers' to the module."""
    contrib = importlib.import_module('tensorflow.contrib')
    found = {}
    for info in pkgutil.iter_modules(contrib.__path__):
        try:
            found[f'tf.contrib.{info.name}'] = importlib.import_module(f'tensorflow.contrib.{info.name}')
        except Exception as error:  # Some need hardware or packages that are not there.
            print(f'tf.contrib.{info.name} does not load: {error}', file=sys.stderr)
    found['tf.contrib.learn.datasets'] = contrib.learn.datasets
    for name in ('slim.nets', 'tensorboard.plugins.projector'):
        found[f'tf.contrib.{name}'] = importlib.import_module(f'tensorflow.contrib.{name}')
    return found


def public(module):
    """Returns the names of a module that a program may use."""
    return sorted(name for name in dir(module) if not name.startswith('_') and name not in _FUTURE)


def own(module):
    """Returns the names of a contrib package that are its own: no modules from elsewhere leaked into it."""
    names = []
    for name in public(module):
        value = getattr(module, name)
        if not isinstance(value, types.ModuleType) or value.__name__.startswith(module.__name__ + '.'):
            names.append(name)
    return [name for name in names if name != 'python']


def main():
    """Writes the golden file."""
    import tensorflow as tf

    logging.getLogger('tensorflow').setLevel(logging.ERROR)
    symbols = {name: public(module) for name, module in api_modules(tf).items()}
    symbols.update({name: own(module) for name, module in contrib_modules().items()})
    with open(os.path.join(_GOLDEN, 'symbols.json'), 'w') as file:
        lines = ',\n'.join(f'{json.dumps(name)}: {json.dumps(symbols[name])}' for name in sorted(symbols))
        file.write('{\n' + lines + '\n}\n')


if __name__ == '__main__':
    main()
