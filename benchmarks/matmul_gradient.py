"""Times the gradient of a dense layer's input by MatMul, as TensorFlow takes it, beside BatchMatMulV2.

`python -m benchmarks.matmul_gradient`: prints, for batches and weights of many sizes, both times, their ratio, and
whether `tf1` takes BatchMatMulV2 there. Above 1 it is the faster one.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time

from tqdm import tqdm

import tf1 as tf
from benchmarks import machine

BATCHES = (1, 8, 16, 32, 100, 256, 1000)
WEIGHTS = ((784, 128), (784, 500), (512, 1024), (1024, 1024), (3136, 1024), (12800, 1024), (512, 10000))
_LARGEST = 7e9
"""Multiplications of one product; larger ones would only take long."""
_SECONDS = 0.1
"""One turn of one operation."""


class Products:
    """The gradient of `[batch, inputs]` through weights `[inputs, units]` by both operations, and by tf1's choice."""

    def __init__(self, batch: int, inputs: int, units: int):
        with tf.Graph().as_default():
            rows = tf.get_variable('rows', [batch, inputs], initializer=tf.random_normal_initializer())
            weights = tf.get_variable('weights', [inputs, units], initializer=tf.random_normal_initializer())
            grad = tf.get_variable('grad', [batch, units], initializer=tf.random_normal_initializer())
            ways = (
                tf.matmul(grad, weights, transpose_b=True),
                tf.raw_ops.BatchMatMulV2(x=grad, y=weights, adj_y=True),
            )
            (chosen,) = tf.gradients(tf.matmul(rows, weights), rows, grad)
            self.taken = chosen.op.type == 'BatchMatMulV2'
            session = tf.Session(config=tf.ConfigProto(inter_op_parallelism_threads=-1))
            session.run(tf.global_variables_initializer())
            self._run = [session.make_callable(way.op) for way in ways]
        started = time.perf_counter()
        self.microseconds(1)
        self.times = max(1, round(_SECONDS / (time.perf_counter() - started)))

    def microseconds(self, times: int) -> list[float]:
        """Returns the mean time of each."""
        found = []
        for run in self._run:
            start = time.perf_counter()
            for _ in range(times):
                run()
            found.append((time.perf_counter() - start) / times * 1e6)
        return found


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=7, help='turns of each operation')
    rounds = parser.parse_args().rounds
    print(machine.describe())
    lines = [f'{"batch":>6} {"weights":>13} {"MatMul":>10} {"BatchMatMulV2":>14} {"ratio":>6}  taken']
    sizes = [(batch, *shape) for shape, batch in itertools.product(WEIGHTS, BATCHES)]
    sizes = [size for size in sizes if size[0] * size[1] * size[2] <= _LARGEST]
    for batch, inputs, units in tqdm(sizes, unit='size'):
        products = Products(batch, inputs, units)
        products.microseconds(products.times)
        turns = [products.microseconds(products.times) for _ in range(rounds)]
        first, second = (statistics.median(each) for each in zip(*turns, strict=True))
        ratio = statistics.median(one / other for one, other in turns)
        shape = f'{inputs} x {units}'
        taken = 'yes' if products.taken else ''
        lines.append(f'{batch:6} {shape:>13} {first:7.0f} us {second:11.0f} us {ratio:6.2f}  {taken}'.rstrip())
    print('\n'.join(lines))


if __name__ == '__main__':
    main()
