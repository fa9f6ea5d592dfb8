"""What is wrong with a checkpoint, in words for whoever holds it."""

from __future__ import annotations

import re


class CheckpointError(ValueError):
    """A checkpoint that is missing, damaged or does not fit; the text names the file, the value and the remedy."""


class FileError(OSError):
    """An error of the system about a file, whose text names the file and the remedy.

    Args:
      error: what happened.
      text: what to say of it.
    """

    def __init__(self, error: OSError, text: str):
        super().__init__(error.errno, text, error.filename)

    def __str__(self) -> str:
        return self.strerror


def reason(error: Exception) -> str:
    """Returns what an error of the system or of TensorFlow says, in one line without the graph's history."""
    text = getattr(error, 'strerror', None) or getattr(error, 'message', None) or str(error)
    # TensorFlow tells where in the graph it happened, too: before the reason as a stack, behind it in brackets.
    before, marked, _ = str(text).partition('[[')
    lines = [line for line in (before if marked else str(text)).splitlines() if line.strip()]
    told = [line for line in lines if not line.lstrip().startswith(('{{', 'Node:', 'File "'))]
    last = re.sub(r'\{\{.*?\}\}|\[Op:\w+\]', '', told[-1] if told else type(error).__name__)
    return ' '.join(last.split()).strip(' .:')
