"""`MetricSpec`: a metric, and what of a model it is given."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf

_PREDICTIONS = ('predictions', 'prediction', 'preds', 'pred', 'logits')
_LABELS = ('labels', 'label', 'targets', 'target')
_WEIGHTS = ('weights', 'weight')


class MetricSpec:
    """Connects a metric function to predictions, labels and weights.

    Args:
      metric_fn: function of predictions and labels, recognised by their names or else in this order, and of weights
        where `weight_key` is given.
      prediction_key: which of the predictions; None where there is one.
      label_key: which of the labels; None where there is one.
      weight_key: the feature that holds weights; None for none.
    """

    def __init__(
        self,
        metric_fn: Callable,
        prediction_key: str | None = None,
        label_key: str | None = None,
        weight_key: str | None = None,
    ):
        self._metric_fn = metric_fn
        self._prediction_key, self._label_key, self._weight_key = prediction_key, label_key, weight_key

    @property
    def metric_fn(self) -> Callable:
        """The function."""
        return self._metric_fn

    @property
    def prediction_key(self) -> str | None:
        """Which of the predictions."""
        return self._prediction_key

    @property
    def label_key(self) -> str | None:
        """Which of the labels."""
        return self._label_key

    @property
    def weight_key(self) -> str | None:
        """The feature that holds weights."""
        return self._weight_key

    def __str__(self) -> str:
        name = getattr(self._metric_fn, '__name__', repr(self._metric_fn))
        keys = ((key, getattr(self, key)) for key in ('prediction_key', 'label_key', 'weight_key'))
        return f'MetricSpec(metric_fn={name}, {", ".join(f"{key}={value}" for key, value in keys)})'

    def create_metric_ops(
        self, inputs: Mapping[str, tf.Tensor] | tf.Tensor | None, labels: Any, predictions: Any
    ) -> Any:
        """Returns what the function makes of a model's tensors: a pair of value and update, as a rule.

        Raises:
          ValueError: a key that the model does not have, or no key where there are several tensors.
        """
        chosen = _one(predictions, self._prediction_key, 'prediction_key')
        label = _one(labels, self._label_key, 'label_key')
        names = _names(self._metric_fn)
        prediction_name = next((name for name in _PREDICTIONS if name in names), None)
        label_name = next((name for name in _LABELS if name in names), None)
        by_name, positional = {}, []
        for name, value in ((prediction_name, chosen), (label_name, label)):
            if prediction_name and label_name:
                by_name[name] = value
            elif value is not None:
                positional.append(value)
        if self._weight_key is not None:
            by_name[next((name for name in _WEIGHTS if name in names), 'weights')] = _one(
                inputs, self._weight_key, 'weight_key'
            )
        return self._metric_fn(*positional, **by_name)


def as_metric_spec(key: Any, metric: Any) -> tuple[str, MetricSpec]:
    """Returns name and spec of an entry of `metrics`: a spec, or a function under a name or `(name, prediction)`."""
    name, prediction = key if isinstance(key, tuple) else (key, None)
    return name, metric if isinstance(metric, MetricSpec) else MetricSpec(metric, prediction_key=prediction)


def _names(function: Callable) -> tuple[str, ...]:
    # functools.partial's bound arguments are not to be given again.
    bound = function.keywords if isinstance(function, functools.partial) else ()
    return tuple(name for name in inspect.signature(function).parameters if name not in bound)


def _one(tensors: Any, key: str | None, what: str) -> Any:
    if not isinstance(tensors, Mapping):
        if key is not None:
            raise ValueError(f'{what} must be None where there is a single tensor, got {key!r}.')
        return tensors
    if key is None and len(tensors) == 1:
        return next(iter(tensors.values()))
    if key not in tensors:
        raise ValueError(f'{what} must be one of {sorted(tensors)}, got {key!r}.')
    return tensors[key]
