"""Writes tests/golden/contrib_AREA.json: what TF 1.15.5 makes of the cases in tests/golden/contrib_programs/AREA.py.

Run it under TF 1.15.5 and Python 3.7; without names it writes every area. `AREA:CASE` writes one case of it anew:

    python tools/golden/contrib.py [AREA | AREA:CASE ...]

A case is a function `case_NAME(tf)` that builds a graph and returns a dictionary. Tensors and operations in it are run
one after the other, each in a session call of its own, so that an operation that trains may stand before a tensor
that shows the effect; anything else is kept as it is. Variables start from values that their names and shapes decide.
The file holds each case's variables, collections and results, or the type of the exception that it raised.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import sys
import zlib

import numpy as np

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_PROGRAMS = os.path.join(_GOLDEN, 'contrib_programs')


def areas():
    """Returns the names of all areas, sorted."""
    return sorted(name[:-3] for name in os.listdir(_PROGRAMS) if name.endswith('.py') and not name.startswith('_'))


def load(area):
    """Returns the cases of an area as a dictionary from name to function, in the order of the file."""
    spec = importlib.util.spec_from_file_location('contrib_' + area, os.path.join(_PROGRAMS, area + '.py'))
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return {name[5:]: case for name, case in vars(program).items() if name.startswith('case_')}


def initial(name, shape, dtype):
    """Returns the value that a variable starts from: small numbers that differ with its name, floats in (-0.5, 0.5)."""
    size = int(np.prod(shape, dtype=np.int64))
    ramp = np.arange(size, dtype=np.float64) + zlib.crc32(name.encode()) % 1000
    if np.issubdtype(dtype, np.floating):
        values = 0.5 * np.sin(ramp)
        # Variances and accumulators must not be negative.
        if any(word in name for word in ('variance', 'Adagrad', 'RMSProp', 'Adam')):
            values = np.abs(values) + 0.1
    else:
        values = np.zeros(size)
    return values.reshape(shape).astype(dtype)


def observe(tf, case):
    """Runs one case in a graph of its own and returns what it left, ready for JSON."""
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(1)
        try:
            results = case(tf)
        except Exception as error:  # The type is the result.
            return {'raises': type(error).__name__}
        variables = tf.global_variables() + tf.local_variables()
        seen = {
            'variables': [[v.op.name, _dimensions(v.shape), v.dtype.base_dtype.name] for v in variables],
            'collections': {
                key: [_name(item) for item in graph.get_collection(key)]
                for key in sorted(graph.get_all_collection_keys(), key=str)
                if isinstance(key, str) and not key.startswith('__') and key not in _UNSEEN
            },
        }
        seen['results'] = _run(tf, results)
    return seen


# Contexts hold protocol buffers, and the model's own bookkeeping of layers has no names.
_UNSEEN = ('while_context', 'cond_context', 'variable_scope_names')


def _dimensions(shape):
    return None if shape.rank is None else shape.as_list()


def _name(item):
    """Returns a collection item's name, or its type for items that have none."""
    name = getattr(item, 'name', None)
    return name if isinstance(name, str) else type(item).__name__


def _run(tf, results):
    # Each graph runs a few times at most: rewriting it first takes longer than it saves.
    config = tf.ConfigProto()
    config.graph_options.rewrite_options.disable_meta_optimizer = True
    with tf.Session(config=config) as session:
        session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
        _load(session, tf.global_variables())
        return {key: plain(_fetch(tf, session, value)) for key, value in results.items()}


def _load(session, variables):
    """Gives variables of numbers their values, in as few runs as can be: two may start from one tensor."""
    runs = []
    for variable in variables:
        if variable.dtype.base_dtype.name in ('string', 'bool'):
            continue
        shape, dtype = variable.shape.as_list(), variable.dtype.base_dtype.as_numpy_dtype
        start = variable.initializer.inputs[1]
        run = next((run for run in runs if start.name not in run), None)
        if run is None:
            run = {}
            runs.append(run)
        run[start.name] = (variable.initializer, initial(variable.op.name, shape, dtype))
    for run in runs:
        session.run([op for op, _ in run.values()], {name: value for name, (_, value) in run.items()})


def _fetch(tf, session, value):
    """Runs graph elements, also inside tuples and dictionaries; returns other values unchanged."""
    elements = (tf.Tensor, tf.Operation, tf.SparseTensor, tf.Variable)
    if isinstance(value, elements):
        return session.run(value)
    if isinstance(value, dict):
        return {key: _fetch(tf, session, item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_fetch(tf, session, item) for item in value]
    return value


def plain(value):
    """Returns a fetched value as JSON's types; floats keep the seven digits that float32 has."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, float):
        return float(f'{value:.7g}')
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)


def write(area, seen):
    """Writes `tests/golden/contrib_AREA.json`, a case on each line."""
    lines = ',\n'.join(json.dumps(name) + ': ' + json.dumps(case) for name, case in seen.items())
    with open(os.path.join(_GOLDEN, f'contrib_{area}.json'), 'w') as file:
        file.write('{\n' + lines + '\n}\n')


def _written(area):
    with open(os.path.join(_GOLDEN, f'contrib_{area}.json')) as file:
        return json.load(file)


def main(arguments):
    """Writes the golden files of the named areas or cases, or of all."""
    import tensorflow as tf

    logging.getLogger('tensorflow').setLevel(logging.ERROR)
    for argument in arguments or areas():
        area, _, chosen = argument.partition(':')
        kept = _written(area) if chosen else {}
        new = {name: observe(tf, case) for name, case in load(area).items() if chosen in ('', name)}
        write(area, {name: new.get(name, kept.get(name)) for name in load(area) if name in new or name in kept})


if __name__ == '__main__':
    main(sys.argv[1:])
