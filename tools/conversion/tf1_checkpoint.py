"""Reading and writing name-based checkpoints as arrays."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np

import tf1 as tf
from tf1._checkpoint import lookup, reading, writing


def read(prefix: str) -> dict[str, np.ndarray]:
    """All values of a checkpoint by name.

    Raises:
        CheckpointError: it is not there, or cannot be read to its end.
    """
    stored = reading.Stored(prefix)
    return {name: stored.value(name) for name in stored.names}


def write(values: Mapping[str, np.ndarray], folder: str, name: str, number: int) -> str:
    """Writes `folder/name-number`, makes it the folder's latest, and returns its prefix.

    Raises:
        CheckpointError: it exists already, or cannot be written.
    """
    prefix = os.path.join(folder, f'{name}-{number}')
    arrays = {key: np.asarray(value) for key, value in values.items()}
    writing.write(prefix, ((key, tf.as_dtype(array.dtype), array) for key, array in arrays.items()))
    lookup.make_latest(prefix)
    return prefix
