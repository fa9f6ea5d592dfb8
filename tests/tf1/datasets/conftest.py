from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope='session')
def idx_bytes() -> Callable[[np.ndarray], bytes]:
    """Returns an independent writer of IDX bytes."""

    def convert(array: np.ndarray) -> bytes:
        header = struct.pack(f'>4B{array.ndim}I', 0, 0, 0x08, array.ndim, *array.shape)
        return header + array.astype(np.uint8).tobytes()

    return convert


@pytest.fixture
def small_mnist(tmp_path, idx_bytes) -> Path:
    """A folder of MNIST's form: 12 training and 7 test images, image i filled with i, its label i modulo 10."""
    for kind, count in (('train', 12), ('t10k', 7)):
        numbers = np.arange(count)
        images = np.broadcast_to(numbers[:, None, None], (count, 28, 28))
        (tmp_path / f'{kind}-images-idx3-ubyte').write_bytes(idx_bytes(images))
        (tmp_path / f'{kind}-labels-idx1-ubyte').write_bytes(idx_bytes(numbers % 10))
    return tmp_path
