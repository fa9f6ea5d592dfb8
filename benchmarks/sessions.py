"""Times each session system's training beside a bare loop of `session.run` on fed NumPy batches, step by step in turn.

Usage: python -m benchmarks.sessions [NAME ...]

The bare loop is what the documents do: float32 images and one-hot labels in memory, a shuffled epoch, a feed dictionary
for each step. Both train the same graph, in sessions of their own, with the same batch size. After each step of `train`
comes one of the bare loop, so that a slow spell of the machine hits both. Lower quartiles over the steps are compared:
other work on the machine makes steps slower, never faster. The session opened first is up to 5 % slower, whoever has
it, so each is opened first once and the ratio is the geometric mean of both runs.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import statistics
import sys
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks import machine
from graphs import batchnorm_cnn, examples, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.session import Running
from graphs.training_log import Outputs
from tf1.datasets import mnist

_WARM_UP = 5


@dataclasses.dataclass(frozen=True)
class Case:
    """A system, how long to train it, and what its document's loop feeds besides images and labels."""

    system: ModuleType
    steps: int
    images: str
    labels: str
    train_op: str
    loss: str | None = None
    more: tuple[tuple[str, float | bool], ...] = ()


CASES = {
    'patch_cnn': Case(patch_cnn, 600, 'x', 'y_', 'train_step', more=(('keep_prob', 0.5),)),
    'lowlevel_cnn': Case(
        lowlevel_cnn, 400, 'tf_x', 'tf_y', 'train_op', 'cross_entropy_loss', more=(('keep_prob', 0.5),)
    ),
    'layers_cnn': Case(layers_cnn, 400, 'tf_x', 'tf_y', 'train_op', 'cross_entropy_loss', more=(('is_train', True),)),
    'ocr_cnn': Case(ocr_cnn, 600, 'x', 'y_true', 'optimizer'),
    'batchnorm_cnn': Case(batchnorm_cnn, 40, 'x', 'y', 'optimizer', 'cost'),
}


def main(names: list[str]) -> None:
    """Prints both speeds in training steps per second, and ours as a multiple of the bare loop's."""
    print(machine.describe())
    data = mnist.load()
    for name in names or CASES:
        ours, bare = zip(*(_quartiles(CASES[name], data, first) for first in ('ours', 'bare')), strict=True)
        ratio = statistics.geometric_mean(b / a for a, b in zip(ours, bare, strict=True))
        speeds = f'{1 / statistics.mean(ours):.1f} steps/s, bare loop {1 / statistics.mean(bare):.1f} steps/s'
        print(f'{name}: {speeds}, ratio {ratio:.3f}', flush=True)


def _quartiles(case: Case, data: mnist.Mnist, first: str) -> tuple[float, float]:
    """Returns the lower quartiles of a step's seconds, of `train` and of the bare loop."""
    ours, bare = (statistics.quantiles(seconds[_WARM_UP:])[0] for seconds in _times(case, data, first))
    return ours, bare


def _times(case: Case, data: mnist.Mnist, first: str) -> tuple[list[float], list[float]]:
    """Returns the seconds of each step of `train` and of the bare loop; `first` says whose session is opened first."""
    with contextlib.redirect_stdout(io.StringIO()):
        run, other = start(case), start(case)
    if first == 'bare':
        run, other = other, run
    ours: list[float] = []
    bare: list[float] = []
    images, labels = examples_of(case, data)
    loop = _bare_loop(case, other, images, labels)
    mark = time.perf_counter()

    def take_turns(*_: int) -> None:
        nonlocal mark
        start = time.perf_counter()
        ours.append(start - mark)
        next(loop)
        mark = time.perf_counter()
        bare.append(mark - start)

    amount = {'epochs': 1} if hasattr(run.hparams, 'epochs') else {'steps': case.steps}
    with run, other:
        case.system.train(run, images, labels, **amount, outputs=Outputs(log=None, on_batch=take_turns))
    return ours, bare


def start(case: Case) -> Running:
    """Opens a session on a system's graph."""
    hparams = case.system.HParams()
    if case.system is batchnorm_cnn:
        hparams = dataclasses.replace(hparams, steps_per_epoch=case.steps)
    return case.system.start(hparams)


def examples_of(case: Case, data: mnist.Mnist) -> tuple[np.ndarray, np.ndarray]:
    """What `train` takes: whole batches of standardised images for C1 and C2, grey ones for the others."""
    if case.system not in (lowlevel_cnn, layers_cnn):
        return case.system.splits(data).train
    count = case.steps * case.system.HParams().batch_size
    images = data.train_images[:count]
    return lowlevel_cnn.Standardiser.fit(images)(images), data.train_labels[:count]


def _bare_loop(case: Case, run: Running, images: np.ndarray, labels: np.ndarray) -> Iterator[None]:
    """Trains a step each time it is asked for the next."""
    fetches, feeds = bare_steps(case, run, images, labels)
    for feed in feeds:
        run.session.run(fetches, feed)
        yield


def bare_steps(
    case: Case, run: Running, images: np.ndarray, labels: np.ndarray
) -> tuple[list[Any], Iterator[dict[Any, Any]]]:
    """Returns what a document's loop fetches at each step, and what it feeds from step to step."""
    net = run.net
    x, y = getattr(net, case.images), getattr(net, case.labels)
    fetches = [getattr(net, name) for name in (case.loss, case.train_op) if name]
    images = examples.pixels(images).reshape(-1, *x.shape.as_list()[1:])
    labels = examples.one_hot(labels) if len(y.shape) == 2 else labels
    return fetches, _feeds(case, run, (x, images), (y, labels))


def _feeds(
    case: Case, run: Running, images: tuple[Any, np.ndarray], labels: tuple[Any, np.ndarray]
) -> Iterator[dict[Any, Any]]:
    size = run.hparams.batch_size
    more = {getattr(run.net, name): value for name, value in case.more}
    order = np.random.permutation(len(images[1]))
    for step in range(case.steps):
        part = slice(step, step + size) if case.system is batchnorm_cnn else order[step * size : (step + 1) * size]
        yield {images[0]: images[1][part], labels[0]: labels[1][part], **more}


if __name__ == '__main__':
    main(sys.argv[1:])
