"""`DataSet` and `Datasets`: images and labels that hand out shuffled batches, as in TF 1.15's MNIST tutorials."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import tensorflow.compat.v1 as v1

_FAKE_EXAMPLES = 10_000
_FAKE_PIXELS = 784
_CLASSES = 10


class DataSet:
    """Images with their labels, served in batches epoch by epoch.

    Batches are those of TF 1.15 for the same seed. As there, the order comes from NumPy's global generator, which
    every new DataSet seeds with `seed`, or else with the default graph's seed (`tf.set_random_seed`). Where neither is
    set the generator is left as it is, so that a program's own `np.random.seed` counts.
    """

    def __init__(
        self,
        images: np.ndarray | None,
        labels: np.ndarray | None,
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: object = v1.float32,
        reshape: bool = True,
        seed: int | None = None,
    ):
        """Keeps the data in the form asked for.

        Args:
          images: `[n, rows, columns, 1]` uint8. Not read with `fake_data`.
          labels: `[n]` or `[n, classes]`. Not read with `fake_data`.
          fake_data: 10,000 all-ones images of class 0 instead, for tests of a program's plumbing.
          one_hot: whether fake labels are one-hot; real ones stay as given.
          dtype: `tf.float32` scales pixels to [0, 1], `tf.uint8` keeps 0..255.
          reshape: flattens images to `[n, rows * columns]`.
          seed: seeds NumPy's global generator.

        Raises:
          TypeError: `dtype` is neither uint8 nor float32.
          ValueError: numbers of images and labels differ, or the images to flatten are not of one channel.
        """
        dtype = _check_dtype(dtype)
        _seed_numpy(seed)
        self._one_hot = one_hot
        self._epochs_completed = 0
        self._position = 0
        if fake_data:
            self._images, self._labels = self._make_fake(_FAKE_EXAMPLES)
            return
        _check_shapes(images, labels, reshape)
        if reshape:
            images = images.reshape(len(images), images.shape[1] * images.shape[2])
        if dtype == np.float32:
            images = np.multiply(images, np.float32(1 / 255), dtype=np.float32)
        self._images, self._labels = images, labels

    @property
    def images(self) -> np.ndarray:
        """`[n, rows * columns]` or `[n, rows, columns, 1]`, in the order of the current epoch."""
        return self._images

    @property
    def labels(self) -> np.ndarray:
        """`[n]` or `[n, classes]`, in the order of the current epoch."""
        return self._labels

    @property
    def num_examples(self) -> int:
        """Number of images."""
        return len(self._images)

    @property
    def epochs_completed(self) -> int:
        """Number of epochs that batches have gone past the end of."""
        return self._epochs_completed

    def next_batch(
        self, batch_size: int, fake_data: bool = False, shuffle: bool = True
    ) -> tuple[np.ndarray, np.ndarray]:
        """Returns the next `batch_size` images and labels.

        A batch that runs over the end of an epoch holds what was left of it and then the start of the next. It holds
        fewer than `batch_size` examples where `batch_size` exceeds the whole set, as in TF 1.15.

        Args:
          batch_size: examples to return.
          fake_data: returns all-ones images of class 0 instead.
          shuffle: reorders the set where an epoch begins in this call.

        Raises:
          ValueError: `batch_size` is not positive.
        """
        if batch_size < 1:
            raise ValueError(f'batch_size must be > 0, got {batch_size}.')
        if fake_data:
            return self._make_fake(batch_size)
        start, end = self._position, self._position + batch_size
        if start == 0 and self._epochs_completed == 0 and shuffle:
            self._shuffle()
        if end <= self.num_examples:
            self._position = end
            return self._images[start:end], self._labels[start:end]
        return self._next_epoch(start, end - self.num_examples, shuffle)

    def _next_epoch(self, start: int, missing: int, shuffle: bool) -> tuple[np.ndarray, np.ndarray]:
        self._epochs_completed += 1
        images, labels = self._images[start:], self._labels[start:]
        if shuffle:
            self._shuffle()
        self._position = missing
        return np.concatenate([images, self._images[:missing]]), np.concatenate([labels, self._labels[:missing]])

    def _shuffle(self) -> None:
        order = np.arange(self.num_examples)
        np.random.shuffle(order)
        self._images, self._labels = self._images[order], self._labels[order]

    def _make_fake(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        labels = np.zeros(count, np.uint8)
        return np.ones([count, _FAKE_PIXELS], np.float32), dense_to_one_hot(
            labels, _CLASSES
        ) if self._one_hot else labels


class Datasets(NamedTuple):
    """The three parts of a data set."""

    train: DataSet
    validation: DataSet
    test: DataSet


def dense_to_one_hot(labels_dense: np.ndarray, num_classes: int) -> np.ndarray:
    """Returns class numbers `[n]` as float64 rows `[n, num_classes]`, as TF 1.15 did."""
    return np.eye(num_classes)[labels_dense]


def _check_dtype(dtype: object) -> np.dtype:
    found = v1.as_dtype(dtype)
    if found not in (v1.uint8, v1.float32):
        raise TypeError(f'dtype must be tf.uint8 or tf.float32, got {found!r}.')
    return np.dtype(found.as_numpy_dtype)


def _check_shapes(images: np.ndarray, labels: np.ndarray, reshape: bool) -> None:
    if len(images) != len(labels):
        raise ValueError(f'images and labels must be equally many, got {images.shape} and {labels.shape}.')
    if reshape and (images.ndim != 4 or images.shape[3] != 1):
        raise ValueError(
            f'images must be [n, rows, columns, 1] to be flattened, got {images.shape}. Pass reshape=False.'
        )


def _seed_numpy(seed: int | None) -> None:
    graph_seed, op_seed = v1.get_seed(seed)
    chosen = graph_seed if seed is None else op_seed
    if chosen is not None:
        np.random.seed(chosen)
