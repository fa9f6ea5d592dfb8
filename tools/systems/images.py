"""Images that a person asks about: by index in the test set, or from a file."""

from __future__ import annotations

import os
import zipfile
from typing import NamedTuple

import matplotlib.image
import numpy as np
from PIL import Image

from tf1.datasets import idx
from tools.systems.errors import RequestError

_SIDE = 28
_DIGITS = 18
"""Of the largest index that is looked at."""
_LUMINANCE = np.array([0.299, 0.587, 0.114])


class Images(NamedTuple):
    """Images to classify."""

    names: list[str]
    pixels: np.ndarray
    """`[n, 28, 28]` uint8, white on black as in MNIST."""


def parse_indices(text: str, count: int) -> list[int]:
    """Returns the indices in `text`, such as '0,5,10-12'.

    Raises:
      RequestError: it is no such list, or an index is not in `0..count - 1`.
    """
    indices: list[int] = []
    for part in text.split(','):
        first, dash, last = part.strip().partition('-')
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise RequestError(f'indices={text}: {part!r} is neither a number nor a range such as 10-12.')
        outside = next((end for end in (first, last) if len(end) > _DIGITS or int(end or 0) >= count), None)
        if outside is not None:
            raise RequestError(f'indices={text}: {outside} is outside 0..{count - 1}.')
        indices.extend(range(int(first), int(last if dash else first) + 1))
    return indices


def read(path: str, invert: bool) -> Images:
    """Reads an IDX file (gzipped or not), a `.npy` array or a `.png` picture.

    Args:
      path: the file.
      invert: whether the digits are black on white.

    Raises:
      RequestError: the file is missing, cannot be read, or does not hold 28x28 images.
    """
    if not os.path.isfile(path):
        raise RequestError(f'images={path} is no regular file: give an IDX, .npy or .png file.')
    suffix = os.path.splitext(path)[1].lower()
    readers = {'.png': _read_png, '.npy': _read_npy}
    pixels = readers.get(suffix, _read_idx)(path)
    if pixels.ndim == 2:
        pixels = pixels[np.newaxis]
    if pixels.ndim != 3 or pixels.shape[1:] != (_SIDE, _SIDE) or not len(pixels):
        raise RequestError(f'images={path} must hold images of {_SIDE}x{_SIDE} pixels, got shape {pixels.shape}.')
    name = os.path.basename(path)
    names = [name] if len(pixels) == 1 else [f'{name}[{i}]' for i in range(len(pixels))]
    return Images(names, 255 - pixels if invert else pixels)


def _read_idx(path: str) -> np.ndarray:
    try:
        return idx.read_idx(path)
    except idx.DataError as error:
        raise RequestError(f'images={path} is no IDX, .npy or .png file that can be read: {error}') from error


def _read_png(path: str) -> np.ndarray:
    try:
        image = matplotlib.image.imread(path)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RequestError(f'images={path} is not a readable PNG file ({error}).') from error
    if image.dtype.kind != 'f' or not np.isfinite(image).all():
        raise RequestError(f'images={path} has pixels of {image.dtype}: save it as PNG with 8 bits per channel.')
    if image.ndim == 3:
        image = image[..., 0] if image.shape[2] < 3 else image[..., :3] @ _LUMINANCE
    return np.rint(image * 255).astype(np.uint8)


def _read_npy(path: str) -> np.ndarray:
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise RequestError(f'images={path} is not a readable .npy file ({error}).') from error
    if not isinstance(array, np.ndarray):
        array.close()
        raise RequestError(f'images={path} holds several arrays (a zip file): save one with numpy.save.')
    if array.dtype == np.uint8:
        return array
    if array.dtype.kind == 'f' and not np.isfinite(array).all():
        raise RequestError(f'images={path} holds NaN or infinite pixels: give floats in [0, 1].')
    if array.dtype.kind == 'f' and array.size and array.min() >= 0 and array.max() <= 1:
        return np.rint(array * 255).astype(np.uint8)
    raise RequestError(f'images={path} must hold uint8 in 0..255 or floats in [0, 1], got {array.dtype}.')
