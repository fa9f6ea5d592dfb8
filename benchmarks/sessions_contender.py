"""A session system's training, or the bare loop of its document, which `benchmarks.sessions` times in processes.

Usage: python sessions_contender.py train|loop SYSTEM. Reads how many steps to train, a number a line, answers with the
seconds that they took. The bare loop is what the documents do: float32 images and one-hot labels in memory, a shuffled
epoch, a feed dictionary for each step. Both train the same graph with the same batch size.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import os
import sys
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from graphs import batchnorm_cnn, examples, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs.session import Running
from graphs.training_log import Outputs
from tf1.datasets import mnist


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
    'batchnorm_cnn': Case(batchnorm_cnn, 240, 'x', 'y', 'optimizer', 'cost'),
}


class Clock:
    """Answers requests between steps: each is a number of steps, its answer their seconds."""

    def __init__(self):
        self._answers = os.fdopen(os.dup(1), 'w')
        self._left, self._start = self._next(), time.perf_counter()

    def _next(self) -> int:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return json.loads(line)

    def step(self, *_: int) -> None:
        """Is called after each step.

        Raises:
          EOFError: nobody asks any more.
        """
        self._left -= 1
        if not self._left:
            print(json.dumps(time.perf_counter() - self._start), file=self._answers, flush=True)
            self._left = self._next()
            self._start = time.perf_counter()


def main(kind: str, name: str) -> None:
    """Answers requests until standard input ends."""
    case = CASES[name]
    clock = Clock()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(EOFError), start(case) as run:
        images, labels = examples_of(case, mnist.load())
        if kind == 'train':
            case.system.train(run, images, labels, outputs=Outputs(log=None, on_batch=clock.step))
            return
        while True:
            fetches, feeds = bare_steps(case, run, images, labels)
            for feed in feeds:
                run.session.run(fetches, feed)
                clock.step()


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
    main(*sys.argv[1:])
