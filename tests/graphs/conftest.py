from __future__ import annotations

import contextlib
import io

import pytest

from graphs import batchnorm_cnn, layers_cnn, lowlevel_cnn, ocr_cnn, patch_cnn
from graphs._examples import Examples, Splits
from tf1.datasets import mnist

SYSTEMS = {
    'patch_cnn': patch_cnn,
    'lowlevel_cnn': lowlevel_cnn,
    'layers_cnn': layers_cnn,
    'ocr_cnn': ocr_cnn,
    'batchnorm_cnn': batchnorm_cnn,
}


@pytest.fixture(scope='session')
def data():
    return mnist.load()


@pytest.fixture(scope='session')
def small(data):
    """Each system's split, cut down to 330 training and 100 other images."""

    def cut(examples, count):
        return examples and Examples(examples.images[:count], examples.labels[:count])

    made = {}
    for name, system in SYSTEMS.items():
        train, validation, test = system.splits(data)
        made[name] = Splits(cut(train, 330), cut(validation, 100), cut(test, 100))
    return made


@pytest.fixture
def start_quietly():
    """Starts a system without printed layers, and closes it in the end."""
    opened = []

    def start(system, hparams=None):
        with contextlib.redirect_stdout(io.StringIO()):
            opened.append(system.start(hparams or system.HParams()))
        return opened[-1]

    yield start
    for run in opened:
        run.close()
