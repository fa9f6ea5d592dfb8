"""The folder of a reproduction: its settings, and a file of results for each system that is done."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import Any

from tf1._files import regular_files
from tf1._files.atomic_output import write_whole

_SETTINGS = 'settings.json'


class FolderError(ValueError):
    """A folder that belongs to another reproduction or holds a damaged file; the text names it and the remedy."""


@dataclass(frozen=True)
class Result:
    """What a system reached.

    done: training done, in the system's unit. global_step: the number of its checkpoint.
    matrix: counts of the test images by true class (rows) and predicted class, `[10, 10]`.
    curves: points (step or epoch, value) by the series' names of `documents`.
    parameters: trained values of the model, slots of optimisers not counted.
    seconds: of training, the evaluations made meanwhile included.
    figures: PNG files in the model_dir's `figures`, by name without ending.
    """

    model: str
    done: int
    global_step: int
    accuracy: float
    loss: float
    matrix: list[list[int]]
    curves: dict[str, list[tuple[int, float]]]
    parameters: int
    seconds: float
    seed: int
    figures: list[str] = field(default_factory=list)


def begin(output: str, settings: dict[str, Any]) -> None:
    """Notes the settings of a new reproduction, or makes sure that the folder was begun with the same.

    Raises:
      FolderError: it was begun with others.
      OSError: it cannot be written to.
    """
    path = os.path.join(output, _SETTINGS)
    if not os.path.exists(path):
        write_whole(path, json.dumps(settings, indent=2) + '\n')
        return
    before = _read(path)
    for name, value in settings.items():
        if before.get(name) != value:
            raise FolderError(
                f'{output} was begun with --{name}={before.get(name)}, not {value}: '
                'go on with that, or choose another folder.'
            )


def model_dir(output: str, model: str) -> str:
    """The folder that a system trains into."""
    return os.path.join(output, 'models', model)


def result_path(output: str, model: str) -> str:
    """The file of a system's result; it is there once the system is done."""
    return os.path.join(output, 'results', f'{model}.json')


def load(output: str, model: str) -> Result | None:
    """Returns a system's result, None where it is not done.

    Raises:
      FolderError: the file is damaged.
    """
    path = result_path(output, model)
    if not os.path.exists(path):
        return None
    try:
        return Result(**_read(path))
    except TypeError as error:
        raise _damaged(path, error) from error


def store(path: str, result: Result) -> None:
    """Writes a result; raises OSError where that is not possible."""
    write_whole(path, json.dumps(asdict(result)) + '\n')


def _read(path: str) -> dict[str, Any]:
    try:
        content = json.loads(regular_files.read_text(path))
        if not isinstance(content, dict):
            raise ValueError('it holds no object')
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    return content


def _damaged(path: str, error: Exception) -> FolderError:
    return FolderError(f'{path} is damaged ({getattr(error, "strerror", None) or error}): remove it, and run again.')
