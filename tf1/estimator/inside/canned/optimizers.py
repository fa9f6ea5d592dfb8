"""`optimizers.get_optimizer_instance`: optimizers by name."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.canned.optimizers import Optimizer, optimizer_of
from tf1.estimator.canned.v2.optimizers import KerasOptimizer, keras_optimizer_of


def get_optimizer_instance(opt: Optimizer, learning_rate: float | None = None) -> tf.train.Optimizer:
    """Returns the optimizer that `opt` stands for: a name, an optimizer, or a function that makes one.

    Raises:
      ValueError: it is none of these, or a name comes without `learning_rate`.
    """
    if isinstance(opt, str) and not learning_rate:
        raise ValueError(f'learning_rate must be given with the name of an optimizer, got {learning_rate!r}.')
    return optimizer_of(opt, learning_rate)


def get_optimizer_instance_v2(opt: KerasOptimizer, learning_rate: float | None = None) -> Any:
    """Returns the Keras optimizer that `opt` stands for: a name, an optimizer, or a function that makes one.

    Raises:
      ValueError: it is none of these.
    """
    return keras_optimizer_of(opt, learning_rate)
