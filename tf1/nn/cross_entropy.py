"""Cross entropies that take named arguments only: programs of before TF 1.0 call them as (logits, labels)."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

Function = Callable[..., tf.Tensor]


def _named_only(name: str) -> Function:
    usual = getattr(tf.nn, name)

    @functools.wraps(usual)
    def loss(_sentinel: Any = None, labels: Any = None, logits: Any = None, *args: Any, **kwargs: Any) -> tf.Tensor:
        if _sentinel is not None:
            raise ValueError(f'Only call `{name}` with named arguments (labels=..., logits=..., ...)')
        if labels is None or logits is None:
            raise ValueError('Both labels and logits must be provided.')
        return usual(labels, logits, *args, **kwargs)

    signature = inspect.signature(usual)
    sentinel = inspect.Parameter('_sentinel', inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None)
    others = [
        parameter.replace(default=None) if parameter.name in ('labels', 'logits') else parameter
        for parameter in signature.parameters.values()
    ]
    vars(loss).pop('_tf_decorator', None)  # which would have the arguments of `usual`
    loss.__signature__ = signature.replace(parameters=[sentinel, *others])  # type: ignore[attr-defined]
    return loss


sigmoid_cross_entropy_with_logits = _named_only('sigmoid_cross_entropy_with_logits')
softmax_cross_entropy_with_logits = _named_only('softmax_cross_entropy_with_logits')
sparse_softmax_cross_entropy_with_logits = _named_only('sparse_softmax_cross_entropy_with_logits')
