"""`replicate_model_fn` and `TowerOptimizer`, the way of TF 1.4 to 1.8 to train on several GPUs: here, on one device."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tf1 as tf
from tf1.train.wrapping_optimizer import WrappingOptimizer


class TowerOptimizer(WrappingOptimizer):
    """An optimizer that adds up the gradients of all towers: with one tower, the optimizer itself.

    Args:
      optimizer_or_optimizer_fn: a `tf.train.Optimizer`, or a function that makes one.
    """

    def __init__(self, optimizer_or_optimizer_fn: tf.train.Optimizer | Callable[[], tf.train.Optimizer]):
        given = optimizer_or_optimizer_fn
        optimizer = given if isinstance(given, tf.train.Optimizer) else given()
        super().__init__(optimizer, optimizer.get_name())


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
