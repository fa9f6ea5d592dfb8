"""Functions that `keras.backend` had in Keras 2.0 to 2.3, and that programs call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf
from tf_keras import backend

_ORDERINGS = {'tf': 'channels_last', 'th': 'channels_first'}


def logsumexp(x: tf.Tensor, axis: int | list[int] | None = None, keepdims: bool = False) -> tf.Tensor:
    """Returns log(sum(exp(x))) over `axis`, all dimensions if None."""
    return tf.reduce_logsumexp(x, axis=axis, keepdims=keepdims)


def image_dim_ordering() -> str:
    """Returns 'tf' where channels are the last dimension of images, and 'th' where they are the first."""
    return {data_format: name for name, data_format in _ORDERINGS.items()}[backend.image_data_format()]


def set_image_dim_ordering(dim_ordering: str) -> None:
    """Says whether channels are the last dimension of images ('tf') or the first ('th').

    Raises:
      ValueError: it is neither.
    """
    if dim_ordering not in _ORDERINGS:
        raise ValueError(f"Unknown dim_ordering: {dim_ordering!r}; use 'tf' or 'th'.")
    backend.set_image_data_format(_ORDERINGS[dim_ordering])


def available_gpus() -> list[str]:
    """Returns the names of the GPUs of this machine ('/device:GPU:0')."""
    return [device.name for device in tf.config.experimental.list_logical_devices('GPU')]


def is_tensor(x: object) -> bool:
    """Returns whether `x` is a tensor or a variable."""
    return bool(tf.is_tensor(x)) or is_variable(x)


def is_variable(x: object) -> bool:
    """Returns whether `x` is a variable."""
    return isinstance(x, tf.Variable | tf.compat.v2.Variable)


def normalize_data_format(value: str | None) -> str:
    """Returns 'channels_first' or 'channels_last': the one of the settings for None.

    Raises:
      ValueError: it is another word.
    """
    found = backend.image_data_format() if value is None else str(value).lower()
    if found not in _ORDERINGS.values():
        raise ValueError(f"data_format is 'channels_first' or 'channels_last', got {value!r}.")
    return found


def slice_(x: tf.Tensor, start: list[int], size: list[int]) -> tf.Tensor:
    """Returns the part of `x` that begins at `start`."""
    return tf.slice(x, start, size)


def symbolic(func: Callable[..., Any]) -> Callable[..., Any]:
    """Returns the function as it is: what it does happens in a graph anyway."""
    return func
