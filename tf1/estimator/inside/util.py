"""`util`: the arguments of a function, and what an `input_fn` returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1.estimator.inputs import pipeline
from tf1.estimator.user_functions import argument_names

__all__ = ['fn_args', 'parse_input_fn_result', 'parse_iterator_result']

MAX_DIRECTORY_CREATION_ATTEMPTS = 10


def fn_args(fn: Callable) -> tuple[str, ...]:
    """Returns the named arguments that `fn` still takes.

    Raises:
      TypeError: it cannot be called.
    """
    if not callable(fn):
        raise TypeError(f'fn must be callable, got {fn!r}.')
    return argument_names(fn)


def parse_input_fn_result(result: Any) -> tuple[Any, Any, list[Any]]:
    """Returns features, labels and the session hooks that start them; see `tf1.estimator.inputs.pipeline`."""
    features, labels, hooks = pipeline.parse(result)
    return features, labels, list(hooks)


def parse_iterator_result(result: Any) -> tuple[Any, Any]:
    """Returns the features and labels of a batch."""
    return pipeline.split(result)
