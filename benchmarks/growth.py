"""How `tf1.estimator` grows: training steps per second beside a bare session loop, over data, model and batch size.

`python -m benchmarks.growth`: rows of MNIST bytes in a memory-mapped file, 1, 10 and 100 times as many; networks of
about 10 to 10 million parameters; batches of 1 to 4096 rows. Both ways take turns in one process. Writes the medians
as CSV and as one figure. The largest file takes 4.7 GB of disk while it is measured.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from tqdm import tqdm

import tf1 as tf
from benchmarks import machine
from tf1.datasets import mnist
from tools import figures

NETWORKS = ((3, 2), (10, 8), (30, 31), (100, 98), (784, 127), (784, 1272), (784, 12722))
"""Features and hidden units: 11 parameters, 97, 993, 9,997, 99,823, 1 million and 10 million."""
BATCHES = (1, 4, 16, 64, 256, 1024, 4096)
TIMES = (1, 10, 100)
WAYS = ('tf1', 'bare session')
WARM_UP_STEPS = 10
SECONDS = 0.7
"""About how long one turn trains."""


class Case(NamedTuple):
    """One point of one panel."""

    panel: str
    size: int
    rows: int = 60_000
    network: tuple[int, int] = (784, 127)
    batch: int = 100


def cases() -> list[Case]:
    """Returns all points, panel by panel."""
    data = [Case('rows', 60_000 * times, rows=60_000 * times) for times in TIMES]
    models = [Case('parameters', parameters(*network), network=network) for network in NETWORKS]
    return data + models + [Case('batch', batch, batch=batch) for batch in BATCHES]


def parameters(features: int, hidden: int) -> int:
    """Returns the number of weights and biases of the network of that shape."""
    return (features + 1) * hidden + hidden + 1


def network(images: tf.Tensor, labels: tf.Tensor, shape: tuple[int, int]) -> tuple[tf.Operation, tf.Tensor]:
    """Builds a regression of the digit on the first features of `[batch, 784] uint8`; returns its step and its loss."""
    features, hidden = shape
    inputs = tf.cast(images[:, :features], tf.float32) / 255
    outputs = tf.layers.dense(tf.layers.dense(inputs, hidden, activation=tf.nn.relu), 1)
    loss = tf.losses.mean_squared_error(labels[:, None], outputs)
    return tf.train.GradientDescentOptimizer(1e-4).minimize(loss, tf.train.get_or_create_global_step()), loss


class Estimator:
    """Training through the public API, with default hooks, summaries and checkpoints."""

    def __init__(self, case: Case, images: np.ndarray, labels: np.ndarray, folder: str):
        self._case, self._images, self._labels = case, images, labels
        self._estimator = tf.estimator.Estimator(self._model_fn, folder)

    def _model_fn(self, features: tf.Tensor, labels: tf.Tensor, mode: str) -> tf.estimator.EstimatorSpec:
        train_op, loss = network(features, labels, self._case.network)
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    def times(self, steps: int) -> list[float]:
        """Returns when each step ended, in seconds."""
        clock = _Clock()
        input_fn = tf.estimator.inputs.numpy_input_fn(
            self._images, self._labels, batch_size=self._case.batch, num_epochs=None, shuffle=True
        )
        self._estimator.train(input_fn, hooks=[clock], steps=steps)
        return clock.times


class _Clock(tf.train.SessionRunHook):
    def __init__(self) -> None:
        self.times: list[float] = []

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:
        self.times.append(time.perf_counter())


class BareSession:
    """The same network, fed in a loop."""

    def __init__(self, case: Case, images: np.ndarray, labels: np.ndarray):
        self._case, self._images, self._labels = case, images, labels
        with tf.Graph().as_default():
            self._x = tf.placeholder(tf.uint8, [None, 784])
            self._y = tf.placeholder(tf.float32, [None])
            self._step = network(self._x, self._y, case.network)
            self._session = tf.Session()
            self._session.run(tf.global_variables_initializer())

    def times(self, steps: int) -> list[float]:
        """Returns when each step ended, in seconds."""
        ends = []
        for rows in np.random.randint(len(self._images), size=(steps, self._case.batch)):
            self._session.run(self._step, {self._x: self._images[rows], self._y: self._labels[rows]})
            ends.append(time.perf_counter())
        return ends


def steps_per_second(way: Estimator | BareSession, steps: int) -> float:
    """Returns the speed of `steps` steps after those that warm up."""
    times = way.times(steps + WARM_UP_STEPS)
    return steps / (times[-1] - times[WARM_UP_STEPS - 1])


def measure(case: Case, images: np.ndarray, labels: np.ndarray, rounds: int) -> dict[str, float]:
    """Returns the median speed of each way."""
    with tempfile.TemporaryDirectory() as folder:
        ways = {'tf1': Estimator(case, images, labels, folder), 'bare session': BareSession(case, images, labels)}
        steps = max(20, int(SECONDS * steps_per_second(ways['bare session'], 50)))
        found = [{name: steps_per_second(way, steps) for name, way in ways.items()} for _ in range(rounds + 1)]
    return {name: statistics.median(turn[name] for turn in found[1:]) for name in ways}


def write_rows(path: Path, rows: int) -> np.ndarray:
    """Writes MNIST's training images over and over, and returns them memory-mapped, `[rows, 784] uint8`."""
    images = mnist.load().train_images.reshape(-1, 784)
    with open(path, 'wb') as file:
        for start in range(0, rows, len(images)):
            images[: rows - start].tofile(file)
    return np.memmap(path, np.uint8, 'r', shape=(rows, 784))


