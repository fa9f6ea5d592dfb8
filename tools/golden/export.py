"""Writes tests/golden/export.json: what TF 1.15.5 exports for the programs of tests/golden/export_programs.py.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/export.py

For every program: files, and per graph the signatures (method, tensor names, dtypes, shapes), their values on fixed
rows, collections, main op, saver, and the log lines of the export. For wrong arguments: the exception types.
"""

from __future__ import annotations

import importlib.util
import json
import os
import tempfile

import tensorflow.compat.v1 as tf

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')


def load_programs():
    """Imports the programs by their file."""
    spec = importlib.util.spec_from_file_location('export_programs', os.path.join(_GOLDEN, 'export_programs.py'))
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


def describe(programs, name, folder):
    """Trains and exports a program and returns what it left there."""
    estimator = programs.train(tf, name, folder)
    build_supervised = tf.estimator.experimental.build_raw_supervised_input_receiver_fn
    lines = []
    with programs.recorded(lines):
        path = programs.export(tf, name, estimator, folder, build_supervised)
    description = programs.describe(tf, name, path.decode())
    return dict(description, log=programs.anonymous(lines, folder), path_type=type(path).__name__)


def main():
    """Writes the golden file."""
    tf.logging.set_verbosity('ERROR')
    programs = load_programs()
    golden = {'tensorflow': tf.__version__, 'programs': {}}
    for name in programs.PROGRAMS:
        with tempfile.TemporaryDirectory() as folder:
            golden['programs'][name] = describe(programs, name, folder)
    with tempfile.TemporaryDirectory() as folder:
        golden['export_errors'] = programs.export_errors(tf, programs.train(tf, 'defaults', folder), folder)
    with tf.Graph().as_default():
        golden['errors'] = programs.errors(tf)
    with open(os.path.join(_GOLDEN, 'export.json'), 'w') as file:
        json.dump(golden, file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main()
