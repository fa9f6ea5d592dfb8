from __future__ import annotations

import contextlib
import io

import pytest

from graphs.examples import Examples, Splits
from graphs.standardization import Standardiser
from tf1.datasets import mnist

SYSTEMS = ('patch_cnn', 'lowlevel_cnn', 'layers_cnn', 'ocr_cnn', 'batchnorm_cnn')


@pytest.fixture(scope='session')
def data():
    return mnist.load()


@pytest.fixture(scope='session')
def small(data):
    """330 training and 100 other images for each system, standardised where it wants them so."""

    grey = Splits(
        Examples(data.train_images[:330], data.train_labels[:330]),
        Examples(data.train_images[-100:], data.train_labels[-100:]),
        Examples(data.test_images[:100], data.test_labels[:100]),
    )
    standardise = Standardiser.fit(grey.train.images)
    standardised = Splits(*(Examples(standardise(part.images), part.labels) for part in grey))
    return {name: standardised if name in ('lowlevel_cnn', 'layers_cnn') else grey for name in SYSTEMS}


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
