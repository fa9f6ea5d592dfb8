"""The flag that says how a command of `flags.checkpoint` prints what it found."""

from __future__ import annotations

from absl import flags

from flags._binary import InputError

_FORMAT = flags.DEFINE_enum(
    'format', 'text', ['text', 'json', 'csv'], 'How to print: for people, as JSON, or as CSV (list alone).'
)


def chosen(*allowed: str) -> str:
    """Returns the wanted format.

    Raises:
      InputError: it is none of `allowed`.
    """
    if _FORMAT.value not in allowed:
        raise InputError(f'--format={_FORMAT.value} is not for this command: choose {" or ".join(allowed)}.')
    return _FORMAT.value
