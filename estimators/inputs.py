"""Data and input functions that systems A1 to A4 share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

import tf1 as tf
from estimators import translation
from tf1.datasets import mnist

FEATURE = 'x'
EVAL_BATCH_SIZE = 128
_VALIDATION_SIZE = 5000
_SIDE = 28
_MAX_PIXEL = np.float32(255)


class Examples(NamedTuple):
    """Images as the model functions take them, and their classes."""

    images: np.ndarray
    """`[n, side * side]` float32 in [0, 1]."""
    labels: np.ndarray
    """`[n]` int32 in 0..9."""


class Splits(NamedTuple):
    """MNIST in the document's three parts: 55,000, 5,000 and 10,000 images."""

    train: Examples
    validation: Examples
    test: Examples


def load(
    data_dir: str | None = None, translated: bool = False, seed: int = 0, translate_training: bool = True
) -> Splits:
    """Reads MNIST.

    Args:
      data_dir: folder of other IDX files; None for the packaged ones.
      translated: whether images are pasted at random on 40x40 canvases.
      seed: fixes where; each part has offsets of its own.
      translate_training: False leaves the training images as they are, for an input function that translates them.

    Raises:
      tf1.datasets.idx.DataError: files are missing or broken.
    """
    data = mnist.load(data_dir)
    cut = min(_VALIDATION_SIZE, len(data.train_images) // 2)
    parts = [
        (data.train_images[cut:], data.train_labels[cut:]),
        (data.train_images[:cut], data.train_labels[:cut]),
        (data.test_images, data.test_labels),
    ]
    if translated:
        first = 0 if translate_training else 1
        parts[first:] = [
            (translation.translate(images, seed + i), labels) for i, (images, labels) in enumerate(parts[first:], first)
        ]
    return Splits(*(examples(images, labels) for images, labels in parts))


def examples(images: np.ndarray, labels: np.ndarray) -> Examples:
    """Returns `[n, h, w]` uint8 images and `[n]` labels as a model takes them."""
    flat = images.reshape(len(images), -1)
    return Examples(np.divide(flat, _MAX_PIXEL, dtype=np.float32), labels.astype(np.int32))


def train_input_fn(data: Examples, batch_size: int) -> Callable:
    """Returns the document's training input: shuffled, endless epochs."""
    return tf.estimator.inputs.numpy_input_fn(
        x={FEATURE: data.images}, y=data.labels, batch_size=batch_size, num_epochs=None, shuffle=True
    )


def translating_input_fn(data: Examples, batch_size: int, seed: int) -> Callable:
    """Returns a training input that pastes each 28x28 image at a new place on a 40x40 canvas whenever it comes up."""
    plain_input_fn = train_input_fn(data, batch_size)

    def input_fn() -> tuple[dict[str, tf.Tensor], tf.Tensor]:
        features, labels = plain_input_fn()
        return translated(features[FEATURE], seed), labels

    return input_fn


def translated(images: tf.Tensor, seed: int) -> dict[str, tf.Tensor]:
    """Returns features with each of the `[batch, 784]` images at a place of its own that the step and `seed` choose."""
    with tf.name_scope('translation'):
        spare = translation.CANVAS_SIDE - _SIDE
        places = translation.random_places(tf.shape(images)[0], spare, seed, tf.train.get_global_step())
        canvases = translation.paste_batch(images, places, _SIDE, translation.CANVAS_SIDE)
    return {FEATURE: canvases}


def eval_input_fn(data: Examples, batch_size: int = EVAL_BATCH_SIZE) -> Callable:
    """Returns the document's evaluation input: one epoch, in order."""
    return tf.estimator.inputs.numpy_input_fn(
        x={FEATURE: data.images}, y=data.labels, batch_size=batch_size, num_epochs=1, shuffle=False
    )


def predict_input_fn(images: np.ndarray, batch_size: int = EVAL_BATCH_SIZE) -> Callable:
    """Returns an input of `[n, side * side]` float32 images without labels, in order."""
    return tf.estimator.inputs.numpy_input_fn(x={FEATURE: images}, batch_size=batch_size, num_epochs=1, shuffle=False)
