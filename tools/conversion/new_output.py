"""Output that appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

import tensorflow.compat.v1 as tf

from tf1._checkpoint.errors import reason
from tools.conversion.errors import ConversionError


@contextlib.contextmanager
def output(path: str) -> Iterator[str]:
    """Gives a path beside `path`, with the same ending, to write a file or folder to; renames it in the end.

    Whatever is raised meanwhile, nothing is left behind.

    Raises:
        ConversionError: `path` exists already, or cannot be written to, the disk being full, say.
    """
    path = os.path.abspath(path)
    folder, name = os.path.split(path)
    if os.path.lexists(path):
        raise ConversionError(f'{path} exists already: name another output, or remove it first.')
    stem, ending = os.path.splitext(name)
    temporary = os.path.join(folder, f'.{stem}.{os.getpid()}{ending}')
    made = _make(folder)
    try:
        yield temporary
        os.rename(temporary, path)
    except (OSError, tf.errors.OpError) as error:
        raise ConversionError(f'{path} cannot be written ({reason(error)}): name another output.') from error
    finally:
        _remove(temporary)
        for parent in reversed(made):
            # Not empty when all went well.
            with contextlib.suppress(OSError):
                os.rmdir(parent)


def _make(folder: str) -> list[str]:
    """Makes a folder and those above it; returns the new ones, the topmost first."""
    missing, above = [], folder
    while not os.path.isdir(above):
        missing.insert(0, above)
        above = os.path.dirname(above)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise ConversionError(f'{folder} cannot be made ({error.strerror}): name another output.') from error
    if not os.access(folder, os.W_OK):
        raise ConversionError(f'{folder} cannot be written to: name another output.')
    return missing


def _remove(path: str) -> None:
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)
