"""Functions that return the gradients of functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import tf1 as tf

_Pairs = list[tuple[tf.Tensor | tf.IndexedSlices | None, tf.Variable]]


def implicit_value_and_gradients(f: Callable[..., Any]) -> Callable[..., tuple[Any, _Pairs]]:
    """Returns a function with the arguments of `f` that returns what `f` does, and its gradients.

    The gradients are pairs of a gradient and a variable, one for each trainable variable that `f` reads, in the order
    in which the variables were made; `apply_gradients` of an optimizer takes them as they are.

    Raises (the function that is returned):
      ValueError: `f` returned None, or read no trainable variable.
    """

    def with_gradients(*args: Any, **kwargs: Any) -> tuple[Any, _Pairs]:
        with tf.GradientTape() as tape:
            value = f(*args, **kwargs)
        _check(value, f)
        variables = tape.watched_variables()
        if not variables:
            raise ValueError(
                f'{_name(f)} read no trainable variable, so it has no gradients; '
                'use gradients_function for gradients with respect to its arguments.'
            )
        return value, list(zip(tape.gradient(value, variables), variables, strict=True))

    return with_gradients


def implicit_gradients(f: Callable[..., Any]) -> Callable[..., _Pairs]:
    """Returns a function with the arguments of `f` that returns the second of what `implicit_value_and_gradients` does.

    Raises (the function that is returned):
      ValueError: `f` returned None, or read no trainable variable.
    """
    with_value = implicit_value_and_gradients(f)
    return lambda *args, **kwargs: with_value(*args, **kwargs)[1]


def value_and_gradients_function(
    f: Callable[..., Any], params: Sequence[int] | Sequence[str] | None = None
) -> Callable[..., tuple[Any, list[Any]]]:
    """Returns a function with the arguments of `f` that returns what `f` does, and the gradients for these arguments.

    The function also takes `dy`, a gradient with respect to what `f` returns, of the same structure; ones if not given.

    Args:
      f: function of positional arguments: tensors, variables, or what becomes tensors.
      params: positions or names of the arguments whose gradients are wanted; all if None.

    Raises (the function that is returned):
      IndexError: a position is beyond the arguments, or one of `f` has no value.
      ValueError: a keyword other than `dy`, a name that `f` has not, positions mixed with names, or `f` returned None.
    """

    def with_gradients(*args: Any, dy: Any = None, **kwargs: Any) -> tuple[Any, list[Any]]:
        if kwargs:
            raise ValueError(f'{_name(f)} can be differentiated with positional arguments only, got {sorted(kwargs)}.')
        positions = _positions(f, params, args)
        with tf.GradientTape() as tape:
            args = list(args)
            sources = [_watched(tape, args, position) for position in positions]
            value = f(*args)
        _check(value, f)
        dy = dy if dy is None else tf.nest.map_structure(tf.convert_to_tensor, dy)
        return value, tape.gradient(value, sources, output_gradients=dy) if sources else []

    return with_gradients


def gradients_function(
    f: Callable[..., Any], params: Sequence[int] | Sequence[str] | None = None
) -> Callable[..., list[Any]]:
    """Returns a function with the arguments of `f` that returns its gradients for these arguments.

    The function that is returned takes and raises what that of `value_and_gradients_function` does.

    Args:
      f: function of positional arguments.
      params: positions or names of the arguments whose gradients are wanted; all if None.
    """
    with_value = value_and_gradients_function(f, params)
    return lambda *args, **kwargs: with_value(*args, **kwargs)[1]


def _watched(tape: tf.GradientTape, args: list[Any], position: int) -> Any:
    """Makes an argument a tensor that the tape follows, in `args` too, and returns it."""
    arg = args[position]
    if not isinstance(arg, tf.compat.v2.Variable):
        arg = args[position] = tf.convert_to_tensor(arg)
    tape.watch(arg)
    return arg


def _positions(f: Callable[..., Any], params: Sequence[int] | Sequence[str] | None, args: Sequence[Any]) -> list[int]:
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [name for name, parameter in inspect.signature(f).parameters.items() if parameter.kind in kinds]
    if params is None:
        return list(range(len(names) if names else len(args)))
    if all(isinstance(param, str) for param in params):
        return [names.index(param) for param in params]
    if all(isinstance(param, int) for param in params):
        return list(params)
    raise ValueError(f'params must be all names or all positions, got {list(params)}.')


def _check(value: Any, f: Callable[..., Any]) -> None:
    if value is None:
        raise ValueError(f'{_name(f)} returned None, which has no gradients; return a tensor from it.')


def _name(f: Callable[..., Any]) -> str:
    return getattr(f, '__name__', str(f))
