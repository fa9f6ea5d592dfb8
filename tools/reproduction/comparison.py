"""Published beside measured: one row for each system, and the figures that documents printed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tools.reproduction import documents
from tools.reproduction.documents import TEST, System
from tools.reproduction.folder import Result

MISSING = '–'


class Row(NamedTuple):
    """A system's line of the table, as text; MISSING where there is nothing to say."""

    label: str
    model: str
    done: str
    share: str
    published: str
    published_here: str
    accuracy: str
    difference: str
    published_loss: str
    loss: str
    parameters: str
    seconds: str
    seed: str


COLUMNS = Row(
    '',
    'Model',
    'Trained',
    'Share',
    'Accuracy published',
    'Published at this point',
    'Accuracy measured',
    'Difference',
    'Loss published',
    'Loss measured',
    'Parameters',
    'Time, min:s',
    'Seed',
)


def row(result: Result) -> Row:
    """Returns a system's line.

    The difference is to the published figure of the same amount of training, if there is one.
    """
    system = documents.SYSTEMS[result.model]
    here = published_here(system, result.global_step)
    whole = result.global_step >= system.last
    return Row(
        label=system.label,
        model=result.model,
        done=f'{result.done:,} of {system.amount:,} {system.unit}',
        share=f'{100 * result.done / system.amount:.3g} %',
        published=system.accuracy,
        published_here=system.accuracy if whole else here or MISSING,
        accuracy=f'{result.accuracy:.4f}',
        difference=f'{result.accuracy - float(here):+.4f}' if here else MISSING,
        published_loss=system.loss or MISSING,
        loss=f'{result.loss:.4f}',
        parameters=f'{result.parameters:,}',
        seconds=time_text(result.seconds),
        seed=str(result.seed),
    )


def published_here(system: System, global_step: int) -> str | None:
    """Returns the test accuracy that the document printed after so much training, None where it printed none."""
    if global_step >= system.last:
        return system.accuracy
    return next((point.value for point in system.points if point[:2] == (global_step, TEST)), None)


def meanwhile(system: System, curves: Mapping[str, Sequence[tuple[int, float]]]) -> list[tuple[str, str, str, str]]:
    """Returns (when, series, published, measured) of the figures that the document printed while it trained.

    Those that training has not come to are left out; one that was not measured is MISSING.
    """
    unit = 'epoch' if system.unit == 'epochs' and system.counted == 1 else 'step'
    last = max((step for points in curves.values() for step, _ in points), default=0)
    return [
        (
            f'{unit} {point.at:,}',
            point.series,
            point.value,
            next((f'{v:.4f}' for step, v in curves.get(point.series, ()) if step == point.at), MISSING),
        )
        for point in system.points
        if point.at <= last
    ]


def time_text(seconds: float) -> str:
    """Returns a time in minutes and seconds, such as 2:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f'{minutes}:{rest:02d}'
