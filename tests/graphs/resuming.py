"""Trains the session systems on one thread, in a process of its own: threads are set by a process's first session.

python resuming.py compare DIRECTORY   trains each system in one go and in two, goes on with the killed training in
                                       DIRECTORY, and prints a JSON object of the variables that came out different
python resuming.py train DIRECTORY     trains C1 into DIRECTORY until it is killed
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys

import numpy as np

import tf1 as tf
from graphs import batchnorm_cnn, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.standardization import Standardiser
from graphs.training_log import Outputs
from tf1.datasets import mnist

ONE_THREAD = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
KILLED = lowlevel_cnn.HParams(batch_size=100)
# Of 330 images: 12 steps of B and D end inside an epoch; an epoch of the others has 4 batches, the last short.
CASES = {
    'patch_cnn': (patch_cnn, patch_cnn.HParams(), 'steps', 12, 8),
    'lowlevel_cnn': (lowlevel_cnn, KILLED, 'epochs', 3, 2),
    'layers_cnn': (layers_cnn, layers_cnn.HParams(batch_size=100), 'epochs', 3, 2),
    'ocr_cnn': (ocr_cnn, ocr_cnn.HParams(), 'steps', 12, 8),
    'batchnorm_cnn': (batchnorm_cnn, batchnorm_cnn.HParams(batch_size=100, batches='disjoint'), 'epochs', 3, 2),
}


def start(system, hparams):
    with contextlib.redirect_stdout(io.StringIO()):
        return system.start(hparams, config=ONE_THREAD)


def examples(system, data):
    images = data.train_images[:330]
    if system in (lowlevel_cnn, layers_cnn):
        images = Standardiser.fit(images)(images)
    return images, data.train_labels[:330]


def values(run):
    return run.session.run({v.op.name: v for v in run.graph.get_collection('variables')})


def differing(one, other):
    """The variables that are not the same in two runs, to the last bit."""
    one, other = values(one), values(other)
    return sorted(key for key in one.keys() | other.keys() if not np.array_equal(one.get(key), other.get(key)))


def compare(name, data, directory):
    system, hparams, unit, first, second = CASES[name]
    images, labels = examples(system, data)

    def train(run, amount, model_dir=None):
        system.train(run, images, labels, **{unit: amount}, outputs=Outputs(model_dir, log=None))

    whole, before, after = (start(system, hparams) for _ in range(3))
    train(whole, first + second)
    train(before, first, os.path.join(directory, name))
    # Dropout's own generator moves on here; what is learned must not depend on it.
    system.evaluate(before, images, labels)
    after.restore(os.path.join(directory, name))
    train(after, second)
    assert whole.done == after.done
    return differing(whole, after)


def resume_killed(data, directory):
    """Two more epochs after the kill against all epochs in one go; returns (epoch of the kill, what differs)."""
    images, labels = examples(lowlevel_cnn, data)
    resumed, whole = start(lowlevel_cnn, KILLED), start(lowlevel_cnn, KILLED)
    resumed.go_on(directory)
    killed_at = resumed.done
    lowlevel_cnn.train(resumed, images, labels, epochs=2, outputs=Outputs(directory, log=None))
    lowlevel_cnn.train(whole, images, labels, epochs=killed_at + 2, outputs=Outputs(log=None))
    return killed_at, differing(whole, resumed)


def main(task, directory):
    data = mnist.load()
    if task == 'train':
        lowlevel_cnn.train(
            start(lowlevel_cnn, KILLED),
            *examples(lowlevel_cnn, data),
            epochs=10_000,
            outputs=Outputs(directory, log=None),
        )
    result = {name: compare(name, data, directory) for name in CASES}
    result['killed'] = resume_killed(data, os.path.join(directory, 'killed'))
    print(json.dumps(result))


if __name__ == '__main__':
    main(*sys.argv[1:])
