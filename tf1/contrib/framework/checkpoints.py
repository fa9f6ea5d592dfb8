"""Checkpoints by folder or file: what is in them, and variables that start from them.

`tf.train` has the same functions, whose first argument has another name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf


def load_checkpoint(filepattern: str) -> Any:
    """Returns a reader of a checkpoint, as `tf.train.load_checkpoint` does: a file's prefix, or a folder's newest."""
    return tf.train.load_checkpoint(filepattern)


def load_variable(checkpoint_dir: str, name: str) -> np.ndarray:
    """Returns the value of a variable in a checkpoint, as `tf.train.load_variable` does."""
    return tf.train.load_variable(checkpoint_dir, name)


def list_variables(checkpoint_dir: str) -> list[tuple[str, list[int]]]:
    """Returns the names and shapes of a checkpoint's variables, by name, as `tf.train.list_variables` does."""
    return tf.train.list_variables(checkpoint_dir)


def init_from_checkpoint(checkpoint_dir: str, assignment_map: Mapping[str, Any]) -> None:
    """Makes variables start from a checkpoint's values, as `tf.train.init_from_checkpoint` does.

    Args:
      checkpoint_dir: folder or prefix of the checkpoint.
      assignment_map: names or scopes ('scope/') in the checkpoint, and for each the variable, the variable's name or
        the scope here.
    """
    tf.train.init_from_checkpoint(checkpoint_dir, assignment_map)
