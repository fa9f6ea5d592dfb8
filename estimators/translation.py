"""Translated MNIST: each image pasted at a random place on a larger black canvas."""

from __future__ import annotations

import numpy as np

CANVAS_SIDE = 40


def translate(images: np.ndarray, seed: int, canvas_side: int = CANVAS_SIDE) -> np.ndarray:
    """Pastes each image at a uniformly random offset on its own black canvas.

    The document does this in a loop, one image at a time; here all are pasted at once. Its offsets lie in 0..11 where
    12 pixels are to spare: the last row and column of the canvas stay black.

    Args:
      images: `[n, h, w]`, any dtype.
      seed: fixes the offsets; row i's do not depend on how many rows follow.
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
