"""The pictures of the nine systems: images, weights, activations, confusion matrices, learning curves.

Each function takes arrays and returns a Matplotlib `Figure` of its own: nothing here needs a display or touches
`pyplot`'s global state. Wherever weights are drawn, positive is red and negative is blue, on one scale per figure.
"""

from __future__ import annotations

import io
import math
import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from numpy.typing import ArrayLike

from tf1._checkpoint.errors import FileError
from tf1._files.atomic_output import write_whole
from tools import figures_panels as panels

PIXELS_PER_INCH = 150


def image_grid(
    images: ArrayLike,
    rows: int,
    cols: int,
    true: ArrayLike | None = None,
    predicted: ArrayLike | None = None,
    title: str | None = None,
) -> Figure:
    """Returns the first rows * cols images, with their classes under them where given ("True: 5, Pred: 3").

    Args:
      images: `[n, h, w]`, `[n, h, w, 1]` or `[n, side * side]`; fewer than rows * cols leave places free.
      rows: number of rows.
      cols: number of columns.
      true: true classes `[n]`.
      predicted: predicted classes `[n]`.
      title: stands over the grid.

    Raises:
      ValueError: images of another shape, none, or not finite; classes of another number; `rows` or `cols` under 1.
    """
    if min(rows, cols) < 1:
        raise ValueError(f'rows and cols must be > 0, got {rows} and {cols}.')
    pictures = panels.as_pictures('images', images)
    count = min(len(pictures), rows * cols)
    for name, classes in (('true', true), ('predicted', predicted)):
        if classes is not None and len(classes) != len(pictures):
            raise ValueError(
                f'{name} must have one class per image, got {len(classes)} for {len(pictures)} images; '
                'select both with the same indices.'
            )
    named = [(name, classes) for name, classes in (('True', true), ('Pred', predicted)) if classes is not None]
    grid = panels.make_panels(count, rows, cols, cell=1.2, below=bool(named), title=title)
    scale = panels.grey_scale(pictures[:count])
    for index, axes in enumerate(grid.axes):
        caption = ', '.join(f'{name}: {classes[index]}' for name, classes in named)
        panels.show(axes, pictures[index], scale, below=caption)
    return grid.figure


def digit(image: ArrayLike, title: str | None = None) -> Figure:
    """Returns one image, `[h, w]`, `[h, w, 1]` or `[side * side]`; raises ValueError as `image_grid` does."""
    picture = _one_picture(image)
    grid = panels.make_panels(1, 1, 1, cell=2.4, title=title)
    panels.show(grid.axes[0], picture, panels.grey_scale(picture))
    return grid.figure


