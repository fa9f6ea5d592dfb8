"""What `tensorflow.python.layers.utils` had in TF 1.15, for layers that programs write themselves."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from tf1.contrib import framework as _framework

_keras = importlib.import_module('tf_keras.src.utils.conv_utils')

conv_input_length = _keras.conv_input_length
conv_output_length = _keras.conv_output_length
convert_data_format = _keras.convert_data_format
deconv_output_length = _keras.deconv_output_length
normalize_data_format = _keras.normalize_data_format
normalize_padding = _keras.normalize_padding
normalize_tuple = _keras.normalize_tuple


def constant_value(pred: bool | int | tf.Tensor | tf.Variable) -> bool | None:
    """Returns a predicate's value; None where only a run decides.

    Raises:
      TypeError: it is neither a bool, 0, 1, a tensor nor a variable.
    """
    return None if isinstance(pred, tf.Variable) else _framework.smart_constant_value(pred)


def smart_cond(
    pred: bool | int | tf.Tensor | tf.Variable,
    true_fn: Callable[[], Any] | None = None,
    false_fn: Callable[[], Any] | None = None,
    name: str | None = None,
) -> Any:
    """Returns `true_fn()` or `false_fn()`: decided now where the value is known, else by `tf.cond`.

    Raises:
      TypeError: a function is not callable, or the predicate is none.
    """
    if isinstance(pred, tf.Variable):
        return tf.cond(pred, true_fn=true_fn, false_fn=false_fn, name=name)
    return _framework.smart_cond(pred, true_fn, false_fn, name)
