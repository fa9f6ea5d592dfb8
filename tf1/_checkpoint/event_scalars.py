"""The scalars of event files: of a model_dir, its eval folders, and of several runs side by side."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf

from tf1._checkpoint import event_files
from tf1._checkpoint.errors import FileError
from tf1._files.atomic_output import writing_whole

COLUMNS = ('run', 'tag', 'step', 'wall_time', 'value')
_EVENT_FILE = re.compile(r'.*\.tfevents\..*')


class Point(NamedTuple):
    """A scalar at a step."""

    step: int
    wall_time: float
    """Seconds since 1970."""
    value: float


Series = dict[tuple[str, str], list[Point]]
"""Points by run and tag, ascending by step."""


class EventsError(ValueError):
    """A folder without event files or without the wanted scalars; the text names it and the remedy."""


def read(model_dirs: Sequence[str], tags: str | None, warn: Callable[[str], None]) -> Series:
    """Returns the scalars below folders.

    A run is a folder with event files, called by its path; within one of several model_dirs, by the part of it that
    tells them apart. Where training was resumed and wrote a step again, the later value counts, as in TensorBoard.

    Args:
      model_dirs: folders; their sub-folders (`eval`, `eval_NAME` and others) are runs of their own.
      tags: a regular expression that is looked for in tags; None takes all.
      warn: is told of each file that is damaged or cut short; what stands before the damage is kept.

    Raises:
      EventsError: a folder is missing or has no event files, no scalar has such a tag, or `tags` is malformed.
    """
    try:
        wanted = re.compile(tags or '')
    except re.error as error:
        raise EventsError(f'the tags {tags!r} are no regular expression: {error}.') from error
    found: dict[tuple[str, str], dict[int, Point]] = {}
    for run, files in _runs(model_dirs).items():
        for file in files:
            for tag, point in _scalars(file, warn):
                series = found.setdefault((run, tag), {})
                if point.step not in series or point.wall_time >= series[point.step].wall_time:
                    series[point.step] = point
    chosen = {key: sorted(points.values()) for key, points in sorted(found.items()) if wanted.search(key[1])}
    if not chosen:
        known = ', '.join(sorted({tag for _, tag in found})) or 'none at all'
        raise EventsError(f'{", ".join(model_dirs)} has no scalar with a tag like {tags!r}; its tags are: {known}.')
    return chosen


def write_csv(series: Mapping[tuple[str, str], Sequence[Point]], path: str) -> int:
    """Writes a line of COLUMNS and one for each point, whole or not at all; returns the number of points.

    Raises:
      OSError: the file cannot be written.
    """
    try:
        with writing_whole(path) as temporary, open(temporary, 'w', encoding='utf-8', newline='') as file:
            writer = csv.writer(file, lineterminator='\n')
            writer.writerow(COLUMNS)
            writer.writerows((*key, *point) for key, points in series.items() for point in points)
    except OSError as error:
        text = f'{path} cannot be written ({error.strerror}): free space there, or choose another.'
        raise FileError(error, text) from error
    return sum(map(len, series.values()))


def summary(series: Series) -> dict[str, Any]:
    """Returns the runs, the tags and the number of points, for JSON."""
    return {
        'runs': sorted({run for run, _ in series}),
        'tags': sorted({tag for _, tag in series}),
        'points': sum(map(len, series.values())),
    }


def smooth(values: Sequence[float], weight: float) -> np.ndarray:
    """Returns an exponential moving average `[n]` as TensorBoard draws it: from the first value on, without bias.

    Args:
      values: `[n]`; those that are not finite stay as they are and do not count.
      weight: of what was before, in [0, 1); 0 changes nothing.
    """
    smoothed, total, mass = np.array(values, np.float64), 0.0, 0.0
    for index in np.flatnonzero(np.isfinite(smoothed)):
        total = weight * total + (1 - weight) * smoothed[index]
        mass = weight * mass + (1 - weight)
        smoothed[index] = total / mass
    return smoothed


def _runs(model_dirs: Sequence[str]) -> dict[str, list[str]]:
    """The event files of each folder that has some, by the folder's name as a run; older files first."""
    roots = [os.path.normpath(model_dir) for model_dir in model_dirs]
    absolute = [os.path.abspath(root) for root in roots]
    shared = os.path.commonpath(absolute)
    shared = os.path.dirname(shared) if shared in absolute else shared
    runs = {}
    for root in roots:
        inside = {
            folder: [os.path.join(folder, f) for f in sorted(files) if _EVENT_FILE.fullmatch(f)]
            for folder, _, files in os.walk(root)
        }
        if not any(inside.values()):
            what = 'holds no event files' if os.path.isdir(root) else 'is not a folder'
            raise EventsError(f'{root} {what}: choose a model_dir that was trained into.')
        runs.update((os.path.relpath(folder, shared), files) for folder, files in sorted(inside.items()) if files)
    return runs


def _scalars(file: str, warn: Callable[[str], None]) -> Iterator[tuple[str, Point]]:
    for event in event_files.read(file, warn):
        for value in event.summary.value:
            number = _number(value)
            if number is not None:
                yield value.tag, Point(event.step, event.wall_time, number)


def _number(value: tf.Summary.Value) -> float | None:
    """The value of a scalar, of tf.summary.scalar of TF 1 or TF 2; None of anything else."""
    kind = value.WhichOneof('value')
    if kind == 'simple_value':
        return value.simple_value
    if kind != 'tensor' or value.tensor.tensor_shape.dim or value.tensor.dtype in (tf.string, tf.variant, tf.resource):
        return None
    return float(tf.make_ndarray(value.tensor))
