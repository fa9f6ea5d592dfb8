"""Calls a `logit_fn`, the part of a model that a head turns into an `EstimatorSpec`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator import user_functions
from tf1.estimator.run_config import RunConfig


def call_logit_fn(
    logit_fn: Callable, features: Any, mode: str, params: Any, config: RunConfig
) -> tf.Tensor | dict[str, tf.Tensor]:
    """Returns what `logit_fn` makes of `features`, called with those of the other arguments that it takes.

    Raises:
      ValueError: it returns neither a tensor nor a dict of tensors by string.
    """
    offered = {'mode': mode, 'params': params, 'config': config}
    names = user_functions.argument_names(logit_fn)
    logits = logit_fn(features=features, **{name: value for name, value in offered.items() if name in names})
    if isinstance(logits, tf.Tensor) or _is_dict_of_tensors(logits):
        return logits
    raise ValueError(f'logit_fn must return a Tensor or a dict of Tensors by string, got {logits!r}.')


def _is_dict_of_tensors(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and isinstance(tensor, tf.Tensor) for name, tensor in value.items()
    )
