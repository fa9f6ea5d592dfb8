"""What Keras says of losses, metrics and penalties as on TF 1.15: types in a history, names, configurations.

A history and the keys of its dict are what programs print, plot and compare, so `'acc': [0.6666667]` is a float32 and
the loss a float64, and Kullback-Leibler's divergence is not called `kl_divergence`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tf_keras.src import callbacks, losses, regularizers

from tf1._engine import keras_configs

_FUNCTIONS = {
    'cosine_similarity': 'cosine_proximity',
    'kl_divergence': 'kullback_leibler_divergence',
    'log_cosh': 'logcosh',
}
"""Functions of `tf.keras.losses` that have another name since."""
_CLASSES = {'KLDivergence': 'kullback_leibler_divergence', 'LogCosh': 'logcosh'}
"""Losses, with the names that their objects have."""
_NEW = {'axis': -1, 'ignore_class': None}
"""Arguments of losses that TF 1.15 lacks, with their defaults."""


def install() -> None:
    """Changes names and numbers, for the process."""
    from tf_keras.src.engine import training, training_utils_v1

    aggregator = training_utils_v1.MetricsAggregator
    if hasattr(aggregator.aggregate, '__wrapped__'):
        return
    aggregator.aggregate = _in_double_precision(aggregator.aggregate)
    logger = callbacks.BaseLogger
    logger.on_batch_end = _averaging_in_double_precision(logger.on_batch_end)
    callbacks.CallbackList._process_logs = _kept(callbacks.CallbackList._process_logs)
    for since, then in _FUNCTIONS.items():
        getattr(losses, since).__name__ = then
    for kind, then in _CLASSES.items():
        constructor = getattr(losses, kind).__init__
        *others, _ = constructor.__defaults__
        constructor.__defaults__ = (*others, then)
    wrapper = losses.LossFunctionWrapper
    wrapper.get_config = _of_then(wrapper.get_config)
    regularizers.l1, regularizers.l2 = l1, l2
    regularizers.deserialize = _of_words(regularizers.deserialize)
    training.Model._layers = property(lambda model: model._self_tracked_trackables)


def l1(l: float = 0.01) -> regularizers.L1L2:  # noqa: E741
    """Returns the penalty `l * sum(|x|)`."""
    return regularizers.L1L2(l1=l)


def l2(l: float = 0.01) -> regularizers.L1L2:  # noqa: E741
    """Returns the penalty `l * sum(x ** 2)`."""
    return regularizers.L1L2(l2=l)


def _of_words(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Returns what makes a penalty of a configuration, or of the words `l1` and `l2`."""

    @functools.wraps(usual)
    def deserialize(config: Any, *args: Any, **options: Any) -> Any:
        if isinstance(config, str) and config in ('l1', 'l2'):
            return {'l1': l1, 'l2': l2}[config]()
        return usual(config, *args, **options)

    return deserialize


def _in_double_precision(usual: Callable[..., None]) -> Callable[..., None]:
    """Returns what adds the losses of batches, which NumPy before 2 did in float64."""

    @functools.wraps(usual)
    def aggregate(self: Any, batch_outs: list[Any], *args: Any) -> None:
        usual(self, [np.float64(batch_outs[0]), *batch_outs[1:]], *args)

    return aggregate


def _averaging_in_double_precision(usual: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(usual)
    def on_batch_end(self: Any, batch: int, logs: dict[str, Any] | None = None) -> None:
        kept = self.stateful_metrics
        logs = {
            name: np.float64(value) if isinstance(value, np.float32) and name not in kept else value
            for name, value in (logs or {}).items()
        }
        usual(self, batch, logs)

    return on_batch_end


def _kept(usual: Callable[..., Any]) -> Callable[..., Any]:
    """Returns what callbacks get as logs: in a graph NumPy's numbers, as they come from the session."""

    @functools.wraps(usual)
    def _process_logs(self: Any, logs: dict[str, Any] | None, is_batch_hook: bool = False) -> Any:
        return usual(self, logs, is_batch_hook) if tf.executing_eagerly() else logs or {}

    return _process_logs


def _of_then(usual: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    @functools.wraps(usual)
    def get_config(loss: Any) -> dict[str, Any]:
        config = usual(loss)
        if type(loss) is not losses.LossFunctionWrapper:
            config.pop('fn', None)
        return config if isinstance(loss, losses.CosineSimilarity) else keras_configs.without(config, _NEW)

    return get_config
