"""The flag of the binaries that restore a checkpoint."""

from __future__ import annotations

from absl import flags

_CHECKPOINT = flags.DEFINE_string(
    'checkpoint', 'latest', 'Which checkpoint: latest, a step of one in MODEL_DIR, or a path.'
)


def checkpoint() -> str:
    """Returns the flag's value."""
    return _CHECKPOINT.value
