"""The variables of a checkpoint, one row each, and how they are shown."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from tf1._checkpoint import reading
from tf1._checkpoint.roles import MODEL, OTHER, SLOT, Role, roles
from tf1._checkpoint.statistics import Statistics, statistics

COLUMNS = (
    *('name', 'kind', 'slot_of', 'slot', 'shape', 'dtype', 'parameters', 'bytes'),
    *('mean', 'std', 'min', 'max', 'nan', 'inf'),
)


class Row(NamedTuple):
    """A variable."""

    name: str
    role: Role
    shape: tuple[int, ...]
    dtype: str
    parameters: int
    """How many values it has."""
    bytes: int
    """What its values take; of strings, their lengths."""
    statistics: Statistics | None
    """None where they were not asked for."""


def rows(stored: reading.Stored, with_statistics: bool = True) -> list[Row]:
    """Returns a row for each variable, by name; reads one variable at a time, without statistics only strings.

    Raises:
      CheckpointError: a value cannot be read.
    """
    every = roles(stored.shapes)
    return [_row(stored, name, every[name], with_statistics) for name in stored.names]


def totals(listed: Sequence[Row]) -> dict[str, int]:
    """Returns the number of variables, of parameters in all and by kind, and of bytes."""
    by_kind = {kind: sum(row.parameters for row in listed if row.role.kind == kind) for kind in (MODEL, SLOT, OTHER)}
    return {
        'variables': len(listed),
        'parameters': sum(by_kind.values()),
        'model_parameters': by_kind[MODEL],
        'slot_parameters': by_kind[SLOT],
        'other_parameters': by_kind[OTHER],
        'bytes': sum(row.bytes for row in listed),
    }


def as_dict(row: Row) -> dict[str, Any]:
    """Returns a row under the names of COLUMNS, for JSON; a missing statistic is None."""
    known = row.statistics or Statistics(None, None, None, None, None, None)
    values = (row.name, row.role.kind, row.role.owner, row.role.slot or None, list(row.shape), row.dtype)
    return dict(zip(COLUMNS, (*values, row.parameters, row.bytes, *known), strict=True))


def csv_text(listed: Sequence[Row]) -> str:
    """Returns the rows as CSV with a line of COLUMNS first; a shape is written 5x5x1x32."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\n')
    writer.writerow(COLUMNS)
    for row in listed:
        values = {**as_dict(row), 'shape': 'x'.join(map(str, row.shape))}
        writer.writerow(['' if value is None else value for value in values.values()])
    return text.getvalue()


def table_text(listed: Sequence[Row]) -> str:
    """Returns the rows as a table for people, slots below their variables, the totals last."""
    lines = [['name', 'role', 'shape', 'dtype', 'bytes', 'mean', 'std', 'min', 'max', 'nan']]
    for row in _owners_first(listed):
        known = row.statistics
        numbers = [_short(v) for v in known[:4]] + [str(known.nan) if known.nan else ''] if known else [''] * 5
        role = row.role.slot or ('' if row.role.kind == MODEL else row.role.kind)
        lines.append([row.name, role, reading.shape_text(row.shape), row.dtype, f'{row.bytes:,}', *numbers])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = [
        '  '.join(f'{cell:<{width}}' if i < 4 else f'{cell:>{width}}' for i, (cell, width) in enumerate(pairs)).rstrip()
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    ]
    sums = totals(listed)
    text.append(
        f'{sums["variables"]} variables, {sums["parameters"]:,} parameters: {sums["model_parameters"]:,} of the model, '
        f'{sums["slot_parameters"]:,} in slots, {sums["other_parameters"]:,} others; {sums["bytes"]:,} bytes.'
    )
    return '\n'.join(text)


def _row(stored: reading.Stored, name: str, role: Role, with_statistics: bool) -> Row:
    shape, dtype = stored.shapes[name], stored.dtypes[name]
    parameters = math.prod(shape)
    is_text = dtype == tf.string
    value = stored.value(name) if with_statistics or is_text else None
    size = sum(map(len, value.ravel())) if is_text else parameters * dtype.size
    return Row(name, role, shape, dtype.name, parameters, size, statistics(value) if with_statistics else None)


def _owners_first(listed: Sequence[Row]) -> list[Row]:
    return sorted(listed, key=lambda row: (row.role.owner or row.name, row.role.owner is not None, row.name))


def _short(value: float | int | None) -> str:
    return '' if value is None else f'{value:.4g}' if isinstance(value, float) else str(value)
