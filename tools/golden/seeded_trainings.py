"""Writes tests/golden/seeded_trainings.json: the losses of small trainings under a graph's seed alone, in TF 1.15.5.

Run it under TF 1.15.5 and Python 3.7; without names it runs every training anew:

    python tools/golden/seeded_trainings.py [NAME ...]

The trainings are the functions in tests/golden/seeded_trainings. Each runs twice; one that does not repeat exactly is
refused, for nothing can be compared with it.
"""

import importlib
import json
import os
import sys

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
PATH = os.path.join(_GOLDEN, 'seeded_trainings.json')
FOLDER = os.path.join(_GOLDEN, 'seeded_trainings')
_MODULES = ('dense', 'convolutional', 'recurrent', 'generative', 'inputs', 'estimator_models', 'libraries')


def trainings():
    """Returns the trainings by name, in the order in which they stand in their modules."""
    if FOLDER not in sys.path:
        sys.path.insert(0, FOLDER)
    found = {}
    for module in map(importlib.import_module, _MODULES):
        for name, function in vars(module).items():
            if callable(function) and function.__module__ == module.__name__ and not name.startswith('_'):
                found[name] = function
    return found


def run(tf, training):
    """Returns the losses of a training with TensorFlow's module `tf`, in a graph of its own under the seed."""
    import numpy as np
    from common import SEED

    with tf.Graph().as_default():
        tf.set_random_seed(SEED)
        # Keras draws the seeds of what has none from NumPy.
        np.random.seed(SEED)
        return [float(f'{loss:.9g}') for loss in training(tf)]


def main(names):
    """Writes the golden file, with the named trainings or all of them run anew."""
    import tensorflow as tf

    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    every, seen = trainings(), {}
    if names and os.path.exists(PATH):
        with open(PATH) as file:
            seen = json.load(file)
    for name in names or every:
        seen[name] = run(tf, every[name])
        if run(tf, every[name]) != seen[name]:
            print(f'{name} does not repeat')
            del seen[name]
    with open(PATH, 'w') as file:
        lines = [f'{json.dumps(name)}: {json.dumps(seen[name])}' for name in every if name in seen]
        file.write('{\n' + ',\n'.join(lines) + '\n}\n')
    print(f'{len(seen)} trainings')


if __name__ == '__main__':
    main(sys.argv[1:])
