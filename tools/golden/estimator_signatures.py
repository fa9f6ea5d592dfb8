"""Writes tests/golden/signatures.json: the names and signatures of TF 1.15.5's Estimator API.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/estimator_signatures.py

Three parts: every public class and function of tf.estimator, tf.contrib.estimator and tf.compat.v2.estimator; the
members that subclasses of Estimator, of the training executor and of the exporters override or call; and the functions
and classes of the modules of the inside that programs import. tests/tf1/estimator/test_signatures.py compares.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))

_PATH = os.path.join('tests', 'golden', 'signatures.json')
_ROOTS = ('estimator', 'contrib.estimator', 'compat.v2.estimator')
_PACKAGES = ('', '.experimental', '.export', '.inputs', '.tpu')
_INSIDE = (
    'estimator',
    'exporter',
    'gc',
    'model_fn',
    'run_config',
    'training',
    'util',
    'early_stopping',
    'export.export',
    'export.export_output',
    'export.export_lib',
    'estimator_lib',
    'mode_keys',
    'keras',
    'inputs.inputs',
    'inputs.numpy_io',
    'inputs.pandas_io',
    'inputs.queues.feeding_functions',
    'hooks.hooks',
    'hooks.basic_session_run_hooks',
    'hooks.session_run_hook',
    'canned.baseline',
    'canned.dnn',
    'canned.dnn_linear_combined',
    'canned.head',
    'canned.linear',
    'canned.metric_keys',
    'canned.optimizers',
    'canned.parsing_utils',
    'canned.prediction_keys',
    'head.base_head',
)
_OVERRIDDEN = {
    'estimator': ('Estimator', 'EstimatorV2', 'WarmStartSettings'),
    'exporter': ('Exporter', '_SavedModelExporter', 'BestExporter', 'FinalExporter', 'LatestExporter'),
    'training': ('_TrainingExecutor', '_ContinuousEvalListener', '_EvalResult', 'EvalSpec', 'TrainSpec'),
    'run_config': ('RunConfig', 'TaskType'),
    'model_fn': ('EstimatorSpec', '_TPUEstimatorSpec', 'ModeKeys'),
}


def signature(value):
    """Returns the parameters of a function or class as text, `name`, `name=default`, or None where it has none."""
    try:
        parameters = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return None
    return [_parameter(each) for each in parameters]


def _parameter(parameter):
    stars = {parameter.VAR_POSITIONAL: '*', parameter.VAR_KEYWORD: '**'}.get(parameter.kind, '')
    if parameter.default is parameter.empty:
        return stars + parameter.name
    return parameter.name + '=' + _default(parameter.default)


def _default(value):
    if value is None or isinstance(value, (bool, int, float, str, tuple)):
        return repr(value)
    name = getattr(value, '__name__', None) or getattr(value, 'name', None)
    return name if isinstance(name, str) else type(value).__name__


def members(kind, private=False):
    """Returns the signatures of a class's methods, and 'property' for the others, by name."""
    found = {}
    for name in dir(kind):
        if name.startswith('__') or (name.startswith('_') and not private) or name.startswith('_abc'):
            continue
        value = inspect.getattr_static(kind, name)
        if isinstance(value, (staticmethod, classmethod)):
            value = value.__func__
        if isinstance(value, property) or name in getattr(kind, '_fields', ()):
            found[name] = 'property'
        elif inspect.isroutine(value) and not _of_tuple(kind, name):
            found[name] = signature(value)
    return found


def _of_tuple(kind, name):
    return issubclass(kind, tuple) and (hasattr(tuple, name) or name in ('_asdict', '_make', '_replace'))


def described(value, private=False):
    """Returns what a name stands for."""
    if inspect.isclass(value):
        return {'class': signature(value), 'members': members(value, private)}
    if callable(value):
        return {'function': signature(value)}
    return {'value': repr(value) if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__}


def _attribute(root, path):
    for part in path.split('.'):
        root = getattr(root, part)
    return root


def public(tf):
    """Returns all public names with what they stand for."""
    found = {}
    for root in _ROOTS:
        for package in _PACKAGES:
            try:
                module = _attribute(tf, root + package)
            except AttributeError:
                continue
            for name in dir(module):
                value = None if name.startswith('_') else getattr(module, name)
                if value is not None and not inspect.ismodule(value):
                    found[f'tf.{root}{package}.{name}'] = described(value)
    return found


def inside(package):
    """Returns the functions, classes and constants that the modules of the inside define, by module and name."""
    found = {}
    for name in _INSIDE:
        try:
            module = importlib.import_module(f'{package}.{name}')
        except ImportError:
            continue
        found[name] = {
            each: described(value)
            for each, value in sorted(vars(module).items())
            if not each.startswith('__') and not inspect.ismodule(value) and _defined_in(module, value)
        }
    return found


def _defined_in(module, value):
    home = getattr(value, '__module__', module.__name__)
    is_name = isinstance(value, str) and ' ' not in value
    return 'estimator' in str(home) and (callable(value) or is_name or isinstance(value, (int, float)))


def overridden(package):
    """Returns all members, protected ones too, of the classes that programs derive from."""
    found = {}
    for name, kinds in _OVERRIDDEN.items():
        module = importlib.import_module(f'{package}.{name}')
        for kind in kinds:
            if hasattr(module, kind):
                found[f'{name}.{kind}'] = described(getattr(module, kind), private=True)
    return found


def main():
    """Writes the golden file, or compares with it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--out', default=_PATH, help='file to write')
    arguments = parser.parse_args()

    import tensorflow as tf

    if not tf.__version__.startswith('1.15.'):
        sys.exit(f'Golden files come from TensorFlow 1.15; this is {tf.__version__}.')
    package = 'tensorflow_estimator.python.estimator'
    found = {'public': public(tf), 'inside': inside(package), 'overridden': overridden(package)}
    with open(arguments.out, 'w') as file:
        json.dump(found, file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
