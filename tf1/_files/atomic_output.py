"""Files that are written whole or not at all, whatever ends the process meanwhile."""

from __future__ import annotations

import contextlib
import os
import re
import uuid
from collections.abc import Iterator

from tf1._files import regular_files

_TEMPORARY = re.compile(r'\..+\.[0-9a-f]{32}')


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> None:
    """Writes a file, text as UTF-8, and the folders above it; a reader finds the old file or the new one.

    Raises:
      OSError: that is not possible; the old file, if any, is as it was.
    """
    with writing_whole(path) as temporary, open(temporary, 'wb') as file:
        file.write(content.encode('utf-8') if isinstance(content, str) else content)


@contextlib.contextmanager
def writing_whole(path: str | os.PathLike[str]) -> Iterator[str]:
    """Gives the path of a file to write in place of `path`, whose folders are made; it gets its name in the end.

    An error leaves what was there; a kill may leave the hidden file, which `is_temporary` knows.

    Raises:
      OSError: the file cannot be written, or a folder, pipe, socket or device has its name.
    """
    path = os.fspath(path)
    regular_files.check(path)  # A device would be replaced by the file.
    folder, name = os.path.split(path)
    os.makedirs(folder or '.', exist_ok=True)
    temporary = os.path.join(folder, f'.{name}.{uuid.uuid4().hex}')
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        # A write that fails names no file.
        error.filename = error.filename or path
        raise
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(temporary)


def is_temporary(name: str) -> bool:
    """Returns whether a file's name is one that `writing_whole` gives meanwhile."""
    return bool(_TEMPORARY.fullmatch(name))
