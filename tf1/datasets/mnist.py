"""MNIST, by each of the four ways in which TF 1.x programs load it; the files ship with the package."""

from __future__ import annotations

import functools
import importlib.resources
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow.compat.v1 as v1

from tf1.datasets.dataset import DataSet, Datasets, dense_to_one_hot
from tf1.datasets.idx import DataError, read_idx

DEFAULT_SOURCE_URL = 'https://storage.googleapis.com/cvdf-datasets/mnist/'

_CLASSES = 10
_SIDE = 28
_KINDS = ('train', 't10k')
_PARTS = {'images': 'idx3-ubyte', 'labels': 'idx1-ubyte'}


class Mnist(NamedTuple):
    """Images `[n, 28, 28]` uint8, 0 (black) to 255, and labels `[n]` uint8, 0 to 9."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load(data_dir: str | os.PathLike[str] | None = None) -> Mnist:
    """Returns the four arrays of MNIST, or of a set in the same format (Fashion-MNIST, EMNIST digits).

    Args:
      data_dir: folder with the four files under their usual names (`train-images-idx3-ubyte` or
        `train-images.idx3-ubyte` and so on), with or without `.gz`. None reads the files in the package.

    Raises:
      DataError: the folder or a file is missing or broken, images are not 28x28, the numbers of images and labels
        differ, or a label is over 9.
    """
    folder = _packaged_dir() if data_dir is None else _existing_dir(data_dir)
    return Mnist(*(array for kind in _KINDS for array in _read_pair(folder, kind)))


def load_mnist(path: str | os.PathLike[str] | None, kind: str = 'train') -> tuple[np.ndarray, np.ndarray]:
    """Returns images `[n, 784]` uint8 and labels `[n]` uint8 of one part: document 3's hand-written reader.

    Args:
      path: folder as in `load`; None reads the files in the package.
      kind: 'train' or 't10k'.

    Raises:
      ValueError: `kind` is another.
      DataError: as in `load`.
    """
    if kind not in _KINDS:
        raise ValueError(f"kind must be 'train' or 't10k', got {kind!r}.")
    images, labels = _read_pair(_packaged_dir() if path is None else _existing_dir(path), kind)
    return images.reshape(len(images), _SIDE * _SIDE), labels


def load_data(path: str = 'mnist.npz') -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Returns `(x_train, y_train), (x_test, y_test)`, as `tf.keras.datasets.mnist.load_data` does.

    Images are `[n, 28, 28]` uint8, labels `[n]` uint8. `path` named Keras's download cache; nothing is downloaded
    here, so it has no effect.
    """
    data = load()
    return (data.train_images, data.train_labels), (data.test_images, data.test_labels)


def read_data_sets(
    train_dir: str | os.PathLike[str] | None,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: object = v1.float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str = DEFAULT_SOURCE_URL,
) -> Datasets:
    """Returns MNIST in three parts, as TF 1.15's `tensorflow.examples.tutorials.mnist.input_data` does.

    Prints a line for each file in `train_dir`, as that does.

    Args:
      train_dir: folder as in `load`. Where it holds none of the files (TF 1.15 downloaded them then), those in the
        package are used and one log line says so.
      fake_data: three parts of made-up data instead; see `DataSet`.
      one_hot: labels `[n, 10]` float64 instead of `[n]` uint8.
      dtype: `tf.float32` (pixels in [0, 1]) or `tf.uint8` (0..255).
      reshape: images `[n, 784]`, else `[n, 28, 28, 1]`.
      validation_size: number of images, from the start of the training file, that make up the validation part.
      seed: makes batches repeatable.
      source_url: where TF 1.15 downloaded from.

    Raises:
      TypeError: `dtype` is another.
      ValueError: `validation_size` is not between 0 and the number of training images.
      DataError: as in `load`, or `source_url` is not MNIST's and `train_dir` holds no files.
    """
    make = functools.partial(DataSet, one_hot=one_hot, dtype=dtype, reshape=reshape, seed=seed)
    if fake_data:
        return Datasets(*(make(None, None, fake_data=True) for _ in Datasets._fields))
    folder = _choose_dir(train_dir, source_url)
    data = load(folder)
    if folder is not None:
        _say_extracting(train_dir, folder)
    count = len(data.train_images)
    if not 0 <= validation_size <= count:
        raise ValueError(f'validation_size must be between 0 and {count}, got {validation_size}.')
    train_labels, test_labels = (
        dense_to_one_hot(labels, _CLASSES) if one_hot else labels for labels in (data.train_labels, data.test_labels)
    )
    train_images, test_images = data.train_images[..., np.newaxis], data.test_images[..., np.newaxis]
    return Datasets(
        train=make(train_images[validation_size:], train_labels[validation_size:]),
        validation=make(train_images[:validation_size], train_labels[:validation_size]),
        test=make(test_images, test_labels),
    )


