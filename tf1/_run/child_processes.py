"""Processes that a program starts anew with `multiprocessing` ('spawn' and 'forkserver') are TF 1 programs, too."""

from __future__ import annotations

import multiprocessing.spawn
from collections.abc import Callable
from typing import Any


class _OnArrival:
    """Makes the child a TF 1 program when it is unpickled, which is before the child's main module runs."""

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        from tf1._run.install import install  # it imports this module

        return install, ()


def prepare() -> Callable[[], None]:
    """Lets child processes resolve imports as this one does. Returns a function that undoes it."""
    original = multiprocessing.spawn.get_preparation_data

    def get_preparation_data(name: str) -> dict[str, Any]:
        return {**original(name), 'tf1': _OnArrival()}

    def undo() -> None:
        multiprocessing.spawn.get_preparation_data = original

    multiprocessing.spawn.get_preparation_data = get_preparation_data
    return undo
