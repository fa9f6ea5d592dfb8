"""Hyperparameters that systems A1 to A4 have in common."""

from __future__ import annotations

import dataclasses

DEFAULT_SEED = 1
"""The document sets none."""


@dataclasses.dataclass(frozen=True)
class HParams:
    """What every one of the four systems needs; all values have to be > 0.

    Raises:
      ValueError: a value is not > 0; the text names the field.
    """

    side: int
    """Height and width of an image, in pixels."""
    learning_rate: float
    batch_size: int
    """Images per training step."""
    steps: int
    """Training steps in all."""

    def __post_init__(self):
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if not value > 0:
                raise ValueError(f'{field.name} must be > 0, got {value!r}.')
