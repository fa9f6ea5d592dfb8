"""The image patches that make a convolution's filters respond most (system B, document 2).

The document's search walks the wrong axis and overwrites better patches. Here the k largest responses per filter are
exact, over every image and position, and a set of any size is searched batch by batch:

    best = None
    for start in range(0, len(images), 1000):
        found = top_patches(respond(images[start : start + 1000]), k=12, first_image=start)
        best = found if best is None else merge_top_patches(best, found, k=12)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike


class TopPatches(NamedTuple):
    """The largest responses of each filter, in falling order; equal ones by lowest (image, row, column).

    Attributes:
      positions: image, row and column of each response, `[f, k, 3]` int64. Row and column count responses, not pixels.
      responses: `[f, k]`.
    """

    positions: np.ndarray
    responses: np.ndarray


def top_patches(responses: ArrayLike, k: int = 12, first_image: int = 0) -> TopPatches:
    """Returns the k largest responses of each filter, or all of them where there are fewer than k.

    Args:
      responses: a convolution's output, `[n, h, w, f]` float.
      k: responses to keep per filter.
      first_image: index of the first image, where `responses` is one batch of several.

    Raises:
      ValueError: `responses` is not of rank 4, not float, empty or holds NaN; `k` is under 1.
    """
    responses = np.asarray(responses)
    if responses.ndim != 4 or not responses.size:
        raise ValueError(f'responses must have shape [n, h, w, f] and not be empty, got {responses.shape}.')
    if not np.issubdtype(responses.dtype, np.floating):
        raise ValueError(f'responses must be floats, got dtype {responses.dtype}; convert with astype(float).')
    if np.isnan(responses).any():
        raise ValueError('responses must be numbers, got NaN; the model that made them has diverged.')
    _check_k(k)
    flat = responses.reshape(-1, responses.shape[-1])
    k = min(k, len(flat))
    thresholds = np.partition(flat, len(flat) - k, axis=0)[len(flat) - k]
    filters, places = np.nonzero((flat >= thresholds).T)
    values = flat[places, filters]
    # Per filter at least k candidates are left, more where several equal the k-th.
    order = np.lexsort((places, -values, filters))
    starts = np.searchsorted(filters, np.arange(flat.shape[1]))
    kept = order[starts[:, np.newaxis] + np.arange(k)]
    positions = np.stack(np.unravel_index(places[kept], responses.shape[:3]), axis=-1)
    return TopPatches(positions + np.array([first_image, 0, 0]), values[kept])


def merge_top_patches(first: TopPatches, second: TopPatches, k: int = 12) -> TopPatches:
    """Returns the k largest of two sets of responses, as `top_patches` gives for the images of both at once.

    Raises:
      ValueError: the numbers of filters differ; `k` is under 1.
    """
    if len(first.responses) != len(second.responses):
        raise ValueError(
            f'both must have the same number of filters, got {len(first.responses)} and {len(second.responses)}; '
            'merge only responses of one convolution.'
        )
    _check_k(k)
    positions = np.concatenate([first.positions, second.positions], axis=1)
    responses = np.concatenate([first.responses, second.responses], axis=1)
    image, row, column = np.moveaxis(positions, -1, 0)
    order = np.lexsort((column, row, image, -responses), axis=1)[:, :k]
    return TopPatches(
        np.take_along_axis(positions, order[..., np.newaxis], axis=1), np.take_along_axis(responses, order, axis=1)
    )


def crop_patches(images: ArrayLike, positions: ArrayLike, size: int = 12, stride: int = 2) -> np.ndarray:
    """Returns the pixels that a VALID convolution saw at each position, `[..., size, size]`, of the images' dtype.

    Args:
      images: `[n, h, w]`.
      positions: image, row and column of responses, `[..., 3]` int, such as `TopPatches.positions`.
      size: side of the convolution's kernel, in pixels.
      stride: of the convolution, in pixels.

    Raises:
      ValueError: a shape is wrong, `size` or `stride` is under 1, the images are smaller than a patch, or a position
        lies outside of them.
    """
    images, positions = np.asarray(images), np.asarray(positions)
    if images.ndim != 3:
        raise ValueError(f'images must have shape [n, h, w], got {images.shape}; reshape them.')
    if positions.ndim < 1 or positions.shape[-1] != 3:
        raise ValueError(f'positions must have shape [..., 3] (image, row, column), got {positions.shape}.')
    if not 1 <= size <= min(images.shape[1:]):
        raise ValueError(f'size must be in 1..{min(images.shape[1:])}, the side of the images, got {size}.')
    if stride < 1:
        raise ValueError(f'stride must be > 0, got {stride}.')
    windows = sliding_window_view(images, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    outside = ((positions < 0) | (positions >= windows.shape[:3])).any(axis=-1)
    if outside.any():
        raise ValueError(
            f'positions must lie below {windows.shape[:3]}, got {tuple(positions[outside][0].tolist())}; '
            'pass the images, size and stride that the responses come from.'
        )
    image, row, column = np.moveaxis(positions, -1, 0)
    return windows[image, row, column]


def _check_k(k: int) -> None:
    if k < 1:
        raise ValueError(f'k must be > 0, got {k}.')
