"""What tests of all parts share."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from tf1.datasets import mnist


def pytest_collection_finish() -> None:
    """Spares Python's collector what all tests share; graphs, which are many objects, are collected less often."""
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.fixture(autouse=True)
def empty_default_graph() -> Iterator[None]:
    """What a test built in the default graph (a variable, a saver) is not there for the next one."""
    yield
    if tensorflow := sys.modules.get('tensorflow'):
        tensorflow.compat.v1.reset_default_graph()


@pytest.fixture(scope='module')
def graphs_not_rewritten() -> Iterator[None]:
    """Sessions run graphs as they are built: for many small graphs, rewriting them takes longer than running them."""
    from tensorflow.compat.v1 import ConfigProto
    from tensorflow.python.client.session import BaseSession

    usual = BaseSession.__init__

    def begin(self, target='', graph=None, config=None):
        plain = ConfigProto.FromString(config.SerializeToString()) if config else ConfigProto()
        plain.graph_options.rewrite_options.disable_meta_optimizer = True
        usual(self, target, graph, plain)

    BaseSession.__init__ = begin
    yield
    BaseSession.__init__ = usual


@pytest.fixture(scope='session')
def digits() -> mnist.Mnist:
    """The first 2,000 training and 500 test images of MNIST."""
    data = mnist.load()
    return mnist.Mnist(
        data.train_images[:2000], data.train_labels[:2000], data.test_images[:500], data.test_labels[:500]
    )


@pytest.fixture(scope='session')
def digits_dir(digits: mnist.Mnist, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with those images as IDX files, for --data_dir."""
    folder = tmp_path_factory.mktemp('digits')
    for name, array in zip(
        ('train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'),
        digits,
        strict=True,
    ):
        write_idx(folder / name, array)
    return str(folder)


def write_idx(path, array: np.ndarray) -> None:
    """Writes uint8 values in the IDX format: a big-endian header, then the bytes."""
    header = np.array([0x0800 + array.ndim, *array.shape], '>u4')
    path.write_bytes(header.tobytes() + array.tobytes())
