"""Learning curves of a model_dir, out of its event files, and their figure beside what was published."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from tf1._checkpoint import event_files, event_scalars
from tools.reproduction import documents
from tools.reproduction.documents import BATCH, TEST, TEST_LOSS, TRAINING_LOSS, VALIDATION, System

# Tags by the folder within the model_dir that they stand in.
_SERIES = {
    ('.', 'accuracy'): BATCH,
    ('.', 'test_accuracy'): TEST,
    ('.', 'validation_accuracy'): VALIDATION,
    ('.', 'loss'): TRAINING_LOSS,
    ('.', 'cost'): TRAINING_LOSS,
    ('eval', 'accuracy'): TEST,
    ('eval', 'loss'): TEST_LOSS,
}
_COLOURS = {BATCH: '0.6', TEST: 'C0', VALIDATION: 'C2', TRAINING_LOSS: '0.6', TEST_LOSS: 'C0'}

Curves = dict[str, list[tuple[int, float]]]


def read(model_dir: str) -> Curves:
    """Returns the points of each series of `documents` that the event files hold, ascending by step or epoch."""
    found: dict[str, dict[int, float]] = {}
    name = os.path.basename(os.path.normpath(model_dir))
    for (run, tag), points in event_scalars.read([model_dir], None, lambda text: None).items():
        series = _SERIES.get((os.path.relpath(run, name), tag))
        if series:
            found.setdefault(series, {}).update((point.step, point.value) for point in points)
    return {series: sorted(found[series].items()) for series in _COLOURS if series in found}


def seconds(model_dir: str) -> float:
    """Returns how long training took: from the first event to the last of each file of the model_dir itself."""
    total = 0.0
    for file in glob.glob(os.path.join(glob.escape(model_dir), '*.tfevents.*')):
        times = [event.wall_time for event in event_files.read(file)]
        total += max(times) - min(times) if times else 0
    return total


def figure(system: System, curves: Mapping[str, Sequence[tuple[int, float]]]) -> Figure | None:
    """Returns accuracy and loss over the training, published figures marked; None where no series has two points.

    The right half is left out where there is no curve of the loss.
    """
    groups = [
        ('Accuracy', [TEST, VALIDATION, BATCH], system.accuracy),
        ('Loss', [TEST_LOSS, TRAINING_LOSS], system.loss),
    ]
    groups = [group for group in groups if any(len(curves.get(series, ())) > 1 for series in group[1])]
    if not groups:
        return None
    drawn = Figure(figsize=(5 * len(groups), 3.4), layout='constrained')
    every = drawn.subplots(1, len(groups), squeeze=False).ravel()
    for axes, (title, names, published) in zip(every, groups, strict=True):
        for series in reversed(names):
            _draw(axes, series, curves.get(series, ()), [p for p in system.points if p.series == series])
        if published:
            label = f'published after {system.amount:,} {system.unit}: {published}'
            axes.axhline(float(published), color='C3', linestyle='--', linewidth=1, label=label)
        axes.set(title=title, xlabel='Epoch' if system.counted == 1 and system.unit == 'epochs' else 'Step')
        axes.grid(color='0.9')
        axes.legend(fontsize='small')
    return drawn


def _draw(axes, series: str, points: Sequence[tuple[int, float]], published: Sequence[documents.Point]) -> None:
    if not points:
        return
    steps, values = zip(*points, strict=True)
    axes.plot(steps, values, color=_COLOURS[series], label=series, marker='.' if len(points) <= 30 else None)
    known = [point for point in published if point.at <= steps[-1]]
    if known:
        at, printed = [point.at for point in known], [float(point.value) for point in known]
        axes.plot(at, printed, 'x', color='C3', label=f'{series}, published', zorder=3)