def weight_maps(kernel: ArrayLike, title: str | None = None) -> Figure:
    """Returns a dense layer's weights of each class as a picture, five in a row, the class over each.

    Args:
      kernel: `[side * side, classes]`, such as `dense/kernel` of a linear classifier.
      title: stands over the grid.

    Raises:
      ValueError: `kernel` has another rank, no square number of rows, or is not finite.
    """
    kernel = _of_rank('kernel', kernel, 2, '[side * side, classes]')
    maps = panels.as_pictures('kernel', kernel.T)
    return _numbered(maps, (-(-len(maps) // 5), 5), panels.signed_scale(maps), 'weight', title)


def activation_maps(activations: ArrayLike, image: ArrayLike, title: str | None = None) -> Figure:
    """Returns each channel of a convolution's output for one image, and last the image: 32 make a 6x6 grid.

    Args:
      activations: `[h, w, c]`, drawn on one scale.
      image: `[h, w]`, `[h, w, 1]` or `[side * side]`.
      title: stands over the grid.

    Raises:
      ValueError: another shape, or a value that is not finite.
    """
    maps = _channels('activations', activations, None)
    picture = _one_picture(image)
    side = math.isqrt(len(maps)) + 1
    rows = len(maps) // side + 1
    grid = panels.make_panels(len(maps) + 1, rows, side, above=True, bar=True, title=title)
    scale = panels.heat_scale(maps)
    for channel, (axes, values) in enumerate(zip(grid.axes, maps, strict=False)):
        panels.show(axes, values, scale, above=str(channel))
    panels.show(grid.axes[-1], picture, panels.grey_scale(picture), above='image')
    grid.add_colour_bar(scale, 'activation')
    return grid.figure


def layer_outputs(outputs: ArrayLike, count: int | None = None, title: str | None = None) -> Figure:
    """Returns each channel, or the first `count`, of a layer's output for one image, on one scale.

    Args:
      outputs: `[h, w, c]`.
      count: channels to draw; None draws all.
      title: stands over the grid.

    Raises:
      ValueError: another shape, a value that is not finite, or `count` is not in 1..c.
    """
    maps = _channels('outputs', outputs, count)
    return _numbered(maps, panels.near_square(len(maps)), panels.heat_scale(maps), 'output', title)


def filter_grid(
    weights: ArrayLike, input_channel: int = 0, count: int | None = None, title: str | None = None
) -> Figure:
    """Returns the filters of a convolution, or the first `count`, for one input channel.

    The colour scale spans the weights of every input channel, so that the pictures of two channels compare.

    Args:
      weights: `[h, w, c_in, c_out]`.
      input_channel: 0..c_in - 1.
      count: filters to draw; None draws all.
      title: stands over the grid.

    Raises:
      ValueError: another rank, a weight that is not finite, `input_channel` or `count` out of range.
    """
    weights = _of_rank('weights', weights, 4, '[h, w, c_in, c_out]')
    if not 0 <= input_channel < weights.shape[2]:
        raise ValueError(f'input_channel must be in 0..{weights.shape[2] - 1}, got {input_channel}.')
    filters = _channels('weights', weights[:, :, input_channel], count)
    return _numbered(filters, panels.near_square(len(filters)), panels.signed_scale(weights), 'weight', title)


def patch_rows(weights: ArrayLike, patches: ArrayLike, title: str | None = None) -> Figure:
    """Returns a row per filter: its weights, then the patches that activate it most, strongest first.

    Args:
      weights: `[h, w, 1, f]`.
      patches: of the first r filters, `[r, k, h, w]`, as `tools.patches.crop_patches` gives them.
      title: stands over the grid.

    Raises:
      ValueError: another shape, more rows than filters, or a value that is not finite.
    """
    weights = _of_rank('weights', weights, 4, '[h, w, 1, f]')
    patches = _of_rank('patches', patches, 4, '[r, k, h, w]')
    rows, k = patches.shape[:2]
    if rows > weights.shape[3]:
        raise ValueError(f'patches must have a row per filter at most, got {rows} for {weights.shape[3]} filters.')
    grid = panels.make_panels(rows * (k + 1), rows, k + 1, cell=0.75, above=True, row_names=True, bar=True, title=title)
    filters, greys = panels.signed_scale(weights), panels.grey_scale(patches)
    for row in range(rows):
        first, *others = grid.axes[row * (k + 1) : (row + 1) * (k + 1)]
        panels.show(first, weights[:, :, 0, row], filters, above='weights')
        first.set_ylabel(f'filter {row}', size=panels.TEXT_SIZE)
        for rank, (axes, patch) in enumerate(zip(others, patches[row], strict=True), start=1):
            panels.show(axes, patch, greys, above=str(rank))
    grid.add_colour_bar(filters, 'weight')
    return grid.figure


def confusion_figure(matrix: ArrayLike, title: str | None = None) -> Figure:
    """Returns a heat map of a confusion matrix with its counts: true classes in rows, predicted ones in columns.

    Args:
      matrix: counts `[c, c]`.
      title: stands over the map.

    Raises:
      ValueError: another shape.
    """
    matrix = _of_rank('matrix', matrix, 2, '[c, c]')
    classes = len(matrix)
    if matrix.shape[1] != classes:
        raise ValueError(f'matrix must have shape [c, c], got {matrix.shape}.')
    side = max(3.0, 0.5 * classes)
    figure, axes = _plot(side + 1, side, title)
    drawn = axes.imshow(matrix, cmap='Blues', vmin=0, vmax=max(1, matrix.max()))
    figure.colorbar(drawn, label='Examples')
    axes.set(xlabel='Predicted', ylabel='True', xticks=range(classes), yticks=range(classes))
    for (true, predicted), count in np.ndenumerate(matrix):
        colour = 'white' if count > matrix.max() / 2 else 'black' if count else '0.75'
        axes.text(predicted, true, str(count), size=panels.TEXT_SIZE, color=colour, ha='center', va='center')
    return figure


def learning_curve(
    steps: ArrayLike,
    series: Mapping[str, ArrayLike],
    xlabel: str = 'Step',
    ylabel: str = 'Accuracy',
    title: str | None = None,
) -> Figure:
    """Returns one line per series over the steps.

    Args:
      steps: `[n]`.
      series: values `[n]` by name, such as `{'training': ..., 'test': ...}`.
      xlabel: what `steps` counts.
      ylabel: what the values are.
      title: stands over the plot.

    Raises:
      ValueError: no series, or one whose length is not that of `steps`.
    """
    steps = _of_rank('steps', steps, 1, '[n]')
    if not series:
        raise ValueError('series must hold at least one line, got none.')
    figure, axes = _plot(6, 4, title)
    for name, values in series.items():
        if np.shape(values) != steps.shape:
            raise ValueError(f'series {name!r} must have one value per step, got {np.shape(values)} for {steps.shape}.')
        axes.plot(steps, values, label=name, marker='.' if len(steps) <= 30 else None)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.grid(color='0.9')
    axes.legend()
    return figure


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Writes a figure as PNG; a reader finds the old file or the new one, never half of one.

    Missing folders are made.

    Raises:
      ValueError: `path` does not end in .png.
      OSError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != '.png':
        raise ValueError(f'path must end in .png, got {str(path)!r}.')
    png = io.BytesIO()
    figure.savefig(png, format='png', dpi=PIXELS_PER_INCH)
    try:
        write_whole(path, png.getvalue())
    except OSError as error:
        reason = f'{path.parent} is not a folder' if isinstance(error, FileExistsError) else error.strerror
        text = f'cannot write the figure {str(path)!r}: {reason}; choose another path.'
        raise FileError(error, text) from error


def _numbered(
    pictures: np.ndarray, shape: tuple[int, int], scale: panels.Scale, label: str, title: str | None
) -> Figure:
    """Returns pictures `[n, h, w]` in rows and columns, a number from 0 over each, on one scale with a colour bar."""
    grid = panels.make_panels(len(pictures), *shape, above=True, bar=True, title=title)
    for index, (axes, picture) in enumerate(zip(grid.axes, pictures, strict=True)):
        panels.show(axes, picture, scale, above=str(index))
    grid.add_colour_bar(scale, label)
    return grid.figure


def _plot(width: float, height: float, title: str | None) -> tuple[Figure, Axes]:
    """Returns a figure of so many inches and its one plot."""
    figure = Figure(figsize=(width, height), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
    axes = figure.add_subplot()
    axes.set_title(title or '')
    return figure, axes


def _one_picture(image: ArrayLike) -> np.ndarray:
    return panels.as_pictures('image', np.asarray(image)[np.newaxis])[0]


def _channels(name: str, values: ArrayLike, count: int | None) -> np.ndarray:
    """Returns the channels `[count, h, w]` of values `[h, w, c]`, all of them for None."""
    values = _of_rank(name, values, 3, '[h, w, c]')
    if count is not None and not 1 <= count <= values.shape[2]:
        raise ValueError(f'count must be in 1..{values.shape[2]}, the number of channels, got {count}.')
    return np.moveaxis(values, -1, 0)[:count]


def _of_rank(name: str, values: ArrayLike, rank: int, shape: str) -> np.ndarray:
    values = panels.finite(name, values)
    if values.ndim != rank:
        raise ValueError(f'{name} must have shape {shape}, got {values.shape}.')
    return values
