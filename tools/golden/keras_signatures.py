"""Writes tests/golden/keras_signatures.json: names, methods and arguments of Keras 2 as programs of TF 1 see them.

Run it under TF 1.15.5 and Python 3.7, with Keras 2.3.1 on the path:

    python tools/golden/keras_signatures.py

For `tf.keras` and for the package `keras`: public module -> name -> what it is, its arguments, and its public methods'
arguments. An argument is its name, or its name and its default as Python writes it; `*` and `**` stand before those
that take any number.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
import types

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_PLAIN = (bool, int, float, str, tuple, type(None))
# Modules of Python, NumPy and TensorFlow that the package leaves in its own are not its names.
_AREAS = (
    *('activations', 'applications', 'backend', 'callbacks', 'constraints', 'datasets', 'initializers', 'layers'),
    *('losses', 'metrics', 'models', 'optimizers', 'preprocessing.image', 'preprocessing.sequence'),
    *('preprocessing.text', 'regularizers', 'utils', 'wrappers.scikit_learn'),
)


def arguments(function):
    """Returns the arguments of a function as a list of words, or None if Python does not know them."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    words = []
    for parameter in parameters:
        mark = {parameter.VAR_POSITIONAL: '*', parameter.VAR_KEYWORD: '**'}.get(parameter.kind, '')
        default = parameter.default
        has_plain = default is not parameter.empty and isinstance(default, _PLAIN)
        words.append(f'{mark}{parameter.name}={default!r}' if has_plain else mark + parameter.name)
        if default is not parameter.empty and not has_plain:
            words[-1] += '=...'
    return words


def described(value):
    """Returns what a class or function is like, or None for all else."""
    if inspect.isclass(value):
        methods = {
            name: arguments(getattr(value, name))
            for name in dir(value)
            if not name.startswith('_') and inspect.isroutine(getattr(value, name))
        }
        members = [n for n in dir(value) if not n.startswith('_') and isinstance(getattr(value, n), property)]
        return {'arguments': arguments(value.__init__), 'methods': methods, 'properties': members}
    if callable(value):
        return {'arguments': arguments(value)}
    return None


def names(module):
    """Returns the public classes and functions of a module with their description."""
    found = {}
    for name in sorted(dir(module)):
        value = getattr(module, name)
        owner = getattr(value, '__module__', None) or ''
        if name.startswith('_') or isinstance(value, types.ModuleType) or 'keras' not in owner:
            continue
        description = described(value)
        if description is not None:
            found[name] = description
    return found


def modules(root):
    """Returns the public modules of `keras` or `tf.keras` as a dictionary of areas."""
    found = {'': root}
    for area in _AREAS:
        try:
            module = root
            for part in area.split('.'):
                module = getattr(module, part)
        except AttributeError:
            module = importlib.import_module(f'{root.__name__}.{area}')
        found[area] = module
    return found


def main():
    """Writes the golden file."""
    import keras
    import tensorflow as tf

    found = {
        label: {area: names(module) for area, module in modules(root).items()}
        for label, root in (('tf.keras', tf.keras), ('keras', keras))
    }
    with open(os.path.join(_GOLDEN, 'keras_signatures.json'), 'w') as file:
        json.dump(found, file, separators=(',', ':'), sort_keys=True)
        file.write('\n')
    for label, areas in found.items():
        print(label, sum(map(len, areas.values())), file=sys.stderr)


if __name__ == '__main__':
    main()
