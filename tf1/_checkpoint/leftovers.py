"""Removes what a process that was killed left half-written in a model_dir."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time

from tf1._files.atomic_output import is_temporary

_HEX = '[0-9a-f]+'
_HALF_WRITTEN = re.compile(
    rf'.+-\d+_temp(_{_HEX})?|.+\.meta\.tmp{_HEX}|checkpoint\.tmp{_HEX}|graph\.pbtxt\.tmp{_HEX}|.+\.tempstate\d+'
)


def remove(model_dir: str, before: float | None = None) -> list[str]:
    """Removes half-written checkpoints and files that nobody is writing any more; returns their names.

    Only a training that has its model_dir to itself may call it.

    Args:
      model_dir: the folder.
      before: what changed after this time, in seconds since 1970, stays; None for now.
    """
    before = time.time() if before is None else before
    removed = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(model_dir):
            if not (_HALF_WRITTEN.fullmatch(entry.name) or is_temporary(entry.name)):
                continue
            with contextlib.suppress(OSError):
                if entry.stat(follow_symlinks=False).st_mtime < before:
                    shutil.rmtree(entry.path) if entry.is_dir(follow_symlinks=False) else os.remove(entry.path)
                    removed.append(entry.name)
    return sorted(removed)
