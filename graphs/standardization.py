"""The data of document 3: 50,000 / 10,000 / 10,000 standardised images, served by `batch_generator`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graphs.examples import PIXELS, Examples, Splits, check_examples, check_images
from tf1.datasets import mnist

VALIDATION_IMAGES = 10_000


@dataclass(frozen=True)
class Standardiser:
    """Centres by the training set's mean of each pixel and divides by its one overall standard deviation.

    mean: `[784] float32`, std: a scalar; both in grey levels, 0..255.
    """

    mean: np.ndarray
    std: float

    @classmethod
    def fit(cls, images: np.ndarray) -> Standardiser:
        """Measures the training set, `[n, 28, 28] uint8`, in slices: the sums of uint8 pixels are exact in int64."""
        flat = check_images(images).reshape(len(images), PIXELS)
        total, squares = np.zeros(PIXELS, np.int64), 0
        for start in range(0, len(flat), 1000):
            part = flat[start : start + 1000].astype(np.int64)
            total += part.sum(0)
            squares += int((part * part).sum())
        mean = float(total.sum()) / flat.size
        return cls((total / len(flat)).astype(np.float32), float(np.sqrt(squares / flat.size - mean * mean)))

    def __call__(self, images: np.ndarray) -> np.ndarray:
        """`[n, 784] float32` of `[n, 28, 28] uint8`."""
        centred = check_images(images).reshape(len(images), PIXELS).astype(np.float32)
        centred -= self.mean
        centred /= np.float32(self.std)
        return centred


def grey_splits(data: mnist.Mnist) -> Splits:
    """The document's split: the last 10,000 training images (a sixth of fewer) are for validation; uint8."""
    images, labels = data.train_images, data.train_labels
    cut = len(images) - min(VALIDATION_IMAGES, len(images) // 6)
    return Splits(
        Examples(images[:cut], labels[:cut]),
        Examples(images[cut:], labels[cut:]),
        Examples(data.test_images, data.test_labels),
    )


def splits(data: mnist.Mnist) -> Splits:
    """The document's split, standardised: images are `[n, 784] float32`.

    The document forgets to divide the validation images by the standard deviation; here all three are treated alike.
    """
    grey = grey_splits(data)
    standardise = Standardiser.fit(grey.train.images)
    return Splits(*(Examples(standardise(images), labels) for images, labels in grey))


def check_standardised(images: np.ndarray, labels: np.ndarray) -> Examples:
    """As `check_examples`, for images that went through a `Standardiser`.

    Raises:
        ValueError: as there, or the images are still grey levels.
    """
    examples = check_examples(images, labels)
    check_scale(examples.images)
    return examples


def check_scale(images: np.ndarray) -> None:
    """Raises ValueError where images are integers: this network wants standardised ones."""
    if np.asarray(images).dtype.kind != 'f':
        raise ValueError(f'images must be standardised floats, got {images.dtype}; pass them through a Standardiser.')


def batch_generator(
    X: np.ndarray,  # noqa: N803
    y: np.ndarray,
    batch_size: int = 64,
    shuffle: bool = False,
    random_seed: int | Sequence[int] | None = None,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields one epoch of (images, labels); the last batch may be short.

    `random_seed` fixes the order that `shuffle` asks for. The arrays themselves are never copied or reordered.
    """
    order = np.random.default_rng(random_seed).permutation(len(X)) if shuffle else np.arange(len(X))
    for start in range(0, len(X), batch_size):
        part = order[start : start + batch_size]
        yield X[part], y[part]
