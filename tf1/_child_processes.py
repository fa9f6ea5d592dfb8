"""Processes that a program starts anew with `multiprocessing` ('spawn' and 'forkserver') are TF 1 programs, too."""

from __future__ import annotations

import multiprocessing.spawn
import sys
from collections.abc import Callable
from typing import Any

from tf1 import _install, _own_folders


class _OnArrival:
    """Unpickled, it makes the child a TF 1 program: what a child is sent is read before its main module runs."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return _arrive, (sys.path[0],)


def _arrive(folder: str) -> None:
    _own_folders.prefer(folder)
    _install.install()


def prepare() -> Callable[[], None]:
    """Lets child processes resolve imports as this one does. Returns a function that undoes it."""
    original = multiprocessing.spawn.get_preparation_data

    def get_preparation_data(name: str) -> dict[str, Any]:
        return {**original(name), 'tf1': _OnArrival()}

    def undo() -> None:
        multiprocessing.spawn.get_preparation_data = original

    multiprocessing.spawn.get_preparation_data = get_preparation_data
    return undo
