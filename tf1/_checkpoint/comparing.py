"""What differs between two checkpoints."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from tf1._checkpoint.reading import Stored, shape_text


class Change(NamedTuple):
    """A variable that both have, with the same shape and dtype but other values."""

    name: str
    max_absolute: float | None
    """The largest |a - b|; None of strings, and where no two finite values differ."""
    max_relative: float | None
    """The largest |a - b| / max(|a|, |b|)."""
    differing: int
    """How many values differ, by more than the tolerance."""
    not_finite: int
    """How many of those are NaN or infinite in one and not so in the other."""


class Comparison(NamedTuple):
    """Two checkpoints, a and b; lists are sorted by name."""

    only_a: list[str]
    only_b: list[str]
    shapes: list[tuple[str, tuple[int, ...], tuple[int, ...]]]
    """Name, shape in a and shape in b."""
    dtypes: list[tuple[str, str, str]]
    """Name, dtype in a and dtype in b, where shapes are equal."""
    changes: list[Change]
    """The largest absolute difference first."""
    equal: int
    """How many variables are equal within the tolerance."""

    @property
    def different(self) -> bool:
        """Whether anything differs."""
        return bool(self.only_a or self.only_b or self.shapes or self.dtypes or self.changes)


def compare(a: Stored, b: Stored, tolerance: float = 0.0) -> Comparison:
    """Compares two checkpoints, reading one variable of each at a time.

    NaN equals NaN in the same place, and an infinity the same infinity.

    Args:
      a: a checkpoint.
      b: another.
      tolerance: values that differ by so much or less are equal; strings and booleans always have to be the same.

    Raises:
      CheckpointError: a value cannot be read.
    """
    both = [name for name in a.names if name in b.shapes]
    shapes = [(name, a.shapes[name], b.shapes[name]) for name in both if a.shapes[name] != b.shapes[name]]
    alike = [name for name in both if a.shapes[name] == b.shapes[name]]
    dtypes = [(n, a.dtypes[n].name, b.dtypes[n].name) for n in alike if a.dtypes[n] != b.dtypes[n]]
    same_kind = [name for name in alike if a.dtypes[name] == b.dtypes[name]]
    found = (_change(name, a.value(name), b.value(name), tolerance) for name in same_kind)
    changes = sorted((change for change in found if change), key=_largest_first)
    return Comparison(
        [name for name in a.names if name not in b.shapes],
        [name for name in b.names if name not in a.shapes],
        shapes,
        dtypes,
        changes,
        len(same_kind) - len(changes),
    )


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """Returns the comparison for JSON."""
    return {
        'different': comparison.different,
        'equal': comparison.equal,
        'only_a': comparison.only_a,
        'only_b': comparison.only_b,
        'shapes': [{'name': name, 'a': list(a), 'b': list(b)} for name, a, b in comparison.shapes],
        'dtypes': [{'name': name, 'a': a, 'b': b} for name, a, b in comparison.dtypes],
        'changes': [change._asdict() for change in comparison.changes],
    }


def text(comparison: Comparison) -> str:
    """Returns the comparison for people, a line for each difference."""
    lines = [f'only in a: {name}' for name in comparison.only_a]
    lines += [f'only in b: {name}' for name in comparison.only_b]
    lines += [f'shape: {name} is {shape_text(a)} in a, {shape_text(b)} in b' for name, a, b in comparison.shapes]
    lines += [f'dtype: {name} is {a} in a, {b} in b' for name, a, b in comparison.dtypes]
    width = max((len(change.name) for change in comparison.changes), default=0)
    lines += [_change_text(change, width) for change in comparison.changes]
    return '\n'.join([*lines, f'{comparison.equal} variables are equal.'])


def _change_text(change: Change, width: int) -> str:
    parts = [f'differs: {change.name:{width}} ']
    if change.max_absolute is not None:
        parts.append(f'by up to {change.max_absolute:.4g}, relatively {change.max_relative:.4g},')
    parts.append(f'in {change.differing} {"value" if change.differing == 1 else "values"}')
    if change.not_finite:
        parts.append(f'({change.not_finite} NaN or infinite on one side)')
    return ' '.join(parts)


def _change(name: str, a: np.ndarray, b: np.ndarray, tolerance: float) -> Change | None:
    if a.dtype == object or a.dtype == bool:
        differing = int((a != b).sum())
        return Change(name, None, None, differing, 0) if differing else None
    if np.issubdtype(a.dtype, np.integer):
        absolute, a, b = _whole_difference(a, b), a.astype(np.float64), b.astype(np.float64)
    else:
        a, b = _wide(a), _wide(b)
        with np.errstate(invalid='ignore'):
            absolute = np.where(_same(a, b), 0, np.abs(a - b))
    finite = np.isfinite(absolute)
    differing = ~finite | (absolute > tolerance)
    if not differing.any():
        return None
    if not (finite & (absolute > 0)).any():
        return Change(name, None, None, int(differing.sum()), int((~finite).sum()))
    size = np.maximum(np.abs(a[finite]), np.abs(b[finite]))
    relative = absolute[finite] / np.where(size, size, 1)
    return Change(
        name, float(absolute[finite].max()), float(relative.max()), int(differing.sum()), int((~finite).sum())
    )


def _same(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a == b) | (np.isnan(a) & np.isnan(b))


def _wide(value: np.ndarray) -> np.ndarray:
    return value.astype(np.complex128 if np.iscomplexobj(value) else np.float64)


def _whole_difference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    # In float64 two large integers that differ may look the same; modulo 2**64 their difference is exact.
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return (high - low).astype(np.float64)


def _largest_first(change: Change) -> tuple[float, str]:
    return (-np.inf if change.not_finite else -(change.max_absolute or 0), change.name)
