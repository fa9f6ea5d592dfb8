"""`extract_images` and `extract_labels`: MNIST's files, compressed, from open files of bytes."""

from __future__ import annotations

import gzip
from typing import BinaryIO

import numpy as np

from tf1.datasets.dataset import dense_to_one_hot

_IMAGES = 2051
_LABELS = 2049


def extract_images(f: BinaryIO) -> np.ndarray:
    """Returns the images of an open, gzip-compressed IDX file: [n, rows, columns, 1] uint8.

    Raises:
      ValueError: it holds something else.
    """
    shape, values = _read(f, _IMAGES, 3, 'image')
    return values.reshape(*shape, 1)


def extract_labels(f: BinaryIO, one_hot: bool = False, num_classes: int = 10) -> np.ndarray:
    """Returns the labels of an open, gzip-compressed IDX file: [n] uint8, or [n, num_classes] if `one_hot`.

    Raises:
      ValueError: it holds something else.
    """
    _, labels = _read(f, _LABELS, 1, 'label')
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


def _read(file: BinaryIO, magic: int, ndim: int, kind: str) -> tuple[tuple[int, ...], np.ndarray]:
    print('Extracting', file.name)
    with gzip.GzipFile(fileobj=file) as stream:
        content = stream.read()
    found = int.from_bytes(content[:4], 'big')
    if found != magic:
        raise ValueError(f'Invalid magic number {found} in MNIST {kind} file: {file.name}')
    shape = tuple(int(size) for size in np.frombuffer(content, '>u4', ndim, 4))
    return shape, np.frombuffer(content, np.uint8, offset=4 + 4 * ndim).copy()
