"""Times each session system's training beside a bare loop of `session.run` on fed NumPy batches, in one run.

Usage: python -m benchmarks.sessions [NAME ...]

The bare loop is what the documents do: float32 images and one-hot labels in memory, a shuffled epoch, a feed dictionary
for each step. Both train the same graph with the same batch size, print nothing, and measure the accuracy of every
100th batch where the document does.
"""

from __future__ import annotations

import contextlib
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from graphs import _examples, batchnorm_cnn, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs._journal import Outputs
from graphs._session import Running
from tf1.datasets import mnist

_ROUNDS = 31
_SILENT = Outputs(log=None)
_Batches = Iterator[tuple[np.ndarray, np.ndarray]]


def _shuffled(images: np.ndarray, labels: np.ndarray, size: int, steps: int) -> _Batches:
    order = np.random.permutation(len(images))[: size * steps]
    for start in range(0, len(order), size):
        yield images[order[start : start + size]], labels[order[start : start + size]]


class PatchCnn:
    """System B."""

    system, steps = patch_cnn, 25

    def __init__(self, data: mnist.Mnist):
        self.grey = patch_cnn.splits(data).train
        self.images, self.labels = _examples.pixels(self.grey.images), _examples.one_hot(self.grey.labels)
        self.done = 0

    def ours(self, run: Running) -> None:
        """Trains by `train`."""
        patch_cnn.train(run, *self.grey, steps=self.steps, outputs=_SILENT)

    def bare(self, run: Running) -> None:
        """Trains by the bare loop."""
        net = run.net
        for x, y in _shuffled(self.images, self.labels, run.hparams.batch_size, self.steps):
            if self.done % patch_cnn.LOG_EVERY == 0:
                run.session.run([net.accuracy, net.cross_entropy], {net.x: x, net.y_: y, net.keep_prob: 1.0})
            self.done += 1
            run.session.run(net.train_step, {net.x: x, net.y_: y, net.keep_prob: run.hparams.keep_prob})


class OcrCnn:
    """System D."""

    system, steps = ocr_cnn, 25

    def __init__(self, data: mnist.Mnist):
        self.grey = ocr_cnn.splits(data).train
        self.images, self.labels = _examples.pixels(self.grey.images), _examples.one_hot(self.grey.labels)
        self.done = 0

    def ours(self, run: Running) -> None:
        """Trains by `train`."""
        ocr_cnn.train(run, *self.grey, steps=self.steps, outputs=_SILENT)

    def bare(self, run: Running) -> None:
        """Trains by the bare loop."""
        net = run.net
        for x, y in _shuffled(self.images, self.labels, run.hparams.batch_size, self.steps):
            run.session.run(net.optimizer, {net.x: x, net.y_true: y})
            if self.done % ocr_cnn.LOG_EVERY == 0:
                run.session.run([net.accuracy, net.cost], {net.x: x, net.y_true: y})
            self.done += 1


class LowlevelCnn:
    """System C1, and C2 in its subclass: an epoch of 25 batches."""

    system, steps = lowlevel_cnn, 25

    def __init__(self, data: mnist.Mnist):
        images = data.train_images[: self.steps * self.system.HParams().batch_size]
        self.images, self.labels = lowlevel_cnn.Standardiser.fit(images)(images), data.train_labels[: len(images)]

    def ours(self, run: Running) -> None:
        """Trains by `train`."""
        self.system.train(run, self.images, self.labels, epochs=1, outputs=_SILENT)

    def bare(self, run: Running) -> None:
        """Trains by the bare loop."""
        for x, y in _shuffled(self.images, self.labels, run.hparams.batch_size, self.steps):
            feed = {'tf_x:0': x, 'tf_y:0': y, **self.dropout(run)}
            run.session.run(['cross_entropy_loss:0', 'train_op'], feed)

    def dropout(self, run: Running) -> dict[str, Any]:
        """What the bare loop feeds for dropout."""
        return {'fc_keep_prob:0': run.hparams.keep_prob}


class LayersCnn(LowlevelCnn):
    """System C2."""

    system = layers_cnn

    def dropout(self, run: Running) -> dict[str, Any]:
        """What the bare loop feeds for dropout."""
        return {'is_train:0': True}


class BatchnormCnn:
    """System E: an epoch of 4 overlapping batches."""

    system, steps = batchnorm_cnn, 4

    def __init__(self, data: mnist.Mnist):
        self.grey = batchnorm_cnn.splits(data).train
        self.images = _examples.pixels(self.grey.images).reshape(-1, 28, 28, 1)
        self.labels = _examples.one_hot(self.grey.labels)

    def ours(self, run: Running) -> None:
        """Trains by `train`."""
        batchnorm_cnn.train(run, *self.grey, epochs=1, outputs=_SILENT)

    def bare(self, run: Running) -> None:
        """Trains by the bare loop."""
        net, size = run.net, run.hparams.batch_size
        for j in range(self.steps):
            feed = {net.x: self.images[j : j + size], net.y: self.labels[j : j + size]}
            run.session.run([net.cost, net.optimizer], feed)


_CASES = {
    case.system.__name__.rpartition('.')[2]: case for case in (PatchCnn, LowlevelCnn, LayersCnn, OcrCnn, BatchnormCnn)
}


def main(names: list[str]) -> None:
    """Prints both medians in training steps per second, and the median over the rounds of ours over the bare loop's."""
    data = mnist.load()
    for name in names or _CASES:
        case = _CASES[name](data)
        hparams = case.system.HParams()
        if case.system is batchnorm_cnn:
            hparams = batchnorm_cnn.HParams(steps_per_epoch=case.steps)
        with contextlib.redirect_stdout(io.StringIO()):
            run = case.system.start(hparams)
        with run:
            ours, bare = _times(lambda case=case, run=run: case.ours(run), lambda case=case, run=run: case.bare(run))
        speeds = [case.steps / statistics.median(seconds) for seconds in (ours, bare)]
        ratio = statistics.median(b / o for o, b in zip(ours, bare, strict=True))
        print(f'{name}: {speeds[0]:.1f} steps/s, bare loop {speeds[1]:.1f} steps/s, ratio {ratio:.3f}', flush=True)


def _times(*calls: Callable[[], object]) -> list[list[float]]:
    """Returns each call's times in seconds, round by round; the calls take turns, so a slow spell hits all of them."""
    times: list[list[float]] = [[] for _ in calls]
    for call in calls:
        call()
    for turn in range(_ROUNDS):
        for index in (range(len(calls)), reversed(range(len(calls))))[turn % 2]:
            start = time.perf_counter()
            calls[index]()
            times[index].append(time.perf_counter() - start)
    return times


if __name__ == '__main__':
    main(sys.argv[1:])
