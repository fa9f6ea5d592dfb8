"""What the kinds of systems are asked with, and what they answer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from estimators.hparams import DEFAULT_SEED
from tf1._checkpoint import lookup


class Source(NamedTuple):
    """Where data and weights come from."""

    data_dir: str | None = None
    """Folder of IDX files; None for the packaged ones."""
    seed: int = DEFAULT_SEED
    """Where images are translated to, for the systems that translate them."""
    checkpoint: str = lookup.LATEST
    """LATEST, a step of a checkpoint in the model_dir, or the path of any."""


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
