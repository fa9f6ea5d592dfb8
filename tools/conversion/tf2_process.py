"""Starts the process that has Keras 3 and eager TensorFlow, and hands arrays over."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import Any

import numpy as np

from tf1._checkpoint.errors import reason
from tools.conversion.errors import ConversionError
from tools.conversion.names import Arrays

_TOLD = 'tf2_job: '
_ROOT = pathlib.Path(__file__).parents[2]


class Handover:
    """A folder for what both processes read and write; a context manager that removes it."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix='tf1-conversion-')
        self._count = 0

    def __enter__(self) -> Handover:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._folder.cleanup()

    def path(self, ending: str = '.npz') -> str:
        """A new file's path."""
        self._count += 1
        return os.path.join(self._folder.name, f'{self._count}{ending}')

    def give(self, **arrays: np.ndarray) -> str:
        """Writes arrays and returns the file's path.

        Raises:
            ConversionError: there is no room for them.
        """
        path = self.path()
        try:
            np.savez(path, **arrays)
        except OSError as error:
            raise ConversionError(f'{path} cannot be written ({reason(error)}): make room, or set TMPDIR.') from error
        return path

    def do(self, *jobs: Mapping[str, Any]) -> None:
        """Does jobs of `tf2_job`, one after the other, in one process.

        Raises:
            ConversionError: one of them failed.
        """
        asked = self.path('.json')
        pathlib.Path(asked).write_text(json.dumps(jobs))
        # The module is looked for in the working folder first, where a program of the user may have its own `tools`.
        command = [sys.executable, '-m', 'tools.conversion.tf2_job', asked]
        process = subprocess.run(command, cwd=_ROOT, env=environment(), capture_output=True, text=True)
        if process.returncode:
            raise ConversionError(_reason(process))


def take(path: str) -> Arrays:
    """Reads arrays that the other process left."""
    with np.load(path) as file:
        return dict(file)


def environment() -> dict[str, str]:
    """The variables under which `keras` is Keras 3 on TensorFlow."""
    # `tf1` has set the first; with it, `tf.keras` is Keras 2.
    kept = {key: value for key, value in os.environ.items() if key != 'TF_USE_LEGACY_KERAS'}
    return {**kept, 'KERAS_BACKEND': 'tensorflow', 'TF_CPP_MIN_LOG_LEVEL': '3'}


def _reason(process: subprocess.CompletedProcess) -> str:
    lines = process.stderr.splitlines()
    told = [line.removeprefix(_TOLD) for line in lines if line.startswith(_TOLD)]
    return told[-1] if told else f'the process with Keras 3 failed: {lines[-1] if lines else process.returncode}'
