"""Writes tests/golden/graph_NAME.json and a checkpoint: what TF 1.15.5 makes of tests/golden/graph_programs/NAME.py.

Run it under TF 1.15.5 and Python 3.7:

    python tools/golden/graphs.py

Each JSON file holds the program's printed lines, the returned tensors and variables as Python shows them, the
variables in order, and every op outside `gradients/` with its type and static output shapes. For a small OCR network
there are also a Saver checkpoint after five training steps, and what it predicts then and three steps later.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os

import numpy as np
import tensorflow as tf

_GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden')
_NAMES = ('patch_cnn', 'lowlevel_cnn', 'layers_cnn', 'ocr_cnn', 'batchnorm_cnn')
_SMALL = {'filters': (2, 3), 'fc_size': 4}


def load(name):
    """Imports a program by its file."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(_GOLDEN, 'graph_programs', name + '.py'))
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def describe(name):
    """Builds a program in a fresh graph and returns what it left there."""
    printed = io.StringIO()
    with tf.Graph().as_default() as graph, contextlib.redirect_stdout(printed):
        tensors = load(name).build(tf)
        variables = tf.global_variables()
    ops = [op for op in graph.get_operations() if not op.name.startswith('gradients/')]
    return {
        'tensorflow': tf.__version__,
        'printed': printed.getvalue().splitlines(),
        'tensors': {key: repr(value) for key, value in tensors.items() if not isinstance(value, tf.Operation)},
        'variables': [[v.op.name, v.dtype.name, v.shape.as_list()] for v in variables],
        'ops': [[op.name, op.type, [str(out.shape) for out in op.outputs]] for op in ops],
    }


def batch(step):
    """Eight made-up images, `[8, 784] float32`, and one-hot labels, `[8, 10] float32`, that depend on the step only."""
    places = np.arange(8 * 784).reshape(8, 784)
    return ((places * (7 + step)) % 256 / 255).astype(np.float32), np.eye(10, dtype=np.float32)[
        (np.arange(8) + step) % 10
    ]


def train_small():
    """Trains the small OCR network, saves it after five steps, and returns its probabilities for batch 0."""
    directory = os.path.join(_GOLDEN, 'ocr_cnn_small')
    os.makedirs(directory, exist_ok=True)
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(0)
        net = load('ocr_cnn').build(tf, **_SMALL)
        session.run(tf.global_variables_initializer())
        probabilities = {}
        for step in range(8):
            images, labels = batch(step)
            session.run(net['optimizer'], {net['x']: images, net['y_true']: labels})
            if step + 1 == 5:
                saver = tf.train.Saver(save_relative_paths=True)
                saver.save(session, os.path.join(directory, 'model.ckpt'), global_step=5, write_meta_graph=False)
            probabilities[step + 1] = session.run(net['y_pred'], {net['x']: batch(0)[0]}).tolist()
    return {'after 5 steps': probabilities[5], 'after 8 steps': probabilities[8]}


def write(name, value):
    """Writes `tests/golden/graph_NAME.json`, a list's items on lines of their own."""
    parts = []
    for key, part in value.items():
        if part and isinstance(part, list):
            part = '[\n  ' + ',\n  '.join(json.dumps(item) for item in part) + '\n ]'
        else:
            part = json.dumps(part, indent=2)
        parts.append(f'{json.dumps(key)}: {part}')
    with open(os.path.join(_GOLDEN, f'graph_{name}.json'), 'w') as file:
        file.write('{\n ' + ',\n '.join(parts) + '\n}\n')


def main():
    """Writes all golden files."""
    for name in _NAMES:
        write(name, describe(name))
    write('ocr_cnn_small', train_small())


if __name__ == '__main__':
    main()
