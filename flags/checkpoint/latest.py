"""The flag of the commands of `flags.checkpoint` that write into a folder with a `checkpoint` file."""

from __future__ import annotations

from absl import flags

from tools.checkpoints import writing

_MAKE_LATEST = flags.DEFINE_bool(
    'make_latest', False, "Whether the folder's `checkpoint` file is to name the new checkpoint as its latest."
)


def record(prefix: str) -> None:
    """Makes a new checkpoint the latest of its folder if the flag says so; else the `checkpoint` file is left alone."""
    if _MAKE_LATEST.value:
        writing.make_latest(prefix)
