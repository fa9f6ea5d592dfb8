"""Dropout that continues where it stopped.

TensorFlow's dropout draws from a generator inside the session. It starts anew with every session and moves on with
every evaluation, so a restored run would drop other units than one that never stopped. Training therefore feeds the
random numbers: the graph keeps the document's dropout op under its name, and the value of its uniform draw comes from
(seed, step). Whoever runs the graph without that feed gets TensorFlow's own draw.
"""

from __future__ import annotations

import tf1 as tf
from graphs import batches


class DropoutNoise:
    """The uniform draw of a dropout.

    tensor: `[batch, units] float32` in [0, 1), the output of the op that draws; to be fed.
    """

    def __init__(self, dropped: tf.Tensor, seed: int):
        self.tensor = _draw_behind(dropped)
        self._units = dropped.shape.as_list()[1:]
        self._seed = seed

    def at(self, step: int, batch_size: int) -> object:
        """The value, `[batch_size, units] float32`, for a training step (from 0)."""
        return batches.uniform_noise((batch_size, *self._units), self._seed, step)


def _draw_behind(dropped: tf.Tensor) -> tf.Tensor:
    """The nearest `RandomUniform` that a tensor is computed from."""
    queue, seen = [dropped.op], set()
    while queue:
        op = queue.pop(0)
        if op.type == 'RandomUniform':
            return op.outputs[0]
        if op.name not in seen:
            seen.add(op.name)
            queue += [tensor.op for tensor in op.inputs]
    raise ValueError(f'{dropped.name} must be the output of a dropout, got one that draws no random numbers.')
