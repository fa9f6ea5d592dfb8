"""Conditions that are decided while the graph is built, where their values are known then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow.compat.v1 as tf


def smart_constant_value(pred: bool | int | tf.Tensor) -> bool | None:
    """Returns a predicate's value; None where only a run, or arithmetic of the graph, decides.

    Raises:
      TypeError: it is neither a bool, 0, 1 nor a tensor.
    """
    if isinstance(pred, tf.Tensor):
        value = tf.get_static_value(pred)
        return None if value is None else bool(value)
    if isinstance(pred, bool) or (isinstance(pred, int) and pred in (0, 1)):
        return bool(pred)
    raise TypeError(f'pred must be a Tensor, a bool, 1 or 0, got {pred!r} of {type(pred).__name__}.')


def smart_cond(
    pred: bool | int | tf.Tensor,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns `true_fn()` or `false_fn()`: decided now where the value is known, else by `tf.cond`.

    Raises:
      TypeError: a function is not callable, or the predicate is none.
    """
    for label, function in (('true_fn', true_fn), ('false_fn', false_fn)):
        if not callable(function):
            raise TypeError(f'{label} must be callable, got {function!r}.')
    value = smart_constant_value(pred)
    if value is None:
        return tf.cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
    return true_fn() if value else false_fn()


def smart_case(
    pred_fn_pairs: Mapping[Any, Callable[[], Any]] | Sequence[tuple[Any, Callable[[], Any]]],
    default: Callable[[], Any] | None = None,
    exclusive: bool = False,
    name: str = 'smart_case',
) -> Any:
    """Returns the result of the first function whose predicate is true: decided now where that is known.

    Args:
      pred_fn_pairs: predicates (bools or tensors) with functions.
      default: function for when none is true.
      exclusive: whether a second true predicate is an error.
      name: name scope of the operations.

    Raises:
      TypeError: the pairs are no list, tuple or dictionary, or a function is not callable.
      ValueError: nothing is true for sure, and there is no default.
    """
    if not isinstance(pred_fn_pairs, (Mapping, list, tuple)):
        raise TypeError(f'pred_fn_pairs must be a list, tuple or dictionary, got {pred_fn_pairs!r}.')
    pairs = list(pred_fn_pairs.items() if isinstance(pred_fn_pairs, Mapping) else pred_fn_pairs)
    for function in [function for _, function in pairs] + ([] if default is None else [default]):
        if not callable(function):
            raise TypeError(f'A case must be callable, got {function!r}.')
    with tf.name_scope(name):
        open_pairs = []
        for pred, function in pairs:
            value = smart_constant_value(pred)
            if value and not open_pairs:
                return function()
            if value is not False:
                open_pairs.append((tf.convert_to_tensor(pred), function))
        if open_pairs:
            return tf.case(open_pairs, default=default, exclusive=exclusive)
        if default is None:
            raise ValueError('No predicate of smart_case can be true, and there is no default; give one.')
        return default()
