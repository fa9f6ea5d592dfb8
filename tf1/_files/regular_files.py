"""Files that are read only where they are files: a named pipe never comes to its end, and /dev/zero neither."""

from __future__ import annotations

import errno
import os
import stat


def check(path: str | os.PathLike[str]) -> None:
    """Makes sure that a local path that exists is a regular file, for readers that are given paths.

    Raises:
      OSError: it is something else; its text says what, with the path.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return  # The reader says it better, and knows of paths that are not local.
    _check_mode(path, mode)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Returns what a regular file holds.

    Raises:
      OSError: it cannot be read, or is none; its `strerror` says why.
    """
    # Without O_NONBLOCK to open a pipe waits for a writer.
    opened = os.open(path, os.O_RDONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_BINARY', 0))
    try:
        _check_mode(path, os.fstat(opened).st_mode)
        with open(opened, 'rb', closefd=False) as file:
            return file.read()
    finally:
        os.close(opened)


def read_text(path: str | os.PathLike[str]) -> str:
    """Returns a regular file's text in UTF-8, with lines that end as Python's do.

    Raises:
      OSError: as for `read_bytes`.
      UnicodeDecodeError: it is no such text.
    """
    return read_bytes(path).decode('utf-8').replace('\r\n', '\n')


def _check_mode(path: str | os.PathLike[str], mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, 'it is a pipe, socket or device', os.fspath(path))
