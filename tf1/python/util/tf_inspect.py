"""`tf_inspect` whose argument lists have no annotations: TF 1.15's functions have none, and libraries compare them."""

from __future__ import annotations

import inspect
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import tf_inspect as _today

ArgSpec = namedtuple('ArgSpec', ['args', 'varargs', 'keywords', 'defaults'])
FullArgSpec = inspect.FullArgSpec
# Last arguments that TensorFlow's functions have had since.
_ADDED = ('layout',)


def getfullargspec(function: Callable[..., Any]) -> inspect.FullArgSpec:
    """Returns the argument list of a function, decorated or not."""
    found = _today.getfullargspec(function)._replace(annotations={})
    defaults = found.defaults
    args = list(found.args)
    while args and args[-1] in _ADDED and defaults:
        args, defaults = args[:-1], defaults[:-1]
    named = args[len(args) - len(defaults or ()) :]
    values = tuple(
        tf.int32 if name == 'out_type' and value is None else value
        for name, value in zip(named, defaults or (), strict=True)
    )
    return found._replace(args=args, defaults=values or defaults)


def getargspec(function: Callable[..., Any]) -> ArgSpec:
    """Returns the argument list of a function, without keyword-only arguments."""
    found = getfullargspec(function)
    return ArgSpec(found.args, found.varargs, found.varkw, found.defaults)


def __getattr__(name: str) -> object:
    return getattr(_today, name)
