"""Checkpoints by folder or file: what is in them, and variables that start from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf


def load_checkpoint(filepattern: str) -> Any:
    """Returns a reader of a checkpoint: a file's prefix, or a folder for the newest in it.

    Raises:
      tf.errors.NotFoundError: there is none.
    """
    path = tf.train.latest_checkpoint(filepattern) if tf.gfile.IsDirectory(filepattern) else filepattern
    if path is None or not tf.train.checkpoint_exists(path):
        raise tf.errors.NotFoundError(None, None, f'No checkpoint at {filepattern}; name a folder or a prefix.')
    return tf.train.NewCheckpointReader(path)


def load_variable(checkpoint_dir: str, name: str) -> np.ndarray:
    """Returns the value of a variable in a checkpoint.

    Raises:
      tf.errors.NotFoundError: there is no checkpoint, or no such variable in it.
    """
    reader = load_checkpoint(checkpoint_dir)
    if not reader.has_tensor(name):
        raise tf.errors.NotFoundError(
            None, None, f'Key {name} not found in the checkpoint of {checkpoint_dir}; list_variables() lists its keys.'
        )
    return reader.get_tensor(name)


def list_variables(checkpoint_dir: str) -> list[tuple[str, list[int]]]:
    """Returns the names and shapes of a checkpoint's variables, by name.

    Raises:
      tf.errors.NotFoundError: there is no checkpoint.
    """
    return sorted((name, shape) for name, shape in load_checkpoint(checkpoint_dir).get_variable_to_shape_map().items())


def init_from_checkpoint(checkpoint_dir: str, assignment_map: Mapping[str, Any]) -> None:
    """Makes variables start from a checkpoint's values instead of their own first values.

    Args:
      checkpoint_dir: folder or prefix of the checkpoint.
      assignment_map: names or scopes ('scope/') in the checkpoint, and for each the variable, the variable's name or
        the scope here.

    Raises:
      ValueError: a name is missing, or shapes differ.
    """
    tf.train.init_from_checkpoint(checkpoint_dir, assignment_map)
