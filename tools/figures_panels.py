"""Rows and columns of small pictures: where they stand, and in which colours.

Positions are worked out in inches instead of by one of Matplotlib's layout engines: a figure's size in pixels then only
depends on its contents' shape, and a hundred panels take no longer than their drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

TEXT_SIZE = 8  # points

# Inches.
_MARGIN = 0.12
_GAP = 0.08
_CAPTION = 0.2
_TITLE = 0.3
_ROW_NAME = 0.22
_BAR = 0.14
_BAR_TEXT = 0.72

_MOST_IN_ONE_ROW = 5


@dataclass(frozen=True)
class Scale:
    """Colours of a picture: a Matplotlib colour map and the values at its two ends."""

    colours: str
    low: float
    high: float

    @property
    def mappable(self) -> ScalarMappable:
        """What a colour bar is drawn from."""
        return ScalarMappable(Normalize(self.low, self.high), self.colours)


@dataclass(frozen=True)
class Panels:
    """A figure, its panels in reading order, and the axes of its colour bar if it has one."""

    figure: Figure
    axes: tuple[Axes, ...]
    bar: Axes | None

    def add_colour_bar(self, scale: Scale, label: str) -> None:
        """Draws the one scale that the panels share."""
        self.figure.colorbar(scale.mappable, cax=self.bar).set_label(label, size=TEXT_SIZE)
        self.bar.tick_params(labelsize=TEXT_SIZE)


def make_panels(
    count: int,
    rows: int,
    cols: int,
    cell: float = 1.0,
    above: bool = False,
    below: bool = False,
    row_names: bool = False,
    bar: bool = False,
    title: str | None = None,
) -> Panels:
    """Returns `count` empty panels in reading order, on a figure that is just large enough.

    Args:
      count: number of panels.
      rows: number of rows.
      cols: number of columns.
      cell: side of a panel in inches.
      above: leaves room for a caption over each panel.
      below: leaves room for a caption under each panel.
      row_names: leaves room for a name left of each row.
      bar: adds axes for a colour bar on the right.
      title: stands over all panels.
    """
    left = _MARGIN + _ROW_NAME * row_names
    top = _MARGIN + _TITLE * (title is not None)
    row_height = _CAPTION * (above + below) + cell + _GAP
    grid_width = cols * (cell + _GAP) - _GAP
    grid_height = rows * row_height - _GAP
    width = left + grid_width + (_GAP + _BAR + _BAR_TEXT if bar else _MARGIN)
    height = top + grid_height + _MARGIN
    figure = Figure(figsize=(width, height))

    def add_axes(x: float, y: float, w: float, h: float) -> Axes:
        return figure.add_axes((x / width, 1 - (y + h) / height, w / width, h / height))

    axes = []
    for row, col in (divmod(index, cols) for index in range(count)):
        axes.append(add_axes(left + col * (cell + _GAP), top + row * row_height + _CAPTION * above, cell, cell))
    if title is not None:
        figure.text(0.5, 1 - (_MARGIN + _TITLE / 3) / height, title, size=TEXT_SIZE + 2, ha='center', va='center')
    first_panel, last_panel = top + _CAPTION * above, top + grid_height - _CAPTION * below
    bar_axes = add_axes(left + grid_width + _GAP, first_panel, _BAR, last_panel - first_panel) if bar else None
    return Panels(figure, tuple(axes), bar_axes)


def show(axes: Axes, picture: np.ndarray, scale: Scale, above: str = '', below: str = '') -> None:
    """Draws a picture `[h, w]` pixel by pixel, without ticks, with captions over and under it."""
    axes.imshow(picture, cmap=scale.colours, vmin=scale.low, vmax=scale.high, interpolation='nearest')
    axes.set(xticks=[], yticks=[])
    axes.set_title(above, size=TEXT_SIZE, pad=3)
    axes.set_xlabel(below, size=TEXT_SIZE, labelpad=3)
    for spine in axes.spines.values():
        spine.set(linewidth=0.5, color='0.6')


def near_square(count: int) -> tuple[int, int]:
    """Returns rows and columns for so many panels: one row of up to 5, else about as many rows as columns.

    Up to twice as many columns as rows are taken where that leaves no place free: 25 is 5x5, 32 is 4x8.
    """
    if count <= _MOST_IN_ONE_ROW:
        return 1, count
    square_cols = math.isqrt(count - 1) + 1
    full = (cols for cols in range(square_cols, count) if count % cols == 0 and cols * cols <= 2 * count)
    cols = next(full, square_cols)
    return -(-count // cols), cols


def as_pictures(name: str, images: ArrayLike) -> np.ndarray:
    """Returns images `[n, h, w]` from `[n, h, w]`, `[n, h, w, 1]` or flattened square ones `[n, side * side]`.

    Raises:
      ValueError: another shape, or no pixel at all, or one that is not finite.
    """
    images = finite(name, images)
    if images.ndim == 4 and images.shape[3] == 1:
        return images[..., 0]
    if images.ndim == 2:
        side = math.isqrt(images.shape[1])
        if side * side != images.shape[1]:
            raise ValueError(f'{name} must hold square pictures, got {images.shape[1]} pixels each; reshape them.')
        return images.reshape(len(images), side, side)
    if images.ndim != 3:
        raise ValueError(f'{name} must have shape [n, h, w], [n, h, w, 1] or [n, side * side], got {images.shape}.')
    return images


def finite(name: str, values: ArrayLike) -> np.ndarray:
    """Returns values as an array; raises ValueError if there are none, or one is NaN or infinite."""
    values = np.asarray(values)
    if not values.size:
        raise ValueError(f'{name} must not be empty, got shape {values.shape}.')
    if not np.isfinite(values).all():
        raise ValueError(f'{name} must be finite, got NaN or infinity; the model that made them has diverged.')
    return values


def grey_scale(images: np.ndarray) -> Scale:
    """Returns black for the lowest and white for the highest pixel."""
    return Scale('gray', *_spread(images))


def heat_scale(values: np.ndarray) -> Scale:
    """Returns dark blue for the lowest and yellow for the highest value."""
    return Scale('viridis', *_spread(values))


def signed_scale(values: np.ndarray) -> Scale:
    """Returns red for positive, white for 0 and blue for negative values, both ends equally far from 0."""
    limit = float(np.abs(values).max()) or 1.0
    return Scale('seismic', -limit, limit)


def _spread(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return (low, high) if low < high else (low, low + 1.0)
