"""Export folders named by the second they were made in: written under another name first, listed, thinned out."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator

import tensorflow.compat.v1 as tf

_ATTEMPTS = 10
_TIMESTAMP = re.compile(r'\d{10}')


class Folder:
    """A new folder under its temporary and its final name, both absolute or relative as `base` is."""

    def __init__(self, base: str, timestamp: int):
        self.temporary = os.path.join(base, f'temp-{timestamp}')
        self.final = os.path.join(base, str(timestamp))


@contextlib.contextmanager
def new_folder(base: str) -> Iterator[Folder]:
    """Makes a folder in `base` to be filled under its temporary name; renames it at the end.

    If anything fails on the way the temporary folder is removed, and nothing ever stands at the final name.

    Raises:
      RuntimeError: ten seconds in a row had a folder already.
    """
    tf.io.gfile.makedirs(base)
    folder = _reserve(base)
    try:
        yield folder
        tf.io.gfile.rename(folder.temporary, folder.final)
    except BaseException:
        # The first error is the one to report, not that what it left cannot be removed either.
        with contextlib.suppress(tf.errors.OpError):
            tf.io.gfile.rmtree(folder.temporary)
        raise


def _reserve(base: str) -> Folder:
    """Makes the temporary folder of a second that has none and no finished export either."""
    for attempt in range(1, _ATTEMPTS + 1):
        now = time.time()
        folder = Folder(base, int(now))
        if not (tf.io.gfile.exists(folder.final) or tf.io.gfile.exists(folder.temporary)):
            tf.io.gfile.mkdir(folder.temporary)
            return folder
        tf.logging.warning('Directory %s already exists; retrying (attempt %d/%d)', folder.final, attempt, _ATTEMPTS)
        time.sleep(1 - now % 1)
    raise RuntimeError(f'No unused second was found for an export in {base} in {_ATTEMPTS} attempts.')


def unused_path(base: str | bytes) -> str:
    """Returns the path of a folder in `base`, called after the present second, that is not there yet."""
    while tf.io.gfile.exists(path := Folder(tf.compat.as_str_any(base), int(time.time())).final):
        time.sleep(1 - time.time() % 1)
    return path


def existing(base: str) -> list[str]:
    """Returns the paths of the finished exports in `base`, oldest first."""
    if not tf.io.gfile.isdir(base):
        return []
    names = sorted(name.rstrip('/') for name in tf.io.gfile.listdir(base))
    paths = [os.path.join(base, name) for name in names if _TIMESTAMP.fullmatch(name)]
    return [path for path in paths if tf.io.gfile.isdir(path)]


def keep_newest(base: str, count: int | None) -> None:
    """Removes all exports in `base` but the newest `count`; None keeps all. A failure to remove is a warning."""
    if count is None:
        return
    for path in existing(base)[:-count]:
        try:
            tf.io.gfile.rmtree(path)
        except tf.errors.OpError as error:
            tf.logging.warning('Cannot remove the old export %s: %s', path, error.message)
