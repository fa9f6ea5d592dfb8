"""Calls a user's `model_fn`, `input_fn` or `logit_fn` with the arguments that it takes."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.estimator.run_config import RunConfig
from tf1.estimator.spec import EstimatorSpec

_MODEL_FN_ARGUMENTS = ('features', 'labels', 'mode', 'params', 'config')


def argument_names(function: Callable) -> tuple[str, ...]:
    """Returns the named arguments that `function` still takes (a partial's, a bound method's, an object's too)."""
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    bound = function.keywords if isinstance(function, functools.partial) else ()
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if p.kind in named and p.name not in bound)


def takes_any_number(function: Callable) -> bool:
    """Returns whether `function` takes `*args`."""
    kinds = (parameter.kind for parameter in inspect.signature(function).parameters.values())
    return inspect.Parameter.VAR_POSITIONAL in kinds


def check_model_fn(model_fn: Any, params: Any) -> None:
    """Refuses a `model_fn` that could not be called.

    Raises:
      ValueError: it is None, lacks `features`, lacks `params` though some are given, or takes an unknown argument.
    """
    if model_fn is None:
        raise ValueError('model_fn must be provided to Estimator, got None.')
    names = argument_names(model_fn)
    if 'features' not in names:
        raise ValueError(f"model_fn {model_fn} must take an argument 'features'; it takes {names}.")
    if params is not None and 'params' not in names:
        raise ValueError(f"model_fn {model_fn} does not take 'params', but params are given: {params!r}.")
    if params is None and 'params' in names:
        tf.logging.warning('model_fn %s takes params, but none are given to the Estimator.', model_fn)
    unknown = sorted(set(names) - set(_MODEL_FN_ARGUMENTS))
    if unknown:
        raise ValueError(f'model_fn {model_fn} takes unknown arguments {unknown}; known are {_MODEL_FN_ARGUMENTS}.')


def call_model_fn(
    model_fn: Callable,
    features: Any,
    labels: Any,
    mode: str,
    params: Any,
    config: RunConfig,
    as_spec: Callable[[Any], Any] = lambda spec: spec,
) -> EstimatorSpec:
    """Builds the model; `as_spec` may turn what `model_fn` returns into an `EstimatorSpec`.

    Raises:
      ValueError: there are labels and `model_fn` does not take them, or it does not return an `EstimatorSpec`.
    """
    names = argument_names(model_fn)
    offered = {'labels': labels, 'mode': mode, 'params': copy.deepcopy(params), 'config': config}
    if labels is not None and 'labels' not in names:
        raise ValueError(f"model_fn {model_fn} does not take 'labels', but input_fn returns labels.")
    spec = as_spec(model_fn(features=features, **{name: value for name, value in offered.items() if name in names}))
    if not isinstance(spec, EstimatorSpec):
        raise ValueError(f'model_fn must return an EstimatorSpec, got {spec!r}.')
    return spec


def call_input_fn(input_fn: Any, mode: str, params: Any, config: RunConfig, context: Any = None) -> Any:
    """Returns what `input_fn` returns, built for the processor.

    Where a strategy distributes it, `context` is its `tf.distribute.InputContext`.

    Raises:
      TypeError: `input_fn` cannot be called.
    """
    if not callable(input_fn):
        raise TypeError(f'input_fn must be callable, got {input_fn!r}.')
    names = argument_names(input_fn)
    offered = {'mode': mode, 'params': copy.deepcopy(params), 'config': config}
    if context is not None and 'input_context' in names:
        tf.logging.info('The `input_fn` accepts an `input_context` which will be given by DistributionStrategy')
        offered['input_context'] = context
    with tf.device('/cpu:0'):
        return input_fn(**{name: value for name, value in offered.items() if name in names})


def call_logit_fn(
    logit_fn: Callable, features: Any, mode: str, params: Any, config: RunConfig
) -> tf.Tensor | dict[str, tf.Tensor]:
    """Returns what `logit_fn`, the part of a model that a head turns into an `EstimatorSpec`, makes of `features`.

    Raises:
      ValueError: it returns neither a tensor nor a dict of tensors by string.
    """
    offered = {'mode': mode, 'params': params, 'config': config}
    names = argument_names(logit_fn)
    logits = logit_fn(features=features, **{name: value for name, value in offered.items() if name in names})
    if isinstance(logits, tf.Tensor) or _is_dict_of_tensors(logits):
        return logits
    raise ValueError(f'logit_fn must return a Tensor or a dict of Tensors by string, got {logits!r}.')


def _is_dict_of_tensors(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and isinstance(tensor, tf.Tensor) for name, tensor in value.items()
    )
