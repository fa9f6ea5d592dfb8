"""`gc`: which of the exports in a folder are to be kept, as functions of lists of paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf


class Path(NamedTuple):
    """An export's folder and its version, by which paths are compared."""

    path: str
    export_version: int | None


Filter = Callable[[Sequence[Path]], list[Path]]


def _largest_export_versions(n: int) -> Filter:
    """Returns the filter that keeps the `n` newest exports, oldest of them first."""
    return lambda paths: _in_order(paths)[-n:] if n > 0 else []


def _one_of_every_n_export_versions(n: int) -> Filter:
    """Returns the filter that keeps the newest export of each interval (0, n], (n, 2n], ..."""

    def keep(paths: Sequence[Path]) -> list[Path]:
        newest: dict[int, Path] = {}
        for path in _in_order(paths):
            newest[max(0, -(-path.export_version // n) - 1)] = path
        return list(newest.values())

    return keep


def _mod_export_version(n: int) -> Filter:
    """Returns the filter that keeps the exports whose version `n` divides."""
    return lambda paths: [path for path in _in_order(paths) if path.export_version % n == 0]


def _union(lf: Filter, rf: Filter) -> Filter:
    """Returns the filter that keeps what one of two keeps."""
    return lambda paths: _in_order({*lf(paths), *rf(paths)})


def _negation(f: Filter) -> Filter:
    """Returns the filter that keeps what another does not."""
    return lambda paths: _in_order(set(paths) - set(f(paths)))


def _get_paths(base_dir: str, parser: Callable[[Path], Path | None]) -> list[Path]:
    """Returns the paths in a folder, with versions as `parser` finds them; it returns None for what is no export.

    Raises:
      tf.errors.NotFoundError: there is no such folder.
    """
    found = (Path(os.path.join(base_dir, name.rstrip('/')), None) for name in tf.io.gfile.listdir(base_dir))
    return _in_order(path for path in map(parser, found) if path)


def _in_order(paths: Any) -> list[Path]:
    return sorted(paths, key=lambda path: path.export_version)
