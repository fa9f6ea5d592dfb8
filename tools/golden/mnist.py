"""Writes tests/golden/mnist_batches.json: what TF 1.15.5's MNIST loaders return, as types, shapes and hashes.

Run it under TF 1.15.5 and Python 3.7, on a folder with the four gzip-compressed MNIST files:

    python tools/golden/mnist.py DATA_DIR
"""

from __future__ import annotations

import hashlib
import json
import os
import sys

import numpy as np
import tensorflow as tf

_OUTPUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'tests', 'golden', 'mnist_batches.json')

# A part's name, read_data_sets arguments, batch size, whether next_batch shuffles, and how many batches to draw: each
# case goes past the end of an epoch, one in the middle of a batch, one just at its end, one twice.
_CASES = (
    ('train', {'seed': 0}, 100, True, 552),
    ('train', {'seed': 1, 'one_hot': True}, 64, True, 862),
    ('train', {'seed': 7}, 20000, True, 6),
    ('train', {'seed': 1}, 750, False, 75),
    ('validation', {'seed': 3, 'dtype': 'uint8'}, 50, True, 102),
    ('validation', {'seed': 3, 'reshape': False}, 999, True, 7),
    ('validation', {'seed': 2, 'validation_size': 1000}, 7, True, 145),
    ('validation', {'graph_seed': 5}, 300, True, 18),
    ('validation', {'graph_seed': 5, 'seed': 6}, 300, True, 18),
    ('test', {'seed': 11}, 128, True, 80),
    ('test', {'seed': 11, 'one_hot': True, 'dtype': 'uint8'}, 3000, False, 5),
    ('test', {'seed': 4}, 15000, True, 2),
)


def sha1(array):
    """Returns the hash of an array's bytes in C order."""
    return hashlib.sha1(np.ascontiguousarray(array).tobytes()).hexdigest()


def describe(array):
    """Returns an array's type, shape and hash."""
    return {'dtype': str(array.dtype), 'shape': list(array.shape), 'sha1': sha1(array)}


def read(read_data_sets, data_dir, arguments):
    """Returns the data sets for one case's arguments, with the graph's seed set where the case has one."""
    arguments = dict(arguments)
    tf.reset_default_graph()
    tf.set_random_seed(arguments.pop('graph_seed', None))
    if 'dtype' in arguments:
        arguments['dtype'] = tf.as_dtype(arguments['dtype'])
    return read_data_sets(data_dir, **arguments)


def run_case(read_data_sets, data_dir, case):
    """Returns one case with what it gave: the whole part first, then hashes over all batches and of the last two."""
    part, arguments, batch_size, shuffle, count = case
    dataset = getattr(read(read_data_sets, data_dir, arguments), part)
    result = {'part': part, 'arguments': arguments, 'batch_size': batch_size, 'shuffle': shuffle, 'count': count}
    result.update(images=describe(dataset.images), labels=describe(dataset.labels))
    every = hashlib.sha1()
    for index in range(count):
        images, labels = dataset.next_batch(batch_size, shuffle=shuffle)
        every.update(np.ascontiguousarray(images).tobytes())
        every.update(np.ascontiguousarray(labels).tobytes())
        if index >= count - 2:
            result.setdefault('last', []).append({'images': describe(images), 'labels': describe(labels)})
    result.update(every=every.hexdigest(), epochs_completed=dataset.epochs_completed)
    return result


def run_interleaved(read_data_sets, data_dir):
    """Returns the label hashes of batches drawn from the three parts in turn: they share one random generator."""
    datasets = read(read_data_sets, data_dir, {'seed': 9})
    draws = ((datasets.train, 20000), (datasets.validation, 2000), (datasets.test, 4000))
    return [[sha1(part.next_batch(size)[1]) for part, size in draws] for _ in range(6)]


def main(data_dir):
    """Writes the file."""
    from tensorflow.examples.tutorials.mnist import input_data

    golden = {
        'tensorflow': tf.__version__,
        'cases': [run_case(input_data.read_data_sets, data_dir, case) for case in _CASES],
        'interleaved': run_interleaved(input_data.read_data_sets, data_dir),
    }
    with open(_OUTPUT, 'w') as f:
        json.dump(golden, f, indent=1)
        f.write('\n')


if __name__ == '__main__':
    main(*sys.argv[1:])
