"""Defaults of arguments as `inspect.signature` gives them: wrappers such as the package decorator's pass them on."""

from __future__ import annotations

import inspect

import tensorflow as tf2
import tensorflow.compat.v1 as tf


def install() -> None:
    """Says that `tf.shape` and `tf.size` give int32, as they do for `out_type=None` and did by default."""
    for function in (tf.shape, tf.size, tf2.shape, tf2.size):
        signature = inspect.signature(function)
        out_type = signature.parameters['out_type'].replace(default=tf.int32)
        parameters = {**signature.parameters, 'out_type': out_type}
        function.__signature__ = signature.replace(parameters=tuple(parameters.values()))
