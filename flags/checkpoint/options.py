"""Flags that several commands of `flags.checkpoint` have, and what they share on the way from words to checkpoints."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from absl import flags

from flags._binary import InputError
from tools.checkpoints.errors import CheckpointError

_STEP = flags.DEFINE_integer(
    'step', None, 'Which checkpoint of a model_dir, by its step; by default the latest.', lower_bound=0
)


def step() -> int | None:
    """Returns the wanted step of a model_dir, None for the latest."""
    return _STEP.value


@contextlib.contextmanager
def input_errors() -> Iterator[None]:
    """Turns what is wrong with a checkpoint into an `InputError`: status 2 and one line."""
    try:
        yield
    except CheckpointError as error:
        raise InputError(str(error)) from error
