"""Getters for `tf.variable_scope` under which layers of `tf.layers` make model variables, by other names."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import tf1 as tf
from tf1.contrib.framework.variables import model_variable

# What `model_variable` takes; the rest goes to the getter beneath as it is.
_PASSED = (
    'shape',
    'dtype',
    'initializer',
    'regularizer',
    'trainable',
    'collections',
    'caching_device',
    'partitioner',
    'use_resource',
    'synchronization',
    'aggregation',
)


def build_variable_getter(rename: Mapping[str, str] | None = None) -> Callable[..., tf.Variable]:
    """Returns a getter that makes model variables; `rename` maps the last part of a name to another."""

    def variable_getter(getter: Callable[..., tf.Variable], *args: Any, **kwargs: Any) -> tf.Variable:
        kwargs['rename'] = rename
        return _model_variable(getter, *args, **kwargs)

    return variable_getter


def _model_variable(
    getter: Callable[..., tf.Variable], name: str, rename: Mapping[str, str] | None = None, **kwargs: Any
) -> tf.Variable:
    scope, slash, last = name.rpartition('/')
    passed = {key: kwargs[key] for key in _PASSED if key in kwargs}
    others = {key: value for key, value in kwargs.items() if key not in passed and key != 'reuse'}
    name = scope + slash + (rename or {}).get(last, last)
    return model_variable(name, **passed, custom_getter=functools.partial(getter, **others))
