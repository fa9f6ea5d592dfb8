"""The flag that says where a command of `flags.checkpoint` writes."""

from __future__ import annotations

from absl import flags

from flags._binary import InputError

_OUTPUT = flags.DEFINE_string(
    'output',
    None,
    'What to write, which must not exist: the prefix of a new checkpoint, such as DIR/model.ckpt-0; for convert a file '
    'or folder, FILE.keras for --to=keras.',
)


def wanted(example: str) -> str:
    """Returns the flag's value.

    Args:
      example: a command that has it, for the error.

    Raises:
      InputError: it is missing.
    """
    if not _OUTPUT.value:
        raise InputError(f'--output is missing: {example}.')
    return _OUTPUT.value


def given() -> str | None:
    """Returns the flag's value, None where it is missing."""
    return _OUTPUT.value or None
