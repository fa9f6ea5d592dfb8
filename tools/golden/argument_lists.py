"""Writes tests/golden/argument_lists.json: the arguments of TF 1.15.5's public functions, constructors and methods.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/argument_lists.py

Public module -> name -> arguments; a method's name is `Class.method`. An argument is its name, or its name and its
default as Python writes it; `*` and `**` stand before those that take any number. `inspect.signature` gives them;
where `tf_inspect.getfullargspec` gives others, they stand in a second list.
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
# Modules with lists of their own, and Python's.
_OTHERS = ('tf.keras', 'tf.estimator', 'tf.app.flags', 'tf.flags', 'tf.logging', 'tf.raw_ops')
_OTHERS += ('tf.contrib.keras', 'tf.contrib.quantization')


def written(default):
    """Returns a default value as a word."""
    if isinstance(default, _PLAIN):
        return repr(default)
    name = getattr(default, 'name', None)
    return f'<{name}>' if isinstance(name, str) else '...'


def signature(function):
    """Returns the arguments that `inspect.signature` gives, as words, or None if Python does not know them."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    words = []
    for parameter in parameters:
        mark = {parameter.VAR_POSITIONAL: '*', parameter.VAR_KEYWORD: '**'}.get(parameter.kind, '')
        has_default = parameter.default is not parameter.empty
        words.append(mark + parameter.name + (f'={written(parameter.default)}' if has_default else ''))
    return words


def full_argument_list(tf_inspect, function):
    """Returns the arguments that `tf_inspect.getfullargspec` gives, as words, or None if it knows none."""
    try:
        spec = tf_inspect.getfullargspec(function)
    except (TypeError, ValueError):
        return None
    defaults = dict(zip(reversed(spec.args), reversed(spec.defaults or ())))  # noqa: B905
    words = [f'{name}={written(defaults[name])}' if name in defaults else name for name in spec.args]
    words += [f'*{spec.varargs}'] if spec.varargs else []
    for name in spec.kwonlyargs:
        has_default = name in (spec.kwonlydefaults or {})
        words.append(f'{name}={written(spec.kwonlydefaults[name])}' if has_default else name)
    return words + ([f'**{spec.varkw}'] if spec.varkw else [])


def both(tf_inspect, function):
    """Returns one list, or two where they differ, or None."""
    first, second = signature(function), full_argument_list(tf_inspect, function)
    return None if first is None or second is None else [first] if first == second else [first, second]


def described(tf_inspect, name, value):
    """Yields names and argument lists: of a function, or of a class's constructor and public methods."""
    if isinstance(value, types.FunctionType) or (callable(value) and not inspect.isclass(value)):
        yield name, both(tf_inspect, value)
    if inspect.isclass(value):
        for method in ('__init__', *sorted(vars(value))):
            if (method == '__init__' or not method.startswith('_')) and inspect.isfunction(getattr(value, method)):
                yield f'{name}.{method}', both(tf_inspect, getattr(value, method))


def found_module(tf, path):
    """Returns the module of a public path, or None."""
    module = tf
    for part in path.split('.')[1:]:
        if not hasattr(module, part):
            try:
                return importlib.import_module('tensorflow' + path[2:])
            except ImportError:
                return None
        module = getattr(module, part)
    return module


def main():
    """Writes the golden file."""
    import tensorflow as tf
    from tensorflow.python.util import tf_inspect

    with open(os.path.join(_GOLDEN, 'symbols.json')) as file:
        symbols = json.load(file)
    found = {}
    for path, names in symbols.items():
        if path in _OTHERS or path.startswith(tuple(f'{other}.' for other in _OTHERS)):
            continue
        module = found_module(tf, path)
        if module is None:
            continue
        lists = {}
        for name in names:
            value = getattr(module, name, None)
            if value is not None and not isinstance(value, types.ModuleType):
                lists.update(item for item in described(tf_inspect, name, value) if item[1] is not None)
        if lists:
            found[path] = lists
    with open(os.path.join(_GOLDEN, 'argument_lists.json'), 'w') as file:
        json.dump(found, file, separators=(',', ':'), sort_keys=True)
        file.write('\n')
    print(sum(map(len, found.values())), file=sys.stderr)


if __name__ == '__main__':
    main()
