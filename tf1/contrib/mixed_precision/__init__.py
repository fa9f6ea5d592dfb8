"""`tf.contrib.mixed_precision`: losses scaled so that half-precision gradients do not vanish."""

from __future__ import annotations

from tf1._namespace import removed
from tf1.contrib.mixed_precision.loss_scale import (
    ExponentialUpdateLossScaleManager,
    FixedLossScaleManager,
    LossScaleManager,
)
from tf1.contrib.mixed_precision.optimizer import LossScaleOptimizer

__all__ = ['ExponentialUpdateLossScaleManager', 'FixedLossScaleManager', 'LossScaleManager', 'LossScaleOptimizer']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    raise removed.attribute_error('tf.contrib.mixed_precision', name)
