"""Writes tests/golden/estimator_NAME.json: what TF 1.15.5's tf.estimator makes of tests/golden/programs/NAME.py.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/estimator.py --out tests/golden

Beside the programs' results it writes checkpoints after five training steps, and into `next.json` beside each what
training made of them in five steps more: tests/golden/checkpoints/NAME/.
"""

from __future__ import annotations

import argparse
import glob
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import textwrap

_ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
_PROGRAMS = os.path.join(_ROOT, 'tests', 'golden', 'programs')
_RESUMED = ('linear', 'mlp', 'cnn', 'embedding', 'batch_norm', 'losses')
_WIDTH = 118


def load(name):
    """Imports the program called `name`."""
    spec = importlib.util.spec_from_file_location('golden_program_' + name, os.path.join(_PROGRAMS, name + '.py'))
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def names():
    """Returns the names of all programs."""
    found = [os.path.basename(path)[: -len('.py')] for path in glob.glob(os.path.join(_PROGRAMS, '*.py'))]
    return sorted(name for name in found if not name.startswith('_'))


def pretty(value, indent=0):
    """Returns JSON text, keys sorted: short values in one line, names and numbers side by side, all else in lines."""
    flat = json.dumps(value, sort_keys=True)
    if not isinstance(value, (dict, list)) or len(flat) + indent <= _WIDTH:
        return flat
    if isinstance(value, dict):
        lines = [json.dumps(key) + ': ' + pretty(value[key], indent + 1) for key in sorted(value)]
    elif all(_is_short(item) for item in value):
        lines = textwrap.wrap(flat[1:-1], _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
        lines = [line.rstrip(',') for line in lines]
    else:
        lines = [pretty(item, indent + 1) for item in value]
    space = '\n' + ' ' * (indent + 1)
    opening, closing = '{}' if isinstance(value, dict) else '[]'
    return opening + space + (',' + space).join(lines) + '\n' + ' ' * indent + closing


def _is_short(value):
    return not isinstance(value, (dict, list)) and ' ' not in str(value)


def write(path, value):
    """Writes a golden file."""
    with open(path, 'w') as file:
        file.write(pretty(value) + '\n')


def write_program(tf, out, name):
    """Runs a program in an empty folder and writes what it returns."""
    workdir = tempfile.mkdtemp()
    try:
        result = load(name).run(tf, workdir)
    finally:
        shutil.rmtree(workdir)
    write(os.path.join(out, 'estimator_' + name + '.json'), {'tensorflow': tf.__version__, 'result': result})


def write_checkpoint(tf, out, name):
    """Trains a program five steps, keeps that checkpoint, trains five more, and writes the losses of both."""
    folder = os.path.join(out, 'checkpoints', name)
    shutil.rmtree(folder, ignore_errors=True)
    workdir = tempfile.mkdtemp()
    try:
        first = load('_lifetime').resume(tf, workdir, load(name).build(tf), max_steps=5)
        os.makedirs(folder)
        for file in ('checkpoint', 'model.ckpt-5.index', 'model.ckpt-5.data-00000-of-00001'):
            shutil.copy(os.path.join(workdir, file), folder)
        found = {'tensorflow': tf.__version__, 'first': first}
        found['next'] = load('_lifetime').resume(tf, workdir, load(name).build(tf), max_steps=10)
    finally:
        shutil.rmtree(workdir)
    write(os.path.join(folder, 'next.json'), found)


def main():
    """Writes all golden files, or those of the programs named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--out', default=os.path.join(_ROOT, 'tests', 'golden'), help='folder to write to')
    parser.add_argument('names', nargs='*', help='programs to run; all, and the checkpoints, if none is named')
    arguments = parser.parse_args()

    import tensorflow as tf

    if not tf.__version__.startswith('1.15.'):
        sys.exit(f'Golden files come from TensorFlow 1.15; this is {tf.__version__}.')
    sys.path.insert(0, _PROGRAMS)
    for name in arguments.names or names():
        write_program(tf, arguments.out, name)
    for name in arguments.names or _RESUMED:
        if name in _RESUMED:
            write_checkpoint(tf, arguments.out, name)


if __name__ == '__main__':
    main()
