"""Times a training step on a pool of threads beside one on the calling thread, for graphs of many sizes and shapes.

`python -m benchmarks.small_graphs`: prints, for each, what `tf1._engine.session_threads` decides by, operations in
the graph and values in its variables, and the ratio. Above 1 the calling thread is faster.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable

import numpy as np
from tqdm import tqdm

import tf1 as tf
from benchmarks import machine

_SECONDS = 0.3
"""One turn of one way."""


def tower(images: tf.Tensor, *widths: int) -> tf.Tensor:
    """Dense layers of `widths` over `[batch, 784]`, and one of 10."""
    for width in widths:
        images = tf.layers.dense(images, width, tf.nn.relu)
    return tf.layers.dense(images, 10)


def towers(images: tf.Tensor, number: int, width: int) -> tf.Tensor:
    """The sum of `number` towers side by side."""
    return tf.add_n([tower(images, width) for _ in range(number)])


def convolutions(images: tf.Tensor) -> tf.Tensor:
    """Two strided convolutions and a dense layer."""
    images = tf.reshape(images, [-1, 28, 28, 1])
    for filters in (8, 16):
        images = tf.layers.conv2d(images, filters, 3, 2, activation=tf.nn.relu)
    return tf.layers.dense(tf.layers.flatten(images), 10)


def embeddings(images: tf.Tensor) -> tf.Tensor:
    """The mean of 784 rows of an embedding matrix, and a dense layer."""
    table = tf.get_variable('embeddings', [20000, 64])
    return tower(tf.reduce_mean(tf.nn.embedding_lookup(table, tf.cast(images * 19999, tf.int32)), 1))


GRAPHS: dict[str, tuple[Callable[[tf.Tensor], tf.Tensor], int]] = {
    'linear, batch 1': (tower, 1),
    'linear, batch 100': (tower, 100),
    'linear, batch 4096': (tower, 4096),
    'one layer of 32': (lambda x: tower(x, 32), 64),
    'one layer of 256': (lambda x: tower(x, 256), 64),
    'one layer of 500': (lambda x: tower(x, 500), 64),
    'two layers of 1000': (lambda x: tower(x, 1000, 1000), 64),
    'four layers of 512': (lambda x: tower(x, *[512] * 4), 64),
    'two towers of 512': (lambda x: towers(x, 2, 512), 64),
    'six layers of 64': (lambda x: tower(x, *[64] * 6), 64),
    'six layers of 64, batch 1024': (lambda x: tower(x, *[64] * 6), 1024),
    'three towers of 16': (lambda x: towers(x, 3, 16), 64),
    'eight towers of 16': (lambda x: towers(x, 8, 16), 64),
    'eight towers of 128': (lambda x: towers(x, 8, 128), 64),
    'two convolutions': (convolutions, 64),
    'embeddings': (embeddings, 64),
}
"""Builders of logits `[batch, 10]`, and the batch."""


class Step:
    """A training step in a session of its own."""

    def __init__(self, build: Callable[[tf.Tensor], tf.Tensor], batch: int, inter_op_threads: int):
        generator = np.random.default_rng(0)
        images = generator.random((5000, 784), np.float32)
        labels = generator.integers(0, 10, 5000).astype(np.int32)
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(1)
            x, y = tf.estimator.inputs.numpy_input_fn(images, labels, batch, num_epochs=None, shuffle=True)()
            loss = tf.losses.sparse_softmax_cross_entropy(y, build(x))
            train_op = tf.train.AdamOptimizer().minimize(loss, tf.train.get_or_create_global_step())
            self.operations = len(graph.get_operations())
            self.values = sum(math.prod(variable.shape.as_list()) for variable in tf.global_variables())
            session = tf.Session(config=tf.ConfigProto(inter_op_parallelism_threads=inter_op_threads))
            session.run(tf.global_variables_initializer())
            self._run = session.make_callable([train_op, loss])
        self.microseconds(3)

    def microseconds(self, times: int) -> float:
        """Returns the mean time of a step."""
        start = time.perf_counter()
        for _ in range(times):
            self._run()
        return (time.perf_counter() - start) / times * 1e6


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=7, help='turns of each way')
    rounds = parser.parse_args().rounds
    print(machine.describe())
    lines = [f'{"graph":30} {"operations":>10} {"values":>9} {"pool":>9} {"caller":>9} {"ratio":>6}']
    for name, (build, batch) in tqdm(GRAPHS.items(), unit='graph'):
        pool, caller = Step(build, batch, 0), Step(build, batch, -1)
        times = max(5, round(_SECONDS / (pool.microseconds(5) * 1e-6)))
        turns = [(pool.microseconds(times), caller.microseconds(times)) for _ in range(rounds)]
        medians = [statistics.median(each) for each in zip(*turns, strict=True)]
        ratio = statistics.median(first / second for first, second in turns)
        lines.append(
            f'{name:30} {pool.operations:10} {pool.values:9} {medians[0]:6.0f} us {medians[1]:6.0f} us {ratio:6.2f}'
        )
    print('\n'.join(lines))


if __name__ == '__main__':
    main()