def report(rows: list[tuple[Case, dict[str, float]]], folder: Path) -> None:
    """Prints the table, and writes `growth.csv` and `growth.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / 'growth.csv', 'w', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(['panel', 'size', *WAYS, 'ratio'])
        for case, found in rows:
            ratio = found['tf1'] / found['bare session']
            print(f'{case.panel:10} {case.size:>10,} {found["tf1"]:10.1f} {found["bare session"]:10.1f} {ratio:6.2f}')
            writer.writerow([case.panel, case.size, *(f'{found[way]:.4g}' for way in WAYS), f'{ratio:.2f}'])
    figures.save(draw(rows), folder / 'growth.png')


def draw(rows: list[tuple[Case, dict[str, float]]]) -> Figure:
    """Returns one panel per quantity that grows, both axes logarithmic."""
    figure = Figure(figsize=(12, 4), layout='constrained')
    panels = [list(group) for _, group in itertools.groupby(rows, key=lambda row: row[0].panel)]
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False, sharey=True)[0], panels, strict=True):
        for way in WAYS:
            axes.loglog([case.size for case, _ in panel], [found[way] for _, found in panel], 'o-', label=way)
        axes.set_xlabel(panel[0][0].panel)
        axes.set_ylabel('training steps per second')
        axes.grid(alpha=0.3)
        axes.legend()
    figure.suptitle(machine.describe(), fontsize=8)
    return figure


def main() -> None:
    """Measures what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=3, help='turns of each way, after one that warms up')
    parser.add_argument('--out', type=Path, default=Path('benchmarks/results'), help='folder of the CSV and the figure')
    arguments = parser.parse_args()
    tf.logging.set_verbosity(tf.logging.ERROR)
    print(machine.describe())
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'images'
        images, labels = None, None
        for case in tqdm(cases(), unit='case'):
            if images is None or len(images) != case.rows:
                images = write_rows(path, case.rows)
                labels = np.resize(mnist.load().train_labels.astype(np.float32), case.rows)
            rows.append((case, measure(case, images, labels, arguments.rounds)))
    report(rows, arguments.out)


if __name__ == '__main__':
    main()
