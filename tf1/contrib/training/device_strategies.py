"""Which parameter server takes a variable: strategies for `tf.train.replica_device_setter`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import tensorflow.compat.v1 as tf


class RandomStrategy:
    """Spreads variables by a hash of their names.

    Args:
      num_ps_tasks: how many servers there are.
      seed: part of the hash.
    """

    def __init__(self, num_ps_tasks: int, seed: int = 0):
        self._num_tasks = num_ps_tasks
        self._seed = seed

    def __call__(self, op: tf.Operation) -> int:
        """Returns the number of the server for a variable's operation."""
        key = f'{op.name}_{self._seed}'.encode()
        return int(hashlib.md5(key, usedforsecurity=False).hexdigest(), 16) % self._num_tasks


class GreedyLoadBalancingStrategy:
    """Gives each variable to the server that has the least so far.

    Args:
      num_tasks: how many servers there are.
      load_fn: from operation to its load, `byte_size_load_fn` for example.
    """

    def __init__(self, num_tasks: int, load_fn: Callable[[tf.Operation], float]):
        self._load_fn = load_fn
        self._loads = [0.0] * num_tasks

    def __call__(self, op: tf.Operation) -> int:
        """Returns the number of the server for a variable's operation."""
        task = self._loads.index(min(self._loads))
        self._loads[task] += self._load_fn(op)
        return task


def byte_size_load_fn(op: tf.Operation) -> int:
    """Returns the bytes of the operation's only output.

    Raises:
      ValueError: it has several outputs, or its shape is not fully known.
    """
    if len(op.outputs) != 1:
        raise ValueError(f'{op.name} must have one output, got {len(op.outputs)}.')
    (output,) = op.outputs
    if not output.shape.is_fully_defined():
        raise ValueError(f'{op.name} must have a fully known shape, got {output.shape}.')
    return output.dtype.size * output.shape.num_elements()
