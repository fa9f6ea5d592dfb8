"""Translated MNIST: each image pasted at a random place on a larger black canvas."""

from __future__ import annotations

import numpy as np

import tf1 as tf

CANVAS_SIDE = 40


def translate(images: np.ndarray, seed: int, canvas_side: int = CANVAS_SIDE) -> np.ndarray:
    """Pastes each image at a uniformly random offset on its own black canvas.

    The document does this in a loop, one image at a time; here all are pasted at once. Its offsets lie in 0..11 where
    12 pixels are to spare: the last row and column of the canvas stay black.

    Args:
      images: `[n, h, w]`, any dtype.
      seed: fixes the offsets.
      canvas_side: height and width of the canvas, at least those of an image.

    Returns:
      `[n, canvas_side, canvas_side]`, dtype of `images`.

    Raises:
      ValueError: `images` has another rank, or does not fit on the canvas.
    """
    if images.ndim != 3:
        raise ValueError(f'images must be [n, height, width], got shape {images.shape}.')
    height, width = images.shape[1:]
    if height > canvas_side or width > canvas_side:
        raise ValueError(f'canvas_side must be >= the images, got {canvas_side} for {height}x{width} images.')
    return paste(images, offsets(len(images), (canvas_side - height, canvas_side - width), seed), canvas_side)


def offsets(n: int, spare: tuple[int, int], seed: int) -> np.ndarray:
    """Returns `n` random (row, column) offsets, uniform in `0..spare - 1` (0 where none is spare), `[n, 2]` int64."""
    return np.random.default_rng(seed).integers(0, np.maximum(spare, 1), size=(n, 2))


def paste(images: np.ndarray, places: np.ndarray, canvas_side: int) -> np.ndarray:
    """Returns canvases with image i's upper left corner at `places[i]`, a (row, column) pair."""
    canvases = np.zeros((len(images), canvas_side, canvas_side), images.dtype)
    windows = np.lib.stride_tricks.sliding_window_view(canvases, images.shape[1:], axis=(1, 2), writeable=True)
    windows[np.arange(len(images)), places[:, 0], places[:, 1]] = images
    return canvases


def random_places(batch: tf.Tensor, spare: int, seed: int, step: tf.Tensor) -> tf.Tensor:
    """Returns random offsets for one training step, uniform in `0..spare - 1`, `[batch, 2]` int32.

    They depend on `seed` and `step` alone, so that training that was interrupted goes on as if it had not been.
    """
    seeds = tf.stack([tf.constant(seed, tf.int64), tf.cast(step, tf.int64)])
    return tf.random.stateless_uniform([batch, 2], seeds, minval=0, maxval=spare, dtype=tf.int32)


def paste_batch(images: tf.Tensor, places: tf.Tensor, side: int, canvas_side: int) -> tf.Tensor:
    """The same as `paste`, in a graph, on flat images.

    Args:
      images: `[batch, side * side]`.
      places: `[batch, 2]` int32 (row, column) pairs.
      side: height and width of an image.
      canvas_side: height and width of the canvas.

    Returns:
      `[batch, canvas_side * canvas_side]`, dtype of `images`.
    """
    margin = canvas_side - side
    framed_side = side + 2 * margin
    framed = tf.pad(tf.reshape(images, [-1, side, side]), [[0, 0], [margin, margin], [margin, margin]])
    rows = tf.range(canvas_side)[tf.newaxis, :, tf.newaxis] + margin - places[:, 0, tf.newaxis, tf.newaxis]
    columns = tf.range(canvas_side)[tf.newaxis, tf.newaxis, :] + margin - places[:, 1, tf.newaxis, tf.newaxis]
    pixels = tf.reshape(rows * framed_side + columns, [-1, canvas_side * canvas_side])
    return tf.gather(tf.reshape(framed, [-1, framed_side * framed_side]), pixels, batch_dims=1)
