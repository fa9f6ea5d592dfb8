"""Functions that `keras.backend` had in Keras 2.0 to 2.3, and that programs call."""

from __future__ import annotations

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
