"""Checkpoints of the variables of eager programs, by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import tf1 as tf


class Saver:
    """Saves and restores variables of an eager program.

    Args:
      var_list: the variables, or a dictionary from names in the checkpoint to variables.

    Raises:
      RuntimeError: the program builds a graph.
    """

    def __init__(self, var_list: Sequence[tf.Variable] | Mapping[str, tf.Variable]):
        if not tf.executing_eagerly():
            raise RuntimeError('tf.contrib.eager.Saver is for eager programs; use tf.train.Saver with a graph.')
        self._saver = tf.train.Saver(var_list)

    def save(self, file_prefix: str, global_step: int | tf.Variable | None = None) -> str:
        """Writes a checkpoint and returns its path, `file_prefix` with '-STEP' behind it if there is a step."""
        return self._saver.save(None, file_prefix, global_step=global_step)

    def restore(self, file_prefix: str) -> None:
        """Gives the variables their values of the checkpoint with this path.

        Raises:
          ValueError: there is no such checkpoint.
        """
        self._saver.restore(None, file_prefix)


def get_optimizer_variables(optimizer: tf.train.Optimizer) -> list[tf.Variable]:
    """Returns the variables of an optimizer, which it makes at the first `apply_gradients`."""
    return optimizer.variables()


@contextlib.contextmanager
def restore_variables_on_create(save_path: str | None, map_func: Callable[[str], str] | None = None) -> Iterator[None]:
    """Gives variables that are made in a `with` block their values from a checkpoint.

    Args:
      save_path: path of the checkpoint; None restores nothing.
      map_func: from a variable's name to that in the checkpoint; names are the same if None.

    Raises:
      RuntimeError: the program builds a graph.
      NotFoundError: on making a variable that the checkpoint lacks.
    """
    if not tf.executing_eagerly():
        raise RuntimeError('restore_variables_on_create is for eager programs; use tf.train.init_from_checkpoint.')
    if save_path is None:
        yield
        return
    reader = tf.train.load_checkpoint(save_path)

    def restored(next_creator: Callable[..., tf.Variable], **kwargs: Any) -> tf.Variable:
        variable = next_creator(**kwargs)
        name = variable.name.partition(':')[0]
        name = map_func(name) if map_func else name
        if not reader.has_tensor(name):
            raise tf.errors.NotFoundError(None, None, f'{name} not found in checkpoint {save_path}.')
        variable.assign(reader.get_tensor(name))
        return variable

    with tf.variable_creator_scope(restored):
        yield