def load_dataset(name: str, size: str = 'small', test_with_fake_data: bool = False) -> Datasets:
    """Returns a data set by name, as `tf.contrib.learn.datasets.load_dataset` does.

    Args:
      name: 'mnist'. Its files are looked for in the folder `MNIST-data` first, as in TF 1.15.
      size: of no effect, as in TF 1.15 for MNIST.
      test_with_fake_data: of no effect, as in TF 1.15 for MNIST.

    Raises:
      ValueError: `name` is another.
      DataError: as in `read_data_sets`.
    """
    if name != 'mnist':
        raise ValueError(f"name must be 'mnist', the one data set here, got {name!r}.")
    return read_data_sets('MNIST-data')


def _packaged_dir() -> Path:
    return Path(str(importlib.resources.files('tf1.datasets') / 'data'))


def _existing_dir(data_dir: str | os.PathLike[str]) -> Path:
    folder = Path(data_dir)
    if not folder.is_dir():
        found = 'a file' if folder.exists() else 'nothing'
        raise DataError(folder, 'a folder with the four MNIST files', found, 'Give a folder that holds them.')
    return folder


def _choose_dir(train_dir: str | os.PathLike[str] | None, source_url: str) -> Path | None:
    if train_dir is not None and (Path(train_dir).is_file() or _holds_any(Path(train_dir))):
        return Path(train_dir)
    if source_url.rstrip('/') != DEFAULT_SOURCE_URL.rstrip('/'):
        remedy = f'Nothing is downloaded here: put the files from {source_url} there.'
        raise DataError(train_dir or 'train_dir', 'a folder with four IDX files', 'none of them', remedy)
    if train_dir is not None:
        v1.logging.info('%s holds no MNIST files; using those in the package.', train_dir)
    return None


def _say_extracting(train_dir: str | os.PathLike[str], folder: Path) -> None:
    # As TF 1.15 does, so that a program prints what it printed.
    for kind in _KINDS:
        for part in _PARTS:
            print('Extracting', os.path.join(train_dir, _find(folder, kind, part).name))


def _holds_any(folder: Path) -> bool:
    return any((folder / name).exists() for kind in _KINDS for part in _PARTS for name in _names(kind, part))


def _names(kind: str, part: str) -> list[str]:
    return [f'{kind}-{part}{dot}{_PARTS[part]}{end}' for dot in '-.' for end in ('', '.gz')]


def _find(folder: Path, kind: str, part: str) -> Path:
    names = _names(kind, part)
    for name in names:
        if (folder / name).exists():
            return folder / name
    raise DataError(folder, f'one of {", ".join(names)}', 'none of them', 'Put the file there.')


def _read_pair(folder: Path, kind: str) -> tuple[np.ndarray, np.ndarray]:
    images_path, labels_path = (_find(folder, kind, part) for part in _PARTS)
    images, labels = read_idx(images_path, 3), read_idx(labels_path, 1)
    if images.shape[1:] != (_SIDE, _SIDE) or not len(images):
        remedy = 'Give MNIST, Fashion-MNIST or EMNIST digits.'
        raise DataError(images_path, f'images of shape [n, {_SIDE}, {_SIDE}], n > 0', f'{list(images.shape)}', remedy)
    if len(labels) != len(images):
        remedy = 'Give files that belong together.'
        raise DataError(
            labels_path, f'{len(images)} labels, as {images_path.name} has images', f'{len(labels)}', remedy
        )
    if labels.max() >= _CLASSES:
        remedy = 'Give a set of ten classes.'
        raise DataError(labels_path, 'labels from 0 to 9', f'label {labels.max()} at {labels.argmax()}', remedy)
    return images, labels
