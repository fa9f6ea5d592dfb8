"""The mask of `DropoutWrapper` that stays over the steps of a sequence."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from tf1._engine.replacements import Function


def variational(usual: Function) -> Function:
    """Returns what applies the mask of a `DropoutWrapper` to a value."""

    def ours(
        self: Any, unused_index: int, value: tf.Tensor, noise: tf.Tensor, keep_prob: float | tf.Tensor
    ) -> tf.Tensor:
        # Uniform in [keep_prob, 1 + keep_prob): 1 with that probability.
        mask = tf.floor(keep_prob + noise)
        kept = tf.realdiv(value, keep_prob, name='div') * mask
        kept.set_shape(value.shape)
        return kept

    return ours
