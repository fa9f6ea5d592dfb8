"""`tf.keras.mixed_precision.experimental` of TF 1.15, on what Keras 2 calls the same things today."""

from __future__ import annotations

import re
from typing import Any

from tf1._namespace import module_loader

_mixed_precision = module_loader('tf_keras.mixed_precision')
_WITH_FLOAT32 = re.compile(r'(\w+)_with_float32_vars')


def policy(name: str) -> Any:
    """`Policy`: types of computations and variables, 'mixed_float16' or the name of a type.

    TF 1.15's other name of the mixed ones, 'float16_with_float32_vars', is known, too; 'infer' is 'float32'.
    """
    mixed = _WITH_FLOAT32.fullmatch(name)
    if mixed:
        name = f'mixed_{mixed.group(1)}'
    return _mixed_precision().Policy('float32' if name == 'infer' else name)


def set_policy(policy_or_name: Any) -> None:
    """`set_policy`: makes a policy, or the one of a name, that of new layers; None is 'infer', types as inputs are."""
    infers = policy_or_name in (None, 'infer')
    chosen = policy(policy_or_name) if isinstance(policy_or_name, str) and not infers else policy_or_name
    layers = module_loader('tf_keras.api._v1.keras.layers')()
    layers.enable_v2_dtype_behavior()  # Keras 2 has policies only with it
    _mixed_precision().set_global_policy(None if infers else chosen)
    if infers:
        layers.disable_v2_dtype_behavior()


def loss_scale_optimizer(opt: Any, loss_scale: Any) -> Any:
    """`LossScaleOptimizer`: `opt` with the loss times `loss_scale`, a number > 0 or 'dynamic'.

    Raises:
      ValueError: `loss_scale` is neither.
    """
    if loss_scale == 'dynamic':
        return _mixed_precision().LossScaleOptimizer(opt)
    if not isinstance(loss_scale, (int, float)) or loss_scale <= 0:
        raise ValueError(f"loss_scale must be a number > 0 or 'dynamic', got {loss_scale!r}.")
    return _mixed_precision().LossScaleOptimizer(opt, dynamic=False, initial_scale=loss_scale)
