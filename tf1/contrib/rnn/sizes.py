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
    # Both tensors are built for a static answer, too, as in TF 1.15.
    tensors = [_tensor(part) for part in (prefix, suffix)]
    if static:
        parts = [_known(part) for part in (prefix, suffix)]
        return None if None in parts else [size for part in parts for size in part]
    if None in tensors:
        raise ValueError(f'Sizes must be known, got {prefix} and {suffix}; give a tensor for what is not.')
    return tf.concat(tensors, 0)


def zeros_of(state_size: Any, batch_size: int | tf.Tensor, dtype: Any) -> Any:
    """Returns zeros, [batch, size], for each size of a state, as nested as the state; `dtype` may be nested, too."""

    def zeros(size: Size, dtype: tf.DType) -> tf.Tensor:
        shape = joined(batch_size, size)
        with tf.name_scope('zeros') as scope:
            tensor = tf.fill(shape, tf.constant(0, dtype=dtype), name=scope)
        tensor.set_shape(joined(batch_size, size, static=True))
        return tensor

    if tf.nest.is_nested(dtype):
        return tf.nest.map_structure(zeros, state_size, dtype)
    return tf.nest.map_structure(lambda size: zeros(size, dtype), state_size)


def _known(part: Size | None) -> list[int | None] | None:
    if isinstance(part, tf.Tensor):
        value = tf.get_static_value(part)
        return None if value is None else value.reshape(-1).tolist()
    if part is None:
        return [None]
    return list(part.as_list()) if isinstance(part, tf.TensorShape) else [int(part)]


def _tensor(part: Size | None) -> tf.Tensor | None:
    if isinstance(part, tf.Tensor):
        return tf.expand_dims(part, 0) if part.shape.rank == 0 else part
    sizes = _known(part)
    return None if None in sizes else tf.constant(sizes, tf.int32)
