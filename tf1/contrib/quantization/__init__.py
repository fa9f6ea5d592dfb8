"""`tf.contrib.quantization`: operations on quantized tensors, as functions with positional arguments.

TF 1.15 lets whole files of generated operations show through here; they are found by their names in `tf.raw_ops`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import tf1 as tf
from tf1._namespace import removed

dequantize = tf.quantization.dequantize
quantize_v2 = tf.quantize_v2
quantized_concat = tf.quantization.quantized_concat

__all__ = ['dequantize', 'quantize_v2', 'quantized_concat']


def __getattr__(name: str) -> object:
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    wanted = name.replace('_', '').lower()
    for raw in dir(tf.raw_ops):
        if raw.lower() == wanted and not raw.startswith('_'):
            return _positional(getattr(tf.raw_ops, raw), name)
    raise removed.attribute_error('tf.contrib.quantization', name)


def _positional(raw: Callable[..., Any], name: str) -> Callable[..., Any]:
    parameters = inspect.signature(raw)

    def operation(*args: Any, **kwargs: Any) -> Any:
        return raw(**parameters.bind(*args, **kwargs).arguments)

    operation.__name__ = name
    operation.__doc__ = raw.__doc__
    return operation
