"""What the kinds of systems hand to `flags.evaluate` and `flags.predict`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Evaluated(NamedTuple):
    """A checkpoint's answers on one part of the data."""

    global_step: int
    loss: float
    images: np.ndarray
    """`[n, side, side]`."""
    labels: np.ndarray
    """`[n]`, the true classes."""
    predicted: np.ndarray
    """`[n]`, the predicted classes."""


class Predicted(NamedTuple):
    """A checkpoint's answers on some images."""

    global_step: int
    names: list[str]
    truths: list[int] | None
    """True classes, where they are known."""
    probabilities: np.ndarray
    """`[n, 10]` float32."""
