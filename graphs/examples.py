"""Images and labels on their way into a graph: checks, pixel scale, one-hot rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tf1.datasets import mnist

CLASSES = 10
PIXELS = 28 * 28


class Examples(NamedTuple):
    """Images, `[n, 28, 28]` uint8 or `[n, 784]` float32, and their labels, `[n]` integers in 0..9."""

    images: np.ndarray
    labels: np.ndarray


class Splits(NamedTuple):
    """What a system trains on, tunes on (None where its document does not) and is tested on."""

    train: Examples
    validation: Examples | None
    test: Examples


def first_for_validation(data: mnist.Mnist) -> Splits:
    """The split that TF 1.15's `read_data_sets` makes: 5,000 training images, half of fewer, go to validation."""
    images, labels = data.train_images, data.train_labels
    cut = min(5000, len(images) // 2)
    return Splits(
        Examples(images[cut:], labels[cut:]),
        Examples(images[:cut], labels[:cut]),
        Examples(data.test_images, data.test_labels),
    )


def check_images(images: np.ndarray) -> np.ndarray:
    """Returns `images` as an array.

    Raises:
        ValueError: there is no image, or an image has not 784 pixels.
    """
    images = np.asarray(images)
    if images.ndim < 2 or not len(images) or np.prod(images.shape[1:]) != PIXELS:
        raise ValueError(f'images must be [n, 28, 28] or [n, 784] with n > 0, got {list(images.shape)}.')
    return images


def check_examples(images: np.ndarray, labels: np.ndarray) -> Examples:
    """Returns both as arrays.

    Raises:
        ValueError: bad images (see `check_images`), another number of labels, or a label that is not in 0..9.
    """
    images, labels = check_images(images), np.asarray(labels)
    if labels.shape != (len(images),) or labels.dtype.kind not in 'iu':
        raise ValueError(
            f'labels must be integers [{len(images)}], one for each image, got {labels.dtype} {list(labels.shape)}; '
            'turn one-hot rows into classes with argmax(1).'
        )
    outside = np.flatnonzero((labels < 0) | (labels >= CLASSES))
    if len(outside):
        raise ValueError(f'labels must lie in 0..9, got {labels[outside[0]]} for image {outside[0]}.')
    return Examples(images, labels)


def pixels(images: np.ndarray) -> np.ndarray:
    """`[n, 784] float32`. uint8 is scaled to [0, 1] as TF 1.15's `read_data_sets` does; floats stay as they are."""
    flat = images.reshape(len(images), PIXELS)
    if flat.dtype == np.uint8:
        return np.multiply(flat, np.float32(1.0 / 255.0), dtype=np.float32)
    return np.asarray(flat, np.float32)


def one_hot(labels: np.ndarray) -> np.ndarray:
    """`[n, 10] float32`: row i is 1 in column `labels[i]`."""
    return np.eye(CLASSES, dtype=np.float32)[labels]
