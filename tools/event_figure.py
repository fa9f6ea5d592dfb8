"""Scalars of several runs in one figure: a plot for each tag, a line for each run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tf1._checkpoint.event_scalars import Point, smooth

MOST_PLOTS = 36
_SAME_COLOUR_AFTER = 10


def scalars_figure(
    series: Mapping[tuple[str, str], Sequence[Point]], smoothing: float = 0.0, title: str | None = None
) -> Figure:
    """Returns a plot for each tag over the steps; a run has the same colour in all of them.

    Args:
      series: points by run and tag, as `event_scalars.read` gives them.
      smoothing: weight in [0, 1) of `event_scalars.smooth`; over 0 the values as they are stay visible, faintly.
      title: stands over the plots.

    Raises:
      ValueError: no series, more than MOST_PLOTS tags, or `smoothing` is out of range.
    """
    tags = sorted({tag for _, tag in series})
    if not 1 <= len(tags) <= MOST_PLOTS:
        raise ValueError(f'a figure must have 1 to {MOST_PLOTS} tags, got {len(tags)}; choose some by a pattern.')
    if not 0 <= smoothing < 1:
        raise ValueError(f'smoothing must be in [0, 1), got {smoothing}.')
    cols = min(3, math.ceil(math.sqrt(len(tags))))
    rows = -(-len(tags) // cols)
    figure = Figure(figsize=(5 * cols, 3.2 * rows + 0.6), layout='constrained')
    plots = figure.subplots(rows, cols, squeeze=False).ravel()
    runs = sorted({run for run, _ in series})
    colours = dict(zip(runs, _colours(len(runs)), strict=True))
    for axes, tag in zip(plots, tags, strict=False):
        for run in runs:
            if (run, tag) in series:
                _draw(axes, series[run, tag], smoothing, run, colours[run])
        axes.set(title=tag, xlabel='Step')
        axes.grid(color='0.9')
        axes.ticklabel_format(axis='y', useOffset=False)
    for axes in plots[len(tags) :]:
        axes.set_axis_off()
    lines = {line.get_label(): line for axes in plots for line in axes.get_lines() if line.get_label() in colours}
    figure.legend([lines[run] for run in runs], runs, loc='outside lower center', ncols=min(len(runs), 2 * cols))
    figure.suptitle(title or '')
    return figure


def _draw(axes: Axes, points: Sequence[Point], smoothing: float, run: str, colour: object) -> None:
    steps, values = [point.step for point in points], [point.value for point in points]
    marker = '.' if len(points) <= 30 else None
    if smoothing:
        axes.plot(steps, values, color=colour, alpha=0.25)
    axes.plot(steps, smooth(values, smoothing), color=colour, label=run, marker=marker)


def _colours(count: int) -> list[object]:
    if count <= _SAME_COLOUR_AFTER:
        return [colormaps['tab10'](index) for index in range(count)]
    return [colormaps['turbo'](index / (count - 1)) for index in range(count)]
