"""An optimizer around another one, which does the work."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf


class WrappingOptimizer(tf.train.Optimizer):
    """Asks `optimizer` for everything; subclasses change what they are for.

    Args:
      optimizer: the inner optimizer.
      name: of the optimizer around it.
    """

    def __init__(self, optimizer: tf.train.Optimizer, name: str):
        super().__init__(use_locking=False, name=name)
        self._optimizer = optimizer

    def compute_gradients(self, *args: Any, **kwargs: Any) -> list[tuple[tf.Tensor | None, tf.Variable]]:
        """Returns what the inner optimizer computes."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, *args: Any, **kwargs: Any) -> tf.Operation:
        """Returns the inner optimizer's operation that trains."""
        return self._optimizer.apply_gradients(*args, **kwargs)

    def get_slot(self, *args: Any, **kwargs: Any) -> tf.Variable | None:
        """Returns the inner optimizer's slot."""
        return self._optimizer.get_slot(*args, **kwargs)

    def get_slot_names(self, *args: Any, **kwargs: Any) -> list[str]:
        """Returns the names of the inner optimizer's slots."""
        return self._optimizer.get_slot_names(*args, **kwargs)

    def variables(self) -> list[tf.Variable]:
        """Returns the inner optimizer's variables."""
        return self._optimizer.variables()
