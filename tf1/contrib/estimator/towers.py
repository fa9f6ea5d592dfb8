"""`replicate_model_fn` and `TowerOptimizer`, the way of TF 1.4 to 1.8 to train on several GPUs: here, on one device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf


class TowerOptimizer(tf.train.Optimizer):
    """An optimizer that adds up the gradients of all towers: with one tower, the optimizer itself.

    Args:
      optimizer_or_optimizer_fn: a `tf.train.Optimizer`, or a function that makes one.
    """

    def __init__(self, optimizer_or_optimizer_fn: tf.train.Optimizer | Callable[[], tf.train.Optimizer]):
        given = optimizer_or_optimizer_fn
        self._optimizer = given if isinstance(given, tf.train.Optimizer) else given()
        super().__init__(use_locking=False, name=self._optimizer.get_name())

    def compute_gradients(self, loss: tf.Tensor, *args: Any, **kwargs: Any) -> list[tuple[Any, tf.Variable]]:
        """Returns what the inner optimizer computes."""
        return self._optimizer.compute_gradients(loss, *args, **kwargs)

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


def replicate_model_fn(
    model_fn: Callable[..., tf.estimator.EstimatorSpec],
    loss_reduction: str = tf.losses.Reduction.SUM_BY_NONZERO_WEIGHTS,
    devices: Sequence[str] | None = None,
) -> Callable[..., tf.estimator.EstimatorSpec]:
    """Returns `model_fn`, which runs on one device.

    Raises:
      ValueError: `devices` names several.
    """
    if devices is not None and len(devices) > 1:
        raise ValueError(
            f'devices must name one device, got {list(devices)}: for several, give tf.estimator.RunConfig '
            'train_distribute=tf.distribute.MirroredStrategy(devices).'
        )
    return model_fn
