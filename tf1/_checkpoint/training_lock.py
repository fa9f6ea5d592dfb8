"""One training at a time in a model_dir: a lock that the kernel releases when its process ends, however it ends.

The folder itself is locked, so nothing is left behind.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import re
from collections.abc import Iterator

from tf1._checkpoint.errors import CheckpointError

try:
    import fcntl
except ImportError:  # Not on Windows: there trainings are not kept apart.
    fcntl = None


@contextlib.contextmanager
def held(model_dir: str) -> Iterator[None]:
    """Holds the lock of a folder; a folder that cannot be locked, on a network say, is left without.

    Raises:
      CheckpointError: another training holds it; the text names its process and when that started.
    """
    if fcntl is None or not os.path.isdir(model_dir):
        yield
        return
    folder = os.open(model_dir, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise CheckpointError(
                    f'{model_dir} is being trained into by {_holder(folder)}: wait for its end, stop it, or choose '
                    'another folder.'
                ) from error
        yield
    finally:
        os.close(folder)


def _holder(folder: int) -> str:
    """Says which process holds the lock, as far as Linux tells."""
    inode = os.fstat(folder).st_ino
    try:
        with open('/proc/locks', encoding='utf-8') as locks:
            found = re.findall(rf'FLOCK\s+ADVISORY\s+WRITE\s+(\d+)\s+\S+:{inode}\s', locks.read())
        pid = next(pid for pid in found if pid != '0')
        started = datetime.datetime.fromtimestamp(os.stat(f'/proc/{pid}').st_mtime)
    except (OSError, StopIteration):
        return 'another process'
    return f'process {pid}, started {started:%Y-%m-%d %H:%M:%S}'
