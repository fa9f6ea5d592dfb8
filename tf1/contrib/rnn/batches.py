"""`transpose_batch_time` and `best_effort_input_batch_size`."""

from __future__ import annotations

from collections.abc import Sequence

import tf1 as tf


def transpose_batch_time(x: tf.Tensor) -> tf.Tensor:
    """Returns `x` with its first two dimensions swapped; a tensor of lower rank as it is."""
    rank = x.shape.rank
    if rank is not None and rank < 2:
        return x
    return tf.transpose(x, tf.concat([[1, 0], tf.range(2, tf.rank(x))], 0))


def best_effort_input_batch_size(flat_input: Sequence[tf.Tensor]) -> int | tf.Tensor:
    """Returns the batch size of [time, batch, ...] tensors: an integer where a shape tells it, else a tensor.

    Raises:
      ValueError: a tensor has a rank below 2.
    """
    for item in flat_input:
        shape = item.shape
        if shape.rank is None:
            continue
        if shape.rank < 2:
            raise ValueError(f'flat_input must hold tensors of rank 2 or more, got {item}.')
        if shape[1].value is not None:
            return shape[1].value
    return tf.shape(flat_input[0])[1]
