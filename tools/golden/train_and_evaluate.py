"""Writes tests/golden/train_and_evaluate.json: what TF 1.15.5 makes of tests/golden/train_and_evaluate_programs.py.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/train_and_evaluate.py [NAME ...]

With names it runs these programs anew and keeps the rest of the file.
It holds, for every program, its INFO lines, what it returned or the type of what it raised, and the files of its
model_dir; and for every history of evaluations, whether the early stopping hook stops.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import tempfile

import tensorflow as tf

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')


def _load_programs():
    path = os.path.join(_GOLDEN, 'train_and_evaluate_programs.py')
    spec = importlib.util.spec_from_file_location('train_and_evaluate_programs', path)
    programs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(programs)
    return programs


def _in_new_folder(function, *arguments):
    folder = tempfile.mkdtemp()
    try:
        return function(folder, *arguments)
    finally:
        shutil.rmtree(folder)


def main(names):
    """Writes the golden file, or the programs `names` in it."""
    programs, path = _load_programs(), os.path.join(_GOLDEN, 'train_and_evaluate.json')
    found = {
        name: _in_new_folder(lambda folder, name: programs.run(tf, name, folder), name)
        for name in names or programs.NAMES
    }
    if names:
        with open(path) as file:
            golden = json.load(file)
        golden['programs'].update(found)
    else:
        stops = [
            _in_new_folder(lambda folder, *history: programs.stops(tf, folder, *history), *history)
            for history in programs.HISTORIES
        ]
        golden = {'tensorflow': tf.__version__, 'programs': found, 'stops': stops}
    with open(path, 'w') as file:
        json.dump(golden, file, indent=0, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    main(sys.argv[1:])
