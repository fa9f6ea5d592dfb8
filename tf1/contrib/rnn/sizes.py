"""Sizes of states, joined with a batch size."""

from __future__ import annotations

from typing import Any

import tf1 as tf

Size = int | tf.TensorShape | tf.Tensor


def joined(prefix: Size | None, suffix: Size, static: bool = False) -> list[int | None] | tf.Tensor | None:
    """Returns the sizes of `prefix`, a batch as a rule, and then those of `suffix`.

    Args:
      prefix: a size, a shape or an integer tensor.
      suffix: the same.
      static: whether to return a list, with None for a size that is not known, and not a tensor; None alone where
        a tensor is not known.

    Raises:
      ValueError: a tensor is wanted, and a size is not known.
    """
    parts = [_known(part) for part in (prefix, suffix)]
    if static:
        return None if None in parts else [size for part in parts for size in part]
    if not any(isinstance(part, tf.Tensor) for part in (prefix, suffix)):
        if None in [*parts[0], *parts[1]]:
            raise ValueError(f'Sizes must be known, got {prefix} and {suffix}; give a tensor for what is not.')
        return tf.constant([*parts[0], *parts[1]], tf.int32)
    return tf.concat([_tensor(part) for part in (prefix, suffix)], 0)


def zeros_of(state_size: Any, batch_size: int | tf.Tensor, dtype: tf.DType) -> Any:
    """Returns zeros, [batch, size], for each size of a state, as nested as the state."""

    def zeros(size: Size) -> tf.Tensor:
        tensor = tf.zeros(joined(batch_size, size), dtype)
        tensor.set_shape(joined(batch_size, size, static=True))
        return tensor

    return tf.nest.map_structure(zeros, state_size)


def _known(part: Size | None) -> list[int | None] | None:
    if isinstance(part, tf.Tensor):
        value = tf.get_static_value(part)
        return None if value is None else value.reshape(-1).tolist()
    if part is None:
        return [None]
    return list(part.as_list()) if isinstance(part, tf.TensorShape) else [int(part)]


def _tensor(part: Size) -> tf.Tensor:
    return tf.reshape(tf.cast(part.as_list() if isinstance(part, tf.TensorShape) else part, tf.int32), [-1])
